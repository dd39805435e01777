"""承诺时限不得长于法定时限: how the two are compared when their units differ.

Source: practice.md 4: compare due days over a year of start days; refuse only when the promise
is always later, ask when it sometimes is; 无 and 批次 are no comparison.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kernel.calendar.rules import FIRST_DAY, ONE_DAY, WorkingCalendar
from kernel.errors import Refusal
from services_catalog.rules.limits import LimitUnit, TimeLimit, spoken

#: units that name a day or an hour to come
_COUNTED = frozenset({LimitUnit.WORKING, LimitUnit.CALENDAR, LimitUnit.HOUR})
#: no run of rest days is longer than this, so a walk of twice the days and a month is enough
_LONGEST_REST = 31


class Fit(StrEnum):
    """How a promise stands to the law."""

    FITS = "fits"  # 不晚于法定
    SOMETIMES_LATER = "sometimes_later"  # 有时晚于法定
    ALWAYS_LATER = "always_later"  # 总是晚于法定


class PromiseAfterLaw(Refusal):
    message = "承诺时限（{promised}）比法定时限（{statutory}）还长，请改短承诺时限后再导入。"
    status = 422
    field = "promised"


def question(promised: TimeLimit, statutory: TimeLimit) -> str:
    """Return what to ask before a promise that is sometimes later is published."""
    return (
        f"承诺时限（{spoken(promised)}）遇节假日有时会晚于法定时限（{spoken(statutory)}），"
        "请核对后再发布。"
    )


def fits(promised: TimeLimit, statutory: TimeLimit, calendar: WorkingCalendar) -> Fit:
    """Say whether the promise ends in time for the law, whichever day a matter begins.

    With the same unit the numbers are compared; otherwise the due days, for every start in one
    published year: day by day, and hour by hour where one of the limits is in hours.
    """
    if promised.unit not in _COUNTED or statutory.unit not in _COUNTED:
        return Fit.FITS
    if promised.unit is statutory.unit:
        return Fit.FITS if promised.amount <= statutory.amount else Fit.ALWAYS_LATER
    days = _Days.of_year(calendar, max(promised.amount, statutory.amount))
    hours = range(24) if LimitUnit.HOUR in (promised.unit, statutory.unit) else range(1)
    starts = [datetime.combine(day, time(hour)) for day in days.starts() for hour in hours]
    late = sum(days.due(start, promised) > days.due(start, statutory) for start in starts)
    if late == 0:
        return Fit.FITS
    return Fit.ALWAYS_LATER if late == len(starts) else Fit.SOMETIMES_LATER


@dataclass(frozen=True, slots=True)
class _Days:
    """The working days from the first of January on, for as long as the limits reach."""

    first: date
    working: list[date]

    @classmethod
    def of_year(cls, calendar: WorkingCalendar, reach: int) -> "_Days":
        """Take the newest year whose successor is published as well, else the newest."""
        known = calendar.published or {FIRST_DAY.year}
        first = date(max((year for year in known if year + 1 in known), default=max(known)), 1, 1)
        span = 366 + 2 * reach + _LONGEST_REST
        walk = (first + ONE_DAY * number for number in range(span))
        return cls(first, [day for day in walk if calendar.is_working(day)])

    def starts(self) -> list[date]:
        """Return every day of the year."""
        year_after = self.first.replace(year=self.first.year + 1)
        return [self.first + ONE_DAY * number for number in range((year_after - self.first).days)]

    def due(self, start: datetime, limit: TimeLimit) -> date:
        """Return the civil day on which `limit` ends; the day of `start` is day zero.

        Calendar days that end on a rest day end on the next working day.
        Source: 行政许可法 §82; 民法典 §201, §203 (by analogy).
        """
        if limit.unit is LimitUnit.HOUR:
            return (start + timedelta(hours=limit.amount)).date()
        day = start.date()
        if limit.amount == 0:
            return day
        if limit.unit is LimitUnit.WORKING:
            return self.working[bisect_right(self.working, day) + limit.amount - 1]
        return self.working[bisect_right(self.working, day + ONE_DAY * (limit.amount - 1))]
