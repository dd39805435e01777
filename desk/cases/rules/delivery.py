"""送达: how the result reaches the applicant's hand, and who took it.

Source: 行政许可法 §44 (ten working days from the decision); the number is a setting.
"""

from dataclasses import dataclass
from enum import StrEnum

from desk.cases.rules.people import Relation
from desk.cases.rules.results import Result
from kernel.errors import Refusal


class Manner(StrEnum):
    """How the result is delivered."""

    AT_ONCE = "at_once"  # 当场取走
    PICK_UP = "pick_up"  # 待领取
    MAKING = "making"  # 制作中: fetched when it is ready
    POST = "post"  # 邮寄
    NOTHING = "nothing"  # 无需送达


MANNER_NAMES = {
    Manner.AT_ONCE: "当场取走",
    Manner.PICK_UP: "可以领取了，等申请人来取",
    Manner.MAKING: "证照还没到，到了再通知领取",
    Manner.POST: "邮寄",
    Manner.NOTHING: "无需送达（没有证照或文书要交）",
}
#: something still has to reach the applicant
AWAITED = frozenset({Manner.PICK_UP, Manner.MAKING, Manner.POST})


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


@dataclass(frozen=True, slots=True)
class Taker:
    """签收人: who took the result; no name, no relation: the applicant in person."""

    name: str = ""
    relation: Relation | None = None


def check_taker(name: str, taker: Taker) -> None:
    """Refuse a delivery to nobody, or to somebody else without a name.

    `name` is the applicant's where the taker gave none.
    """
    if not name or (taker.relation is not None and not taker.name):
        raise TakerNeeded


def check_posted(manner: Manner, tracking: str) -> None:
    """Refuse a number of the post for what is not posted, or a post without one."""
    if manner is not Manner.POST:
        raise NotPosted
    if not tracking:
        raise TrackingNeeded


def awaited_line(manner: Manner, due: str) -> str:
    """Return the villager's line about what is still to be delivered."""
    until = f"，最迟{due}" if due else ""
    if manner is Manner.POST:
        return f"结果将邮寄送达{until}。"
    if manner is Manner.MAKING:
        return f"证照或文书正在制作，可以领取时会通知{until}。"
    return READY_LINE


READY_LINE = "结果可以领取，请带回执和身份证到原窗口。"
POSTED_LINE = "结果已寄出，邮件号码{tracking}。"
DELIVERED_LINE = "结果已送达。"
