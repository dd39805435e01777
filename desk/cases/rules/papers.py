"""文书: the papers an answer is given on, and how they are numbered.

Source: domain notes §2.3 (受理通知书, 收件凭证, 一次性告知书 …): 字号, year and serial.
"""

from enum import StrEnum

from desk.cases.rules.intake import Answer


class PaperKind(StrEnum):
    """Which paper."""

    ACCEPTANCE = "acceptance"  # 受理通知书
    INTAKE_RECEIPT = "intake_receipt"  # 收件凭证
    ONE_TIME_NOTICE = "one_time_notice"  # 一次性告知书
    REFERRAL = "referral"  # 转介告知单


PAPER_TITLES = {
    PaperKind.ACCEPTANCE: "受理通知书",
    PaperKind.INTAKE_RECEIPT: "收件凭证",
    PaperKind.ONE_TIME_NOTICE: "一次性告知书",
    PaperKind.REFERRAL: "转介告知单",
}
PAPER_WORDS = {
    PaperKind.ACCEPTANCE: "受",
    PaperKind.INTAKE_RECEIPT: "收",
    PaperKind.ONE_TIME_NOTICE: "告",
    PaperKind.REFERRAL: "转",
}
PAPER_OF = {
    Answer.ACCEPT: PaperKind.ACCEPTANCE,
    Answer.CARRY: PaperKind.INTAKE_RECEIPT,
    Answer.NOTICE: PaperKind.ONE_TIME_NOTICE,
    Answer.REFER: PaperKind.REFERRAL,
    Answer.EXPECT: PaperKind.INTAKE_RECEIPT,
}


def paper_number(kind: PaperKind, year: int, serial: int) -> str:
    """Return a paper's number: 便民受〔2026〕17号."""
    return f"便民{PAPER_WORDS[kind]}〔{year}〕{serial}号"
