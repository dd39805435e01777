"""进度推算: what can start, what blocks what and since when, the earliest finish, the longest way.

Pure: facts and a calendar in, days out. The enterprise's own preparation is counted apart from
what bureaus promise. A limit that gives no day (批次, 无) adds none, and the forecast says so.
Source: 行政许可法 §42, §45, §82 (limits and what does not count); practice 1.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desk.cases.rules.deadlines import Hold, running_deadline
from desk.windows.enterprise.rules.roadmaps import in_order
from kernel.calendar.rules import WorkingCalendar
from services_catalog.rules.limits import LimitUnit, TimeLimit

_HOURS = 24
_DAYS = frozenset({LimitUnit.WORKING, LimitUnit.CALENDAR})
_COUNTED = _DAYS | {LimitUnit.HOUR}
#: how many days at a time the almanac is written on
_PAGE = 400


@dataclass(frozen=True, slots=True)
class ErrandFacts:
    """What is known of one errand of a project."""

    key: str
    limit: TimeLimit
    needs: tuple[str, ...] = ()
    preparation_days: int = 0
    #: day zero of its case; None: nothing was filed
    begun_on: date | None = None
    done_on: date | None = None
    #: 本项目不需要
    is_skipped: bool = False
    holds: tuple[Hold, ...] = ()

    @property
    def is_over(self) -> bool:
        """Say whether nobody waits for it any more."""
        return self.is_skipped or self.done_on is not None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What follows for one errand."""

    key: str
    #: the day it was filed, or the earliest on which it can be
    start_on: date
    #: the day it was done, or the earliest on which it can be
    finish_on: date
    #: the unfinished errands it waits for
    blockers: tuple[str, ...] = ()
    #: since when nothing but the blockers (without any: nothing at all) holds it
    since: date | None = None
    #: a limit that gives no day, or a hold without an end, stands on the way to it
    is_open_ended: bool = False
    #: what its start waited for; none: itself, or today
    behind: str = ""

    @property
    def can_start(self) -> bool:
        """Say whether it could be filed now, or has been."""
        return not self.blockers


@dataclass(frozen=True, slots=True)
class Schedule:
    """A project's forecast as of one day."""

    errands: Mapping[str, Forecast]
    #: the earliest end of everything; the day it was over where it is
    finish_on: date
    #: working days from today on
    days_left: int
    #: 关键路径: each delays the end by a day when it takes a day longer
    longest_way: tuple[str, ...]
    is_open_ended: bool


