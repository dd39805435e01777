"""答复之后: delivery, satisfaction, review and recheck.

Source: 信访工作条例 (复查、复核: asked within 30 days of the answer, decided within 30);
the days are settings.
"""

from datetime import date, timedelta

from desk.windows.petitions.rules.kinds import (
    REMEDY_NAMES,
    SATISFACTION_NAMES,
    Outcome,
    Remedy,
    Satisfaction,
)
from kernel.calendar.rules import chinese_date
from kernel.errors import Refusal


class NotAnswered(Refusal):
    message = "还没有出具处理意见书，先答复，再登记送达、评价和复查。"


class DayOutOfRange(Refusal):
    message = "日期要在{first}和今天（{last}）之间，请核对。"
    status = 422
    field = "on"


class NoDay(Refusal):
    message = "请填日期。"
    status = 422
    field = "on"


class ResultNeeded(Refusal):
    message = "请写明复查（复核）的结果。"
    status = 422
    field = "result"


def check_answered(outcome: Outcome | None) -> None:
    """Refuse what only follows an answer."""
    if outcome is None:
        raise NotAnswered


def check_day(day: date, first: date | None, today: date) -> None:
    """Refuse a day before what it follows, or after today."""
    earliest = first or day
    if not earliest <= day <= today:
        raise DayOutOfRange(first=chinese_date(earliest), last=chinese_date(today))


def review_until(day: date, review_days: int) -> date:
    """Return the last of so many days after `day`, which is day zero. Units: calendar days."""
    return day + timedelta(days=review_days)


def is_late(asked_on: date, delivered_on: date | None, review_days: int) -> bool:
    """Say whether a review was asked for too late; the body above decides what follows."""
    return delivered_on is not None and asked_on > review_until(delivered_on, review_days)


def delivered_line(on: date, until: date) -> str:
    """Return the public line about the delivery."""
    return f"处理意见书已于{chinese_date(on)}送达，申请复查最迟{chinese_date(until)}。"


def satisfaction_line(satisfaction: Satisfaction) -> str:
    """Return the staff's line about what the petitioner said."""
    return f"信访人评价：{SATISFACTION_NAMES[satisfaction]}"


def remedy_line(remedy: Remedy, asked_on: date, body: str, due_on: date) -> str:
    """Return the public line about a review or a recheck."""
    day, due = chinese_date(asked_on), chinese_date(due_on)
    return f"信访人于{day}申请{REMEDY_NAMES[remedy]}，由{body}办理，最迟{due}答复。"


def remedy_result_line(remedy: Remedy, result: str) -> str:
    """Return the public line about its end."""
    return f"{REMEDY_NAMES[remedy]}结果：{result}"
