"""文书: the papers an answer is given on, and how they are numbered.

Source: domain notes §2.3 (受理通知书, 收件凭证, 一次性告知书 …): 字号, year and serial.
"""

from dataclasses import dataclass
from enum import StrEnum

from desk.cases.rules.deadlines import Due
from desk.cases.rules.intake import Answer
from services_catalog.rules.items import Window


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
    JOINT_REQUEST = "joint_request"  # 协办函
    PETITION_ACCEPTED = "petition_accepted"  # 受理告知书
    PETITION_DECLINED = "petition_declined"  # 不予受理告知书
    PETITION_EXTENDED = "petition_extended"  # 延期告知书
    PETITION_HANDED_ON = "petition_handed_on"  # 转送、交办函
    PETITION_OPINION = "petition_opinion"  # 信访处理意见书


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
    PaperKind.JOINT_REQUEST: "协办函",
    PaperKind.PETITION_ACCEPTED: "信访事项受理告知书",
    PaperKind.PETITION_DECLINED: "信访事项不予受理告知书",
    PaperKind.PETITION_EXTENDED: "信访事项延期告知书",
    PaperKind.PETITION_HANDED_ON: "信访事项转送（交办）函",
    PaperKind.PETITION_OPINION: "信访事项处理意见书",
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
    PaperKind.JOINT_REQUEST: "协",
    PaperKind.PETITION_ACCEPTED: "信受",
    PaperKind.PETITION_DECLINED: "信不",
    PaperKind.PETITION_EXTENDED: "信延",
    PaperKind.PETITION_HANDED_ON: "信转",
    PaperKind.PETITION_OPINION: "信意",
}
#: what they take to write, besides what every paper does
WITH_PHONE = frozenset({PaperKind.REFERRAL})
SPOKEN_OF_EARLIER = frozenset({PaperKind.DELIVERY_PROOF})
#: what a list on a paper is a list of
LIST_TITLES = {
    PaperKind.ONE_TIME_NOTICE: "需要补正的材料",
    PaperKind.PLEDGE: "承诺补交的材料",
}
#: what the papers that lie here are, on each
LISTED_TITLES = {
    PaperKind.ACCEPTANCE: "已收材料",
    PaperKind.REFERRAL: "到那里要带的材料",
    PaperKind.DECLINE: "退还的材料",
    PaperKind.RETURN_NOTICE: "退还的材料",
}
PAPER_OF = {
    Answer.ACCEPT: PaperKind.ACCEPTANCE,
    Answer.CARRY: PaperKind.INTAKE_RECEIPT,
    Answer.RECEIVE: PaperKind.INTAKE_RECEIPT,
    Answer.ACCEPT_OWING: PaperKind.ACCEPTANCE,
    Answer.NOTICE: PaperKind.ONE_TIME_NOTICE,
    Answer.REFER: PaperKind.REFERRAL,
    Answer.EXPECT: PaperKind.INTAKE_RECEIPT,
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a paper tells, kept with it: a reprint says what was said on the day."""

    #: paragraphs
    words: tuple[str, ...] = ()
    #: papers missing or owed, as the paper lists them
    listed: tuple[str, ...] = ()
    #: both limits counted, where the paper explains how
    counted: Due | None = None
    #: 后补: the paper was written by hand first; when, and when it was entered
    mark: str = ""


NOTHING_SAID = Said()


def extension_paper(window: Window) -> PaperKind:
    """Return the paper on which a window tells that it needs longer."""
    return PaperKind.PETITION_EXTENDED if window is Window.PETITIONS else PaperKind.EXTENSION_NOTICE


def paper_number(kind: PaperKind, year: int, serial: int) -> str:
    """Return a paper's number: 便民受〔2026〕17号."""
    return f"便民{PAPER_WORDS[kind]}〔{year}〕{serial}号"
