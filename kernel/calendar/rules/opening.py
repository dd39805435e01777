"""开放日: on which days the hall is open. No deadline knows of it.

A "365" hall opens on rest days too; the law's working days are another calendar.
Source: the township's own promise (365天不打烊); the defaults are settings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kernel.calendar.rules.days import WEEKDAYS
from kernel.errors import Refusal

ALWAYS = frozenset(range(7))
#: exceptions that lie further ahead are slips of the finger
FURTHEST_YEARS = 2


@dataclass(frozen=True, slots=True)
class Opening:
    """What the hall does on a day."""

    is_open: bool
    #: of this day; empty: the usual ones
    hours: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OpeningDays:
    """The usual week, and the days on which it is otherwise."""

    weekdays: frozenset[int] = ALWAYS
    exceptions: Mapping[date, Opening] = field(default_factory=dict)

    def on(self, day: date) -> Opening:
        """Return what the hall does on `day`."""
        return self.exceptions.get(day) or Opening(day.weekday() in self.weekdays)

    @property
    def week_words(self) -> str:
        """Return the usual week in words."""
        if self.weekdays == ALWAYS:
            return "全年每天开放（365天）"
        days = "、".join(f"周{WEEKDAYS[number]}" for number in sorted(self.weekdays))
        return f"每{days}开放"


class NeverOpen(Refusal):
    message = "一周里至少要有一天开放，请勾选。"
    status = 422
    field = "weekdays"


class DayIsOver(Refusal):
    message = "请选今天（{today}）到{last}之间的一天。"
    status = 422
    field = "day"


def check_week(weekdays: frozenset[int]) -> None:
    """Refuse a week without an open day."""
    if not weekdays & ALWAYS:
        raise NeverOpen


def check_exception(day: date, today: date) -> None:
    """Refuse an exception for a day that is over, or hardly meant."""
    last = date(today.year + FURTHEST_YEARS, 12, 31)
    if not today <= day <= last:
        raise DayIsOver(today=today, last=last)
