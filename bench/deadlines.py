"""期限: deadlines counted a second, every day of them named, beside a loop that names none."""

from collections.abc import Callable
from datetime import date
from time import perf_counter

from bench.figures import Figure
from bench.installation import sample_town
from desk.cases.rules.deadlines import deadline
from kernel.calendar.rules import ONE_DAY, WorkingCalendar
from services_catalog.rules.limits import LimitUnit, TimeLimit

DAYS = 20
LIMIT = TimeLimit(DAYS, LimitUnit.WORKING)
STARTS = [date(2024, 1, 1) + ONE_DAY * place for place in range(1000)]


def figures() -> list[Figure]:
    """Count twenty working days from each of a thousand days."""
    with sample_town() as town:
        here = town.open_house()
        with here.reading() as session:
            calendar = here.calendar(session)
    ours = _a_second(lambda day: deadline(day, LIMIT, calendar).day)
    floor = _a_second(lambda day: _naive(day, calendar))
    return [Figure("deadlines of 20 days, with steps", ours, "/s", floor, "without steps")]


def _a_second(count: Callable[[date], date]) -> float:
    begun = perf_counter()
    for day in STARTS:
        count(day)
    return len(STARTS) / (perf_counter() - begun)


def _naive(day: date, calendar: WorkingCalendar) -> date:
    counted = 0
    while counted < DAYS:
        day += ONE_DAY
        counted += calendar.is_working(day)
    return day
