"""另一把尺: deadlines reckoned in another way, to hold the rule against.

Day by day from the raw answers of `chinesecalendar`, by place in a row of days: nothing of the
product's calendar, steps or dates is used. One walk gives every limit from 0 to 60 in both units.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar

from desk.cases.rules.deadlines import Hold, running_deadline
from kernel.calendar.rules import WorkingCalendar
from services_catalog.rules.limits import LimitUnit, TimeLimit

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
STARTS = range((LAST - FIRST).days + 1)
LONGEST, REACH = 60, 400
UNITS = (LimitUnit.WORKING, LimitUnit.CALENDAR)
QUESTIONS = [(unit, amount) for unit in UNITS for amount in range(LONGEST + 1)]
SATURDAY = 6
#: how many stretches one case may have, how far from its start, how long
MOST_HOLDS, FURTHEST, LONGEST_HOLD, OPEN_SHARE = 3, 60, 30, 0.1
Question = tuple[LimitUnit, int]
Stretch = tuple[int, int | None]
Rule = Callable[[date, TimeLimit, Sequence[Hold]], date | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A start (its place in the row), the stretches held, and the limits asked after."""

    start: int
    stretches: tuple[Stretch, ...]
    questions: Sequence[Question]


@cache
def worked(*, with_makeup: bool = True) -> bytes:
    """Return 1 for each worked day of the row; weekdays alone where no notice is known."""
    row = [FIRST + timedelta(place) for place in range(len(STARTS) + REACH)]
    if not with_makeup:
        return bytes(day.isoweekday() < SATURDAY for day in row)
    return bytes(
        chinese_calendar.is_workday(day) if day <= LAST else day.isoweekday() < SATURDAY
        for day in row
    )


def reckoned(start: int, stretches: Iterable[Stretch], row: bytes) -> dict[Question, int | None]:
    """Return the place of the last day in time for every question; None where none can be told."""
    held, stop = _struck(stretches, start)
    working: list[int] = []
    live: list[int] = []
    for place in range(start + 1, min(stop, start + REACH)):
        if place not in held:
            live.append(place)
            if row[place]:
                working.append(place)
    found: dict[Question, int | None] = dict.fromkeys(QUESTIONS)
    for unit in UNITS:
        found[unit, 0] = start
    for amount, place in enumerate(working[:LONGEST], 1):
        found[LimitUnit.WORKING, amount] = place
    later = iter(working)
    end = next(later, None)
    for amount, place in enumerate(live[:LONGEST], 1):
        while end is not None and end < place:
            end = next(later, None)
        found[LimitUnit.CALENDAR, amount] = end
    return found


def disagreements(asked: Iterable[Asked], rule: Rule) -> tuple[int, int]:
    """Return how many deadlines were compared, and how many differ."""
    row, compared, differing = worked(), 0, 0
    for one in asked:
        expected = reckoned(one.start, one.stretches, row)
        start = FIRST + timedelta(one.start)
        holds = [_hold(stretch) for stretch in one.stretches]
        for unit, amount in one.questions:
            place, told = expected[unit, amount], rule(start, TimeLimit(amount, unit), holds)
            differing += told != (None if place is None else FIRST + timedelta(place))
            compared += 1
    return compared, differing


def everything(dice: random.Random) -> Iterator[Asked]:
    """Yield every start day with every limit, without a hold and with holds drawn for it."""
    for start in STARTS:
        yield Asked(start, (), QUESTIONS)
        yield Asked(start, drawn(dice, start), QUESTIONS)


def sample(dice: random.Random, every: int) -> Iterator[Asked]:
    """Yield some start days, each with one limit a unit, mostly short as limits are."""
    for start in range(dice.randrange(every), len(STARTS), every):
        stretches = drawn(dice, start) if dice.random() < 0.5 else ()
        amount = int(LONGEST * dice.random() ** 2)
        yield Asked(start, stretches, [(unit, amount) for unit in UNITS])


def drawn(dice: random.Random, start: int) -> tuple[Stretch, ...]:
    """Return stretches around a start, some open-ended, as they may overlap or repeat."""
    found = []
    for _ in range(dice.randint(1, MOST_HOLDS)):
        first = start + dice.randint(-5, FURTHEST)
        length = dice.randint(0, LONGEST_HOLD)
        found.append((first, None if dice.random() < OPEN_SHARE else first + length))
    return tuple(found)


def the_rule(calendar: WorkingCalendar) -> Rule:
    """Return the product's own rule over a calendar."""

    def rule(start: date, limit: TimeLimit, holds: Sequence[Hold]) -> date | None:
        found = running_deadline(start, limit, calendar, holds)
        return found.day if found else None

    return rule


def _struck(stretches: Iterable[Stretch], start: int) -> tuple[set[int], int]:
    """Return the days struck out, and the first day of an open stretch: the end of the row."""
    held: set[int] = set()
    stop = start + REACH
    for first, last in stretches:
        if last is None:
            stop = min(stop, max(first, start) + 1)
        else:
            held.update(range(first + 1, last + 1))
    return held, stop


def _hold(stretch: Stretch) -> Hold:
    first, last = (None if one is None else FIRST + timedelta(one) for one in stretch)
    assert first is not None
    return Hold(first, last)
