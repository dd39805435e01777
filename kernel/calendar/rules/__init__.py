"""法定工作日历的规矩: which days work, what a year's notice may say, and when the hall opens."""

from kernel.calendar.rules.days import (
    FIRST_DAY,
    ONE_DAY,
    SATURDAY,
    WEEKDAYS,
    DayType,
    WorkingCalendar,
    chinese_date,
    chinese_moment,
    moment_words,
)

__all__ = [
    "FIRST_DAY",
    "ONE_DAY",
    "SATURDAY",
    "WEEKDAYS",
    "DayType",
    "WorkingCalendar",
    "chinese_date",
    "chinese_moment",
    "moment_words",
]
