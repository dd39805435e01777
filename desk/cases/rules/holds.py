"""特别程序: what stops the count, until when, and what ending it asks for.

Source: 行政许可法 §45 (听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审 do not count, and the
applicant is told in writing how long they take); settled 8: S is the last day that counts.
"""

from dataclasses import dataclass
from datetime import date

from kernel.calendar.rules import chinese_date
from kernel.errors import Refusal


class NoSuchHoldType(Refusal):
    message = "请从列出的特别程序里选一种；停用的不能再用。"
    status = 422
    field = "hold_type"


class ExpectedEndNeeded(Refusal):
    message = "请填预计结束的日子，要在今天（{today}）之后；申请人有权知道要等多久。"
    status = 422
    field = "until_on"


class HoldIsOpen(Refusal):
    message = "“{name}”正在进行，结束后才能再次提出。"


class HoldIsOver(Refusal):
    message = "这段特别程序已经在{day}结束，不能再结束一次。"


class EndOutOfRange(Refusal):
    message = "结束日要在告知当天（{first}）和今天（{last}）之间，请核对。"
    status = 422
    field = "ended_on"


class EarlierEndNeedsReason(Refusal):
    message = "结束日早于今天，请写明依据（如检验报告的日期和文号）。"
    status = 422
    field = "reason"


@dataclass(frozen=True, slots=True)
class Ended:
    """结束: the last day that does not count, and on what ground."""

    on: date
    reason: str


def check_expected_end(until_on: date | None, today: date) -> None:
    """Refuse a hold that would be over before its first uncounted day."""
    if until_on is None or until_on <= today:
        raise ExpectedEndNeeded(today=chinese_date(today))


def check_end(ended: Ended, noticed_on: date, today: date) -> None:
    """Refuse an end before the notice or after today, or an earlier one without its ground."""
    if not noticed_on <= ended.on <= today:
        raise EndOutOfRange(first=chinese_date(noticed_on), last=chinese_date(today))
    if ended.on < today and not ended.reason:
        raise EarlierEndNeedsReason


def check_not_ended(ended_on: date | None) -> None:
    """Refuse to end what has ended."""
    if ended_on is not None:
        raise HoldIsOver(day=chinese_date(ended_on))


def hold_line(name: str, noticed_on: date, until_on: date) -> str:
    """Return the villager's line about a hold that begins."""
    return (
        f"进入特别程序（{name}），从{chinese_date(noticed_on)}的次日起不计入办理时限，"
        f"预计{chinese_date(until_on)}结束，已出书面告知。"
    )


def hold_ended_line(name: str, ended_on: date, due: str) -> str:
    """Return the villager's line about a hold that is over."""
    words = f"特别程序（{name}）已于{chinese_date(ended_on)}结束，恢复计算办理时限"
    return f"{words}，最迟{due}办结。" if due else f"{words}。"
