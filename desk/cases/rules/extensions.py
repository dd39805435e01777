"""延长办理期限: once, within its most, before the day is past, for a reason the applicant is told.

Source: 行政许可法 §42 (ten working days at most, with the head's approval, reason told).
"""

from datetime import date, datetime

from kernel.calendar.rules import chinese_date
from kernel.errors import Refusal


class ExtensionOutOfRange(Refusal):
    message = "延长的天数要在1到{most}之间。"
    status = 422
    field = "days"


class AlreadyExtended(Refusal):
    message = "此件已经延长过一次（{days}天），不能再延长。"


class TooLateToExtend(Refusal):
    message = "办理期限已在{day}届满，届满后不能再延长；请尽快办结。"


class NothingToExtend(Refusal):
    message = "此件没有按天计算的办理期限，无从延长。"


def check_extension(days: int | None, most: int, earlier: int | None) -> None:
    """Refuse a second extension, or one longer than allowed.

    Units: `most` and `days` in the unit of the limit.
    """
    if earlier is not None:
        raise AlreadyExtended(days=earlier)
    if days is None or not 1 <= days <= most:
        raise ExtensionOutOfRange(most=most)


def check_in_time(due_on: date | None, over_at: datetime | None, now: datetime) -> None:
    """Refuse to lengthen what is past: asked and decided on the last day at the latest."""
    if due_on and over_at and over_at <= now:
        raise TooLateToExtend(day=chinese_date(due_on))


def extended_line(days: int, reason: str, due: str) -> str:
    """Return the villager's line about an extension: how long, why, until when."""
    until = f"，最迟{due}办结" if due else ""
    return f"办理期限经单位负责人批准延长{days}天{until}。理由：{reason}"
