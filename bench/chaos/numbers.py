"""抢号: sixteen counters register at once, some break off, and midnight of New Year passes.

No number twice, none left out, in either year, of cases as of papers; and each of the year in
which it was taken. The control takes numbers by reading the last one and adding one.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import repeat

import sqlalchemy as sa

from bench.chaos.verdicts import Verdict
from bench.installation import Installation
from desk.cases.records import Case, Paper, Serial
from kernel.clock import town_day
from kernel.errors import Refusal
from kernel.web.house import House
from tests.builders import a_case, intake, person

COUNTERS = 16
BREAKS_OFF = 0.05
CONTROL = (Serial.series == "control", Serial.year == 0)
_DIGITS = re.compile(r"\d+")


class BrokeOff(Exception):
    """Somebody changed their mind in the middle of a registration."""


def run(town: Installation, each: int, dice: random.Random) -> Verdict:
    """Let sixteen counters register `each` times while a year ends; return what was found."""
    here = town.open_house()
    earlier = _cases(here)
    breaks = [dice.random() < BREAKS_OFF for _ in range(COUNTERS * each)]
    last_second = datetime(here.today().year, 12, 31, 15, 59, 59, tzinfo=UTC)
    turns = range(len(breaks))
    moments = [last_second + timedelta(seconds=2 * turn // len(breaks)) for turn in turns]
    refused = sum(_at_once(_press, repeat(here), turns, moments, breaks))
    expected = earlier + len(breaks) - sum(breaks) - refused
    found = {"refused": refused, **_breaches(here, expected)}
    control = _by_adding_one(here, len(breaks))
    here.database.engine.dispose()
    done = f"{len(breaks)} registrations over New Year, {sum(breaks)} broken off, {town.kind}"
    return Verdict("no number twice and none left out", done, found, control)


def _at_once(act: Callable[..., int], *each: Iterable[object]) -> list[int]:
    with ThreadPoolExecutor(COUNTERS) as counters:
        return list(counters.map(act, *each))


def _press(here: House, turn: int, moment: datetime, breaks_off: bool) -> int:
    """Register somebody, or break it off; return 1 where it was refused, which nobody expects."""
    try:
        with here.writing() as session:
            a_case(here, session, moment, intake(session, who=person(turn)))
            if breaks_off:
                raise BrokeOff
    except BrokeOff:
        return 0
    except Refusal:
        return int(not breaks_off)
    return 0


def _cases(here: House) -> int:
    with here.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Case)) or 0


def _breaches(here: House, expected: int) -> dict[str, int]:
    with here.reading() as session:
        cases = session.execute(sa.select(Case.number, Case.received_at)).all()
        papers = session.scalars(sa.select(Paper.number)).all()
    of_cases = [_year_and_serial(row.number) for row in cases]
    of_papers = [_year_and_serial(number) for number in papers]
    years = [town_day(row.received_at).year % 100 for row in cases]
    astray = [year != taken for year, (taken, _) in zip(years, of_cases, strict=True)]
    return {
        "lost": expected - len(cases),
        "twice": _twice(of_cases) + _twice(of_papers),
        "left out": _left_out(of_cases) + _left_out(of_papers),
        "in the wrong year": sum(astray),
        "years without a number": 2 - len(set(years)),
    }


def _year_and_serial(number: str) -> tuple[int, int]:
    """Return the year (two digits) and the serial of a case's number or a paper's."""
    year, serial, *_ = map(int, _DIGITS.findall(number))
    return year % 100, serial


def _twice(numbers: list[tuple[int, int]]) -> int:
    return len(numbers) - len(set(numbers))


def _left_out(numbers: list[tuple[int, int]]) -> int:
    years: defaultdict[int, set[int]] = defaultdict(set)
    for year, serial in numbers:
        years[year].add(serial)
    return sum(max(serials) - len(serials) for serials in years.values())


def _by_adding_one(here: House, turns: int) -> int:
    """Return how many numbers are given out twice by who reads the last one and adds one."""
    with here.writing() as session:
        session.add(Serial(series="control", year=0, last=0))
    given = _at_once(_add_one, repeat(here, turns))
    return len(given) - len(set(given))


def _add_one(here: House) -> int:
    with here.reading() as session:
        mine = session.scalars(sa.select(Serial.last).where(*CONTROL)).one() + 1
    with here.writing() as session:
        session.execute(sa.update(Serial).where(*CONTROL).values(last=mine))
    return mine
