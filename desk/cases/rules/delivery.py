"""送达: how the result reaches the applicant's hand, and who took it.

Source: 行政许可法 §44 (ten working days from the decision); the number is a setting.
"""

from enum import StrEnum

from desk.cases.rules.results import Result
from kernel.errors import Refusal


class Manner(StrEnum):
    """How the result is delivered."""

    AT_ONCE = "at_once"  # 当场取走
    PICK_UP = "pick_up"  # 待领取
    POST = "post"  # 邮寄
    NOTHING = "nothing"  # 无需送达


MANNER_NAMES = {
    Manner.AT_ONCE: "当场取走",
    Manner.PICK_UP: "待领取",
    Manner.POST: "邮寄",
    Manner.NOTHING: "无需送达（没有证照或文书要交）",
}
#: something still has to reach the applicant
AWAITED = frozenset({Manner.PICK_UP, Manner.POST})


class TakerNeeded(Refusal):
    message = "请写明是谁取走的；送达回证上要有签收人。"
    status = 422
    field = "taker"


class TrackingNeeded(Refusal):
    message = "请填邮件号码，查询和送达回证都要用。"
    status = 422
    field = "tracking"


class NotPosted(Refusal):
    message = "此件不是邮寄，不用登记邮件号码。"


class NothingToDeliver(Refusal):
    message = "此件没有等待送达的结果，或者已经送达。"


class DecisionIsServed(Refusal):
    message = "不予批准的决定书要送达申请人，不能选“无需送达”。"
    status = 422
    field = "manner"


def check_manner(manner: Manner, result: Result | None) -> None:
    """Refuse to leave a written "no" undelivered. Source: 行政许可法 §38, §44."""
    if result is Result.DENIED and manner is Manner.NOTHING:
        raise DecisionIsServed


def check_taker(name: str) -> None:
    """Refuse a delivery to nobody."""
    if not name:
        raise TakerNeeded


def delivery_line(manner: Manner, due_on: object) -> str:
    """Return the villager's line about what is still to be delivered."""
    if manner is Manner.POST:
        return f"结果将邮寄给您，{due_on}前寄出。"
    return "结果可以领取，请带回执和身份证到原窗口。"


POSTED_LINE = "结果已寄出，邮件号码{tracking}。"
DELIVERED_LINE = "结果已送达。"