class Almanac:
    """工作日历书: the working days of a calendar in a row, to count in without walking."""

    def __init__(self, calendar: WorkingCalendar, first: date) -> None:
        self.calendar = calendar
        self._until = first
        self._days: list[date] = []

    def after(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`; of 0 the first one not before it."""
        place = bisect_right(self._days, day) if count else bisect_left(self._days, day)
        wanted = place + max(count - 1, 0)
        while wanted >= len(self._days) or self._until <= day:
            self._write_on()
            place = bisect_right(self._days, day) if count else bisect_left(self._days, day)
            wanted = place + max(count - 1, 0)
        return self._days[wanted]

    def between(self, day: date, other: date) -> int:
        """Return how many working days lie after `day`, up to and with `other`."""
        while self._until <= max(day, other):
            self._write_on()
        return max(0, bisect_right(self._days, other) - bisect_right(self._days, day))

    def _write_on(self) -> None:
        days = (self._until + timedelta(days=one) for one in range(_PAGE))
        self._days += [day for day in days if self.calendar.is_working(day)]
        self._until += timedelta(days=_PAGE)


@dataclass(frozen=True, slots=True)
class _Ground:
    began_on: date
    today: date
    almanac: Almanac


def schedule(
    errands: Sequence[ErrandFacts], began_on: date, today: date, almanac: Almanac
) -> Schedule:
    """Reckon a project's road from what is known of its errands (no circle among them).

    The almanac begins on or before `began_on`.
    """
    facts = {one.key: one for one in errands}
    ground, found = _Ground(began_on, today, almanac), dict[str, Forecast]()
    for key in in_order({one.key: one.needs for one in errands}):
        before = [found[need] for need in facts[key].needs if need in facts]
        found[key] = _forecast(facts[key], before, facts, ground)
    finish = max((one.finish_on for one in found.values()), default=began_on)
    left = [found[one.key] for one in errands if not one.is_over]
    return Schedule(
        errands=found,
        finish_on=finish,
        days_left=almanac.between(today, finish) if left else 0,
        longest_way=_longest_way(left, found, facts),
        is_open_ended=any(one.is_open_ended for one in left),
    )


def _forecast(
    one: ErrandFacts,
    before: Sequence[Forecast],
    facts: Mapping[str, ErrandFacts],
    ground: _Ground,
) -> Forecast:
    if one.done_on is not None:
        start = one.begun_on or one.done_on
        return Forecast(one.key, start, one.done_on, since=one.done_on)
    if one.begun_on is not None and not one.is_skipped:
        return _running(one, one.begun_on, ground)
    return _coming(one, before, facts, ground)


def _running(one: ErrandFacts, begun_on: date, ground: _Ground) -> Forecast:
    """Return when what was filed ends at the earliest: an open hold today, what is late today."""
    is_open = any(hold.end is None for hold in one.holds)
    holds = tuple(
        replace(hold, end=max(ground.today, hold.start)) if hold.end is None else hold
        for hold in one.holds
    )
    counted = _spent(begun_on, one.limit, ground.almanac, holds)
    return Forecast(
        one.key,
        begun_on,
        max(counted, ground.today),
        since=begun_on,
        is_open_ended=is_open or one.limit.unit not in _COUNTED,
    )


def _coming(
    one: ErrandFacts,
    before: Sequence[Forecast],
    facts: Mapping[str, ErrandFacts],
    ground: _Ground,
) -> Forecast:
    """Return when what is not filed yet can be; what is not needed lets its needs through."""
    behind = max(before, key=lambda need: need.finish_on, default=None)
    ready = behind.finish_on if behind else ground.began_on
    past = [need.finish_on for need in before if not _blockers([need], facts)]
    is_open = any(need.is_open_ended for need in before)
    found = Forecast(
        one.key,
        ready,
        ready,
        blockers=_blockers(before, facts),
        since=max(past, default=ground.began_on),
        is_open_ended=is_open,
        behind=behind.key if behind and _blockers([behind], facts) else "",
    )
    if one.is_skipped:
        return found
    almanac, ahead = ground.almanac, one.preparation_days
    prepared = almanac.after(ready, ahead) if ahead else ready
    start = almanac.after(max(ground.today, prepared), 0)
    finish = _spent(start, one.limit, almanac, ())
    is_open = is_open or one.limit.unit not in _COUNTED
    return replace(found, start_on=start, finish_on=finish, is_open_ended=is_open)


def _blockers(before: Sequence[Forecast], facts: Mapping[str, ErrandFacts]) -> tuple[str, ...]:
    """Return what of these is unfinished; of what is not needed, what that waits for."""
    found: list[str] = []
    for need in before:
        if facts[need.key].is_skipped:
            found += need.blockers
        elif not facts[need.key].is_over:
            found.append(need.key)
    return tuple(dict.fromkeys(found))


def _spent(start: date, limit: TimeLimit, almanac: Almanac, holds: tuple[Hold, ...]) -> date:
    """Return the last day of a limit; one that gives no day ends as it begins."""
    if limit.unit is LimitUnit.WORKING and not holds:
        return almanac.after(start, limit.amount) if limit.amount else start
    if limit.unit in _DAYS:
        counted = running_deadline(start, limit, almanac.calendar, holds)
        return counted.day if counted else start
    if limit.unit is LimitUnit.HOUR:
        return start + timedelta(days=-(-limit.amount // _HOURS))
    return start


def _longest_way(
    left: Sequence[Forecast], found: Mapping[str, Forecast], facts: Mapping[str, ErrandFacts]
) -> tuple[str, ...]:
    last = max(left, key=lambda one: one.finish_on, default=None)
    way: list[str] = []
    while last is not None:
        if not facts[last.key].is_over:
            way.append(last.key)
        last = found.get(last.behind)
    return tuple(reversed(way))
