"""催办一遍: a pass of reminders at 1,000 and at 100,000 stored cases, with the same number due.

Nine tenths of what is stored has ended, the rest runs far from its day. What is due is the same
each time: the pass should cost that, and an idle pass nothing to speak of. On both databases.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from bench.figures import Figure
from bench.installation import sample_town
from bench.postgres import postgres
from desk.cases.records import Case, Countdown
from desk.reminders.jobs import nudge
from kernel.clock import FixedClock
from kernel.database import table_of
from kernel.staff.actions import set_mobile
from kernel.staff.queries import by_username
from kernel.web.house import House
from tests.builders import a_case, clerk, mobile

SMALL, LARGE = 1_000, 100_000
DUE, ENDED_OF_TEN = 200, 9
STRIDE, TRIES = 5000, 3
AIM = 2.0
#: after any day on which the town of this run can have been founded
NOW = datetime(2036, 3, 3, 2, tzinfo=UTC)
NEAR, FAR = date(2036, 3, 4), date(2036, 9, 1)
Row = Mapping[str, Any]


def figures() -> list[Figure]:
    """Measure on SQLite, then on PostgreSQL."""
    found = _measured("SQLite", "")
    with postgres() as url:
        return [*found, *_measured("PostgreSQL", url)]


def _measured(kind: str, url: str) -> list[Figure]:
    with _house(url) as (here, like):
        _fill(here, like, SMALL)
        small, idle_small = _passes(here, like)
        _fill(here, like, LARGE - SMALL)
        large, idle_large = _passes(here, like)
    name = f"reminders on {kind}, {LARGE:,} stored, {DUE} due"
    floor_name = f"{SMALL:,} stored"
    idle = f"reminders on {kind}, {LARGE:,} stored, nothing due"
    return [
        Figure(name, large, "ms", small, floor_name, aim=AIM, at_most=True),
        Figure(idle, idle_large, "ms", idle_small, floor_name, aim=AIM, at_most=True),
    ]


@contextmanager
def _house(url: str) -> Iterator[tuple[House, tuple[Row, Row]]]:
    """Found a town with one case, and a clerk who has a work phone."""
    with sample_town(url) as town:
        known = town.open_house()
        here = House(known.database, FixedClock(NOW), known.settings)
        with here.writing() as session:
            staff, number = by_username(session, "counter1"), f"+86{mobile(1)}"
            if staff is None:
                raise LookupError("counter1")
            set_mobile(session, staff, number, clerk(session, "admin"), NOW)
            first = a_case(here, session, NOW).id
        with here.reading() as session:
            case, countdown = (
                session.execute(sa.select(table_of(record)).where(mine == first)).one()._mapping
                for record, mine in ((Case, Case.id), (Countdown, Countdown.case_id))
            )
        yield here, (dict(case), dict(countdown))
        known.database.engine.dispose()


def _passes(here: House, like: tuple[Row, Row]) -> tuple[float, float]:
    """Return what a pass with work costs, and one without, in milliseconds."""
    busy, idle = [], []
    for _ in range(TRIES):
        _write(here, like, DUE, NEAR)
        _refresh(here)
        busy.append(_timed(here, is_idle=False))
        idle.append(_timed(here, is_idle=True))
    return median(busy), median(idle)


def _timed(here: House, *, is_idle: bool) -> float:
    begun = perf_counter()
    settled = nudge(here)
    took = (perf_counter() - begun) * 1000
    if is_idle != (settled == 0):
        raise RuntimeError(f"{settled} nudges settled")
    return took


def _fill(here: House, like: tuple[Row, Row], cases: int) -> None:
    for _ in range(0, cases, STRIDE):
        _write(here, like, min(STRIDE, cases), FAR, ENDED_OF_TEN)


def _write(
    here: House, like: tuple[Row, Row], cases: int, due_on: date, ended_of_ten: int = 0
) -> None:
    """Write cases like the first one, due on a day; of ten, so many have ended."""
    case, countdown = ({name: of[name] for name in of if name != "id"} for of in like)
    over_at = datetime(due_on.year, due_on.month, due_on.day, 16, tzinfo=UTC)
    days = {"due_on": due_on, "yellow_on": due_on - timedelta(days=1), "over_at": over_at}
    days["starts_at"] = NOW - timedelta(days=10)
    with here.writing() as session:
        first = (session.scalar(sa.select(sa.func.max(Case.id))) or 0) + 1
        ids = range(first, first + cases)
        rows = [{**case, "id": one, "uuid": uuid4().hex, "number": f"Z{one}"} for one in ids]
        for row in rows:
            row["lookup_hash"] = uuid4().bytes
        session.execute(sa.insert(table_of(Case)), rows)
        running = [
            {
                **countdown,
                **days,
                "case_id": one,
                "ended_at": NOW if one % 10 < ended_of_ten else None,
            }
            for one in ids
        ]
        session.execute(sa.insert(table_of(Countdown)), running)


def _refresh(here: House) -> None:
    """Let the database learn how much there is, as it does by itself every night."""
    with here.writing() as session:
        session.execute(sa.text("ANALYZE"))
