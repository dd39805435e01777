"""停电登记: numbers set aside for a day without power, and what is entered afterwards.

The deadline counts from the moment on the paper slip, and everybody sees that the case was
entered later. Source: settled 21; beyond 17.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from kernel.calendar.rules import chinese_date
from kernel.clock import TOWN_TZ, town_time
from kernel.errors import InvalidInput, Refusal
from services_catalog.rules.items import Window

MOST_NUMBERS = 200
#: where a slip written by hand can be entered afterwards
ENTERED_AT = frozenset({Window.GENERAL})
LATE_MARK = "后补"


class CountOutOfRange(Refusal):
    message = f"一次预留1到{MOST_NUMBERS}个编号。"
    status = 422
    field = "count"


class NotATime(InvalidInput):
    message = "时间请写成 09:30 这样。"


class NotReserved(Refusal):
    message = "编号 {number} 不是预留的停电登记编号，不能后补；请按普通登记办理。"


class NumberUsed(Refusal):
    message = "编号 {number} 已经补录过了，请查办件，不要再录一次。"


class NumberVoid(Refusal):
    message = "编号 {number} 已作废，不能补录；请核对手写单上的编号。"


class TrueMomentOutOfRange(Refusal):
    message = "收件时间要在预留编号之后（{first}）、现在之前（{last}），请照手写单填写。"
    status = 422
    field = "true_on"


class LateReasonNeeded(Refusal):
    message = "请写明为什么后补，例如“停电期间手工登记”。"
    status = 422
    field = "late_reason"


class NotEnteredYet(Refusal):
    message = (
        "此件是停电时手工登记的，还没有录入电脑，办理时限已从手工收件时算起；"
        "请明天再扫，或打电话询问。"
    )
    status = 404


class VoidSlip(Refusal):
    message = "这张手写单的编号已经作废，不是办件凭证；有疑问请到窗口询问。"
    status = 404


class SlipReplaced(Refusal):
    message = "这张回执已换发新的，旧的作废；请到窗口领取新回执，或用受理编号和后四位查询。"
    status = 404


@dataclass(frozen=True, slots=True)
class Late:
    """补录: what a clerk copies from a slip written by hand."""

    number: str
    true_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class LateSlip:
    """The reserved number under which a case is registered, and when it really began."""

    number: str
    case_uuid: str
    true_at: datetime


def check_count(count: int) -> int:
    """Return how many numbers to reserve. Raises CountOutOfRange."""
    if not 1 <= count <= MOST_NUMBERS:
        raise CountOutOfRange
    return count


def read_time(typed: str) -> time:
    """Read 09:30, also with a Chinese colon. Raises NotATime."""
    try:
        read = time.fromisoformat(typed.strip().replace("：", ":").rjust(5, "0"))
    except ValueError as wrong:
        raise NotATime(sentence="") from wrong
    return read.replace(tzinfo=None)


def moment(day: date, at: time) -> datetime:
    """Return the moment a slip says (aware)."""
    return datetime.combine(day, at, TOWN_TZ)


def check_number(number: str, *, is_used: bool, is_void: bool) -> None:
    """Refuse a number that is spent."""
    if is_used:
        raise NumberUsed(number=number)
    if is_void:
        raise NumberVoid(number=number)


def check_late_reason(reason: str) -> None:
    """Refuse to enter something afterwards without saying why."""
    if not reason:
        raise LateReasonNeeded


def check_true_moment(true_at: datetime, reserved_at: datetime, now: datetime) -> None:
    """Refuse a moment before the number existed, or one that has not come."""
    # slips give minutes
    if not reserved_at.replace(second=0, microsecond=0) <= true_at <= now:
        raise TrueMomentOutOfRange(first=_words(reserved_at), last=_words(now))


def late_sentence(true_at: datetime, entered_at: datetime) -> str:
    """Return the line of timeline and villager's page about a case that was entered later."""
    return f"{LATE_MARK}：{_late(true_at, entered_at)}"


def mark_of(slip: LateSlip | None, entered_at: datetime) -> str:
    """Return the mark a paper bears; nothing where the case was registered at once."""
    return _late(slip.true_at, entered_at) if slip else ""


def _late(true_at: datetime, entered_at: datetime) -> str:
    return (
        f"停电期间手工登记，{_words(true_at)}收件，{_words(entered_at)}补录；"
        "办理时限从手工收件时算起。"
    )


def _words(moment: datetime) -> str:
    local = town_time(moment)
    return f"{chinese_date(local.date())} {local:%H:%M}"
