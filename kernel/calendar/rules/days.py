"""工作日: weekdays work and weekends rest, except where the yearly notice says otherwise.

Source: 国务院办公厅关于部分节假日安排的通知, one notice a year; 行政许可法 §82.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from kernel.clock import town_time

ONE_DAY = timedelta(days=1)
SATURDAY = 5
#: the first year whose notice the town's table holds
FIRST_DAY = date(2004, 1, 1)
WEEKDAYS = "一二三四五六日"


class DayType(StrEnum):
    """What the calendar says of a day; the value is what people read."""

    WORKDAY = "工作日"
    WEEKEND = "周末"
    HOLIDAY = "节假日"
    MAKEUP = "调休补班"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The notices of `published` years, as the days they take out and put in."""

    published: frozenset[int]
    days_off: frozenset[date] = field(default_factory=frozenset)
    makeup_days: frozenset[date] = field(default_factory=frozenset)

    def type_of(self, day: date) -> DayType:
        """Return what `day` is; in a year without a notice, only weekends are known."""
        if day in self.makeup_days:
            return DayType.MAKEUP
        if day in self.days_off:
            return DayType.HOLIDAY
        return DayType.WEEKEND if day.weekday() >= SATURDAY else DayType.WORKDAY

    def is_working(self, day: date) -> bool:
        """Say whether `day` is a working day in law."""
        if day.weekday() >= SATURDAY:
            return day in self.makeup_days
        return day not in self.days_off

    def is_published(self, day: date) -> bool:
        """Say whether the notice for that year is in; if not, `type_of` is a guess."""
        return day.year in self.published


def chinese_date(day: date) -> str:
    """Return 2026年11月22日 周日."""
    return f"{day.year}年{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}"


def moment_words(moment: datetime) -> str:
    """Return 2026年7月6日 周一 20:05 of an aware moment: as papers that are kept say it."""
    here = town_time(moment)
    return f"{chinese_date(here.date())} {here:%H:%M}"


def chinese_moment(moment: datetime, today: date) -> str:
    """Return 11月22日 12:52 of a moment on the town's clock, with its year if not this one."""
    year = "" if moment.year == today.year else f"{moment.year}年"
    return f"{year}{moment.month}月{moment.day}日 {moment:%H:%M}"
