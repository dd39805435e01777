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
    DECLINE = "decline"  # 不予受理决定书
    PLEDGE = "pledge"  # 容缺受理承诺书
    HOLD_NOTICE = "hold_notice"  # 特别程序告知书
    EXTENSION_NOTICE = "extension_notice"  # 延长期限告知书
    COMPLETION = "completion"  # 办结通知
    DELIVERY_PROOF = "delivery_proof"  # 送达回证
    RETURN_NOTICE = "return_notice"  # 退件通知
    HAND_OVER = "hand_over"  # 材料交接单


PAPER_TITLES = {
    PaperKind.ACCEPTANCE: "受理通知书",
    PaperKind.INTAKE_RECEIPT: "收件凭证",
    PaperKind.ONE_TIME_NOTICE: "一次性告知书",
    PaperKind.REFERRAL: "转介告知单",
    PaperKind.DECLINE: "不予受理决定书",
    PaperKind.PLEDGE: "容缺受理承诺书",
    PaperKind.HOLD_NOTICE: "特别程序告知书",
    PaperKind.EXTENSION_NOTICE: "延长期限告知书",
    PaperKind.COMPLETION: "办结通知",
    PaperKind.DELIVERY_PROOF: "送达回证",
    PaperKind.RETURN_NOTICE: "退件通知",
    PaperKind.HAND_OVER: "材料交接单",
}
PAPER_WORDS = {
    PaperKind.ACCEPTANCE: "受",
    PaperKind.INTAKE_RECEIPT: "收",
    PaperKind.ONE_TIME_NOTICE: "告",
    PaperKind.REFERRAL: "转",
    PaperKind.DECLINE: "不",
    PaperKind.PLEDGE: "诺",
    PaperKind.HOLD_NOTICE: "特",
    PaperKind.EXTENSION_NOTICE: "延",
    PaperKind.COMPLETION: "结",
    PaperKind.DELIVERY_PROOF: "送",
    PaperKind.RETURN_NOTICE: "退",
    PaperKind.HAND_OVER: "交",
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
