"""名册跑分: every list and search page in a large town, beside the same page in a small one.

The large town is the small one grown in bulk: years of cases that have ended, with their people
sealed and found by tokens. What is open stays as it is, as it does in a hall, and so does what a
month holds. `python -m bench lists --full` grows it to a million cases; `--postgres` asks a
county's database, whose work is done elsewhere: there the clock is read.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median
from time import perf_counter, process_time

import sqlalchemy as sa

from app import create_app
from bench.figures import Figure
from bench.installation import Installation, sample_town
from bench.portraits import NEWEST, Grower
from bench.postgres import postgres
from tests.builders import Visitor

SMALL, USUAL, FULL = 10_000, 50_000, 1_000_000
OPEN = 300
ROUNDS = 9
AIM = 2.0
PAGES = {
    "a window's worklist": "/windows/general/",
    "a name's two characters": "/windows/general/find?q=示例",
    "a whole name": "/windows/general/find?q=示例戊丙",
    "four digits": "/windows/general/find?q=0042",
    "a whole phone": "/windows/general/find?q=15400000042",
    "the board": "/board/",
    "what is open": "/board/cases",
    "what is red": "/board/cases?light=red",
    "everything": "/board/cases?scope=all",
    "a village": "/board/cases?scope=all&village=3",
    "a clerk": "/board/cases?scope=all&handler=2",
    "an item": "/board/cases?scope=all&item=BM-005",
    "a village nobody came from, and an item": "/board/cases?scope=all&village=28&item=BM-001",
    "days of receipt": "/board/cases?scope=all&received_from={day}&received_to={day}",
    "days of the limit": "/board/cases?scope=all&due_from={day}",
    "a name on every list": "/board/cases?q=示例",
    "what other windows asked for": "/cases/assists",
    "what one person has to do today": "/today/",
    "whom to ring up": "/cases/calls",
    "whom to ask whether it helped": "/cases/follow-ups",
    "what one is asked to take": "/cases/transfers",
    "what stands at the windows": "/cases/appointments",
    "a case": "/windows/general/cases/{number}",
    "what may be the same case": "/cases/{number}/merge",
    "what waits for a leader": "/cases/approvals",
    "held longer than was told": "/board/cases?light=held",
    "a step that is red": "/board/cases?light=step",
    "every red that runs": "/board/lights",
    "a month by clerk, and its holds": "/board/reports?first={first}&last={last}&by=clerk",
    "what is behind a figure": "/board/reports/cases?first={first}&last={last}&row=综合窗口",
    "the month's sheet": "/board/monthly?month={last}",
}


#: what each page took by its name, in milliseconds
Took = dict[str, float]
Watch = Callable[[], float]


def figures() -> list[Figure]:
    """Measure every page at both sizes."""
    size = FULL if "--full" in sys.argv else USUAL
    if "--postgres" in sys.argv:
        with postgres() as address, sample_town(address) as town:
            small, large = _both(town, size, perf_counter)
    else:  # other work put aside
        with sample_town() as town:
            small, large = _both(town, size, process_time)
    floor = f"{SMALL:,} cases"
    return [
        Figure(f"{name}, {size:,} cases", large[name], "ms", small[name], floor, AIM, True)
        for name in PAGES
    ]


def _both(town: Installation, size: int, watch: Watch) -> tuple[Took, Took]:
    grower = Grower(town, OPEN)
    return _timed(town, grower, SMALL, watch), _timed(town, grower, size, watch)


def _timed(town: Installation, grower: Grower, cases: int, watch: Watch) -> Took:
    grower.grow(cases)
    here = town.open_house()
    if town.database_url:
        with here.writing() as session:
            session.execute(sa.text("ANALYZE"))
    browser = Visitor(create_app(here).test_client())
    browser.log_in("director")
    today = here.today()
    days = {"day": today - timedelta(days=3), "first": today - timedelta(days=30), "last": today}
    told = {"number": NEWEST, **days}
    took = {name: _median(browser, path.format(**told), watch) for name, path in PAGES.items()}
    here.database.engine.dispose()
    return took


def _median(browser: Visitor, path: str, watch: Watch) -> float:
    """Return the median of several asks in milliseconds, the first two not counted."""
    return median(list(_asked(browser, path, watch))[2:]) * 1000


def _asked(browser: Visitor, path: str, watch: Watch) -> Iterator[float]:
    for _ in range(ROUNDS):
        begun = watch()
        answer = browser.open(path)
        assert answer.status_code == 200, (path, answer.status_code)
        yield watch() - begun
