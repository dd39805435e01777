"""办结期限: by which day a case must be closed, and how that day was counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kernel.calendar.rules import ONE_DAY, WorkingCalendar
from kernel.clock import town_day, town_time
from services_catalog.rules.limits import LimitUnit, TimeLimit

HELD = "不计时段"


@dataclass(frozen=True, slots=True)
class Hold:
    """不计时段 (听证、检验、检测、鉴定…): uncounted from the day after `start` to `end`."""

    start: date
    #: None while nobody can say when it ends
    end: date | None

    def covers(self, day: date) -> bool:
        """Say whether `day` is not counted."""
        return self.start < day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Step:
    """计日明细: one day of the count, with the reason it counts or does not."""

    day: date
    counts: bool
    why: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day still in time, and every step that led there (printed on the slip)."""

    day: date
    steps: tuple[Step, ...] = ()
    #: for a limit in hours, the moment itself (aware)
    at: datetime | None = None

    @property
    def provisional(self) -> bool:
        """Whether a day was counted in a year whose holiday notice is not out yet."""
        return not all(step.certain for step in self.steps)


@dataclass(frozen=True, slots=True)
class Due:
    """Both limits of a case; the earlier of the two days binds (practice 4)."""

    promised: Deadline | None
    statutory: Deadline | None

    @property
    def binding(self) -> Deadline | None:
        """Return the earlier deadline; None where neither limit gives a day."""
        given = [deadline for deadline in (self.promised, self.statutory) if deadline]
        return min(given, key=lambda deadline: deadline.day, default=None)


def due(
    accepted_at: datetime,
    promised: TimeLimit,
    statutory: TimeLimit,
    calendar: WorkingCalendar,
    holds: Sequence[Hold] = (),
) -> Due:
    """Count both limits from the moment of acceptance (aware).

    A batch or 无 gives no day: neither is ever made up.
    """
    return Due(
        _limit_deadline(accepted_at, promised, calendar, holds),
        _limit_deadline(accepted_at, statutory, calendar, holds),
    )


def deadline(
    accepted_on: date,
    limit: TimeLimit,
    calendar: WorkingCalendar,
    holds: Sequence[Hold] = (),
) -> Deadline:
    """Count `limit` forward from the day of acceptance, which is day zero.

    Held days never count. The last day of a limit in calendar days has to be a working
    day: rest days before it wait uncounted. A limit of 0 days ends the same day.

    Units: `limit.amount`, in working or calendar days as `limit.unit` says.
    Source: 行政许可法 §42, §45, §82; 民法典 §201, §203 (by analogy).
    """
    found = running_deadline(accepted_on, limit, calendar, holds)
    if found is None:
        raise ValueError("an open hold leaves no day; ask running_deadline")
    return found


def running_deadline(
    accepted_on: date, limit: TimeLimit, calendar: WorkingCalendar, holds: Sequence[Hold]
) -> Deadline | None:
    """Count as `deadline` does; None where an open hold stops the count before its end."""
    steps = tuple(_count(accepted_on, limit, calendar, holds))
    if sum(step.counts for step in steps) < limit.amount:
        return None
    return Deadline(steps[-1].day if steps else accepted_on, steps)


def hour_deadline(accepted_at: datetime, hours: int, holds: Sequence[Hold] = ()) -> Deadline | None:
    """Return the moment `hours` after acceptance: through nights and rest days, not holds.

    None where an open hold stops the count before its end.
    """
    at, left = town_time(accepted_at), timedelta(hours=hours)
    while not _is_stopped(at.date(), holds):
        tomorrow = datetime.combine(at.date() + ONE_DAY, time(0), at.tzinfo)
        if not _is_held(at.date(), holds):
            if at + left < tomorrow:
                return Deadline((at + left).date(), at=at + left)
            left -= tomorrow - at
        at = tomorrow
    return None


def _limit_deadline(
    accepted_at: datetime, limit: TimeLimit, calendar: WorkingCalendar, holds: Sequence[Hold]
) -> Deadline | None:
    if limit.unit is LimitUnit.HOUR:
        return hour_deadline(accepted_at, limit.amount, holds)
    if limit.unit in (LimitUnit.WORKING, LimitUnit.CALENDAR):
        return running_deadline(town_day(accepted_at), limit, calendar, holds)
    return None


def _is_held(day: date, holds: Sequence[Hold]) -> bool:
    return bool(holds) and any(hold.covers(day) for hold in holds)


def _is_stopped(day: date, holds: Sequence[Hold]) -> bool:
    return bool(holds) and any(hold.end is None and hold.covers(day) for hold in holds)


def _count(
    day: date, limit: TimeLimit, calendar: WorkingCalendar, holds: Sequence[Hold]
) -> Iterator[Step]:
    counted = 0
    while counted < limit.amount and not _is_stopped(day + ONE_DAY, holds):
        day += ONE_DAY
        held = _is_held(day, holds)
        rest_counts = limit.unit is LimitUnit.CALENDAR and counted < limit.amount - 1
        counts = not held and (rest_counts or calendar.is_working(day))
        counted += counts
        why = HELD if held else calendar.type_of(day).value
        yield Step(day, counts, why, calendar.is_published(day))
