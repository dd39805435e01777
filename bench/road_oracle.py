"""随机的路线图: random roads without a circle, and two ways of reckoning them that are not ours.

One is the graph library's longest path over working days; the other lives each day in turn.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import networkx as nx

from desk.cases.rules.deadlines import Hold
from desk.windows.enterprise.rules.schedule import Almanac, ErrandFacts, Schedule, schedule
from kernel.calendar.rules import ONE_DAY, WorkingCalendar
from services_catalog.rules.limits import LimitUnit, TimeLimit

MOST_ERRANDS = 30
FAR = 3000


@dataclass(frozen=True)
class Road:
    """A project somewhere on its way."""

    errands: tuple[ErrandFacts, ...]
    began_on: date
    today: date

    def reckoned(self, calendar: WorkingCalendar) -> Schedule:
        """Return what the product says."""
        almanac = Almanac(calendar, self.began_on)
        return schedule(self.errands, self.began_on, self.today, almanac)


def a_road(dice: random.Random, *, is_mixed: bool) -> Road:
    """Return a random road; `is_mixed`: with limits in calendar days, too."""
    began = date(2025, 1, 1) + timedelta(days=dice.randrange(600))
    today = began + timedelta(days=dice.randrange(120))
    number = dice.randint(1, MOST_ERRANDS)
    errands: list[ErrandFacts] = []
    for place in range(number):
        needs = dice.sample(range(place), min(place, dice.choice((0, 1, 1, 2, 3))))
        errands.append(_errand(dice, errands, needs, (began, today), is_mixed=is_mixed))
    order = list(range(number))
    dice.shuffle(order)
    return Road(tuple(errands[place] for place in order), began, today)


def _errand(
    dice: random.Random,
    before: Sequence[ErrandFacts],
    needs: Sequence[int],
    days: tuple[date, date],
    *,
    is_mixed: bool,
) -> ErrandFacts:
    began, today = days
    unit = dice.choice((LimitUnit.WORKING, LimitUnit.CALENDAR)) if is_mixed else LimitUnit.WORKING
    one = ErrandFacts(
        key=f"E{len(before):02}",
        limit=TimeLimit(dice.choice((0, 1, 3, 5, 7, 15, 20)), unit),
        needs=tuple(before[place].key for place in needs),
        preparation_days=dice.choice((0, 0, 0, 2, 5)),
    )
    if dice.random() < 0.1:
        return replace(one, is_skipped=True)
    if any(not before[place].is_over for place in needs) or dice.random() < 0.3:
        return one
    begun = began + timedelta(days=dice.randint(0, (today - began).days))
    if dice.random() < 0.5:
        done = begun + timedelta(days=dice.randint(0, (today - begun).days))
        return replace(one, begun_on=begun, done_on=done)
    if dice.random() < 0.5:
        return replace(one, begun_on=begun)
    noticed = begun + timedelta(days=dice.randrange(9))
    end = dice.choice((None, noticed + timedelta(days=dice.randrange(1, 30))))
    return replace(one, begun_on=begun, holds=(Hold(noticed, end),))


class Life:
    """A road lived day by day, with nothing reckoned ahead."""

    def __init__(self, road: Road, calendar: WorkingCalendar) -> None:
        self.road, self.calendar, self.day = road, calendar, road.began_on
        self.ended = {one.key: one.done_on for one in road.errands if one.done_on}
        self.started = {one.key: one.begun_on for one in road.errands if one.begun_on}
        #: working days since it could have been got ready; days counted since it was filed
        self.ready: dict[str, int] = {}
        self.counted = dict.fromkeys((one.key for one in road.errands), 0)

    def live(self) -> dict[str, date]:
        """Return the day on which each errand ends."""
        while len(self.ended) < len(self.road.errands):
            left = [one for one in self.road.errands if one.key not in self.ended]
            for one in left:
                self._pass_the_night(one)
            while any(self._is_moved(one) for one in left):
                pass
            self.day += ONE_DAY
            assert (self.day - self.road.began_on).days < FAR
        return self.ended

    def _pass_the_night(self, one: ErrandFacts) -> None:
        """Count the day that has begun, as the law does."""
        works = self.calendar.is_working(self.day)
        if one.key in self.ready:
            self.ready[one.key] += works
        start = self.started.get(one.key)
        if start is None or start >= self.day:
            return
        stop = [hold.end or max(self.road.today, hold.start) for hold in one.holds]
        held = any(hold.start < self.day <= end for hold, end in zip(one.holds, stop, strict=True))
        is_last = self.counted[one.key] == one.limit.amount - 1
        in_calendar_days = one.limit.unit is LimitUnit.CALENDAR and not is_last
        self.counted[one.key] += not held and (works or in_calendar_days)

    def _is_moved(self, one: ErrandFacts) -> bool:
        """Say whether something happens to an errand today that had not yet."""
        if one.key in self.ended:
            return False
        if one.is_skipped:
            return self._is_let_through(one)
        if one.key in self.started:
            is_over = self.counted[one.key] >= one.limit.amount and self.day >= self.road.today
            if is_over:
                self.ended[one.key] = self.day
            return is_over
        return self._is_started(one)

    def _is_let_through(self, one: ErrandFacts) -> bool:
        if any(self.ended.get(need, date.max) > self.day for need in one.needs):
            return False
        days = [self.ended[need] for need in one.needs]
        self.ended[one.key] = max(days, default=self.road.began_on)
        return True

    def _is_started(self, one: ErrandFacts) -> bool:
        if any(self.ended.get(need, date.max) > self.day for need in one.needs):
            return False
        ready = self.ready.setdefault(one.key, 0)
        may = self.day >= self.road.today and self.calendar.is_working(self.day)
        if not may or ready < one.preparation_days:
            return False
        self.started[one.key] = self.day
        return True


def lived(road: Road, calendar: WorkingCalendar) -> dict[str, date]:
    """Return the day on which each errand ends, by living each day in turn."""
    return Life(road, calendar).live()


def _working(after: date, until: date, calendar: WorkingCalendar) -> int:
    days = (after + timedelta(days=one) for one in range(1, (until - after).days + 1))
    return sum(calendar.is_working(day) for day in days)


def plain(road: Road) -> Road:
    """Return the road without preparation where nothing is waited for: part of it may be over."""
    facts = {one.key: one for one in road.errands}

    def waits(one: ErrandFacts) -> bool:
        before = [facts[need] for need in one.needs]
        return any(waits(need) if need.is_skipped else not need.is_over for need in before)

    errands = (one if waits(one) else replace(one, preparation_days=0) for one in road.errands)
    return replace(road, errands=tuple(errands))


def longest_path(road: Road, calendar: WorkingCalendar) -> int:
    """Return the working days left, as the graph library's longest path (working days alone)."""
    begins = 0 if calendar.is_working(road.today) else 1
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("today")
    for key, days in running_days(road, calendar).items():
        graph.add_edge("today", key, weight=days)
    for one in road.errands:
        if one.is_skipped or (one.begun_on is None and one.done_on is None):
            own = 0 if one.is_skipped else one.limit.amount
            ahead = 0 if one.is_skipped else one.preparation_days
            graph.add_edge(f"{one.key} in", one.key, weight=own)
            graph.add_edges_from((need, f"{one.key} in", {"weight": ahead}) for need in one.needs)
            if not one.is_skipped:
                graph.add_edge("today", f"{one.key} in", weight=begins)
    return int(nx.dag_longest_path_length(graph))


def running_days(road: Road, calendar: WorkingCalendar) -> dict[str, int]:
    """Return the working days until each errand ends that runs already."""
    running = [one for one in road.errands if one.begun_on and not one.is_over]
    alone = Road(tuple(replace(one, needs=()) for one in running), road.began_on, road.today)
    ends = lived(alone, calendar)
    return {key: _working(road.today, day, calendar) for key, day in ends.items()}
