"""代办看板跑分: 500 projects of 30 errands, beside the board's own queries by the bare driver.

The statements of the board are written down as it asks them, and asked again of the bare driver,
every row fetched. The archive is grown by bulk inserts: what is open stays as it is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from statistics import median
from time import process_time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app import create_app
from bench.figures import Figure
from bench.installation import sample_town
from desk.windows.enterprise.actions import roadmaps
from desk.windows.enterprise.jobs import keep_standings
from desk.windows.enterprise.queries.board import board
from desk.windows.enterprise.queries.roadmaps import newest, planned
from kernel.access import Actor
from kernel.web.house import House
from tests.actions.a_project import begin
from tests.builders import BASE, Visitor, clerk

PROJECTS, ERRANDS, ARCHIVED = 500, 30, 2_000
ROUNDS = 9
AIM = 2.0
FLAT = 1.25
PAGE = "/windows/enterprise/"
#: the same page with nothing on it: what the layout alone costs
EMPTY = f"{PAGE}?archive=1"
#: one project in so many has a case under way
UNDER_WAY = 5
FIRST = "QY-001"
Statement = tuple[str, Any]


def figures() -> list[Figure]:
    """Measure the board, and again beside a large archive."""
    with sample_town() as town:
        here = town.open_house()
        _grow(here)
        now = _timed(here)
        empty = _empty(here)
        _archive(here)
        later = _timed(here)
        here.database.engine.dispose()
    size, floor = f"{PROJECTS} projects × {ERRANDS} errands", "its queries alone"
    beside = f"without {ARCHIVED:,} in the archive"
    own, whole = now.page - empty, "the whole page's queries alone"
    return [
        Figure(f"the board of {size} made ready", now.made, "ms", now.asked, floor, AIM, True),
        Figure("its whole page beyond an empty one's", own, "ms", now.all_asked, whole, AIM, True),
        Figure("the same, layout and all", now.page, "ms", now.all_asked, whole, AIM, True),
        Figure("an empty page of its layout", empty, "ms", now.all_asked, whole),
        Figure(f"the board, {ARCHIVED:,} archived", later.made, "ms", now.made, beside, FLAT, True),
        Figure("its whole page", later.page, "ms", now.page, beside, FLAT, True),
    ]


def _grow(here: House) -> None:
    """Begin the projects by a road map of so many errands; some have a case under way."""
    with here.writing() as session:
        old = newest(session)[0]
        errands = planned(session, [old.id])[old.id]
        more = [replace(one, key=f"{one.key}-2", needs=(one.key,)) for one in errands]
        whole = [*errands, *more][:ERRANDS]
        told = (old.name, "", whole)
        roadmaps.publish(session, old, told, clerk(session, "director"), here.now())
    for serial in range(1, PROJECTS + 1):
        with here.writing() as session:
            is_under_way = serial % UNDER_WAY == 0
            walked = begin(here, session, serial, is_ready=is_under_way)
            if is_under_way:
                walked.finish(FIRST)
                walked.keep_all("QY-003")
                walked.file("QY-003")
    keep_standings(here)


def _archive(here: House) -> None:
    """Copy a project with its errands into the archive, over and over."""
    with here.writing() as session:
        columns = [name for name in _columns(session, "project") if name != "id"]
        kept = ", ".join(columns)
        copied = kept.replace("archived_at", "made_at")
        for _ in range(ARCHIVED // PROJECTS):
            session.execute(
                sa.text(
                    f"INSERT INTO project ({kept}) SELECT {copied} FROM project"
                    " WHERE archived_at IS NULL"
                )
            )
        session.execute(
            sa.text(
                "INSERT INTO project_errand (project_id, key, map_id, skip_reason)"
                " SELECT p.id, e.key, e.map_id, '' FROM project p"
                " JOIN project_errand e ON e.project_id = (SELECT min(id) FROM project)"
                " WHERE p.archived_at IS NOT NULL"
            )
        )


def _columns(session: Session, table: str) -> list[str]:
    return [one["name"] for one in sa.inspect(session.get_bind()).get_columns(table)]


@dataclass(frozen=True, slots=True)
class Timed:
    """The processor time of the board and its page, and of their bare queries, in milliseconds."""

    made: float
    asked: float
    page: float
    all_asked: float


def _timed(here: House) -> Timed:
    browser = _director(here)
    with here.reading() as session:
        who = clerk(session, "director")
        with _written_down(session) as statements:
            _look(here, session, who)
        made = _median(lambda: _look(here, session, who))
        asked = _median(lambda: _ask(session, statements))
        page = _median(lambda: browser.client.get(PAGE, base_url=BASE))
        with _written_down(session) as statements:
            shown = browser.client.get(PAGE, base_url=BASE)
        assert shown.status_code == HTTPStatus.OK
        all_asked = _median(lambda: _ask(session, statements))
    return Timed(made, asked, page, all_asked)


def _empty(here: House) -> float:
    browser = _director(here)
    return _median(lambda: browser.client.get(EMPTY, base_url=BASE))


def _director(here: House) -> Visitor:
    browser = Visitor(create_app(here).test_client())
    browser.log_in("director")
    return browser


def _look(here: House, session: Session, who: Actor) -> None:
    session.expunge_all()
    found = board(session, who, here.now(), here.calendar(session))
    assert found.lines
    assert found.trips


@contextmanager
def _written_down(session: Session) -> Iterator[list[Statement]]:
    statements: list[Statement] = []

    def note(_c: object, _cursor: object, said: str, values: Any, *_: object) -> None:
        if said != "BEGIN":
            statements.append((said, values))

    engine = session.get_bind()
    sa.event.listen(engine, "before_cursor_execute", note)
    yield statements
    sa.event.remove(engine, "before_cursor_execute", note)


def _ask(session: Session, statements: list[Statement]) -> None:
    cursor = session.connection().connection.cursor()
    for said, values in statements:
        cursor.execute(said, values)
        cursor.fetchall()


def _median(work: Callable[[], object]) -> float:
    """Return the median of several rounds in milliseconds, the first two not counted."""
    took = []
    for _ in range(ROUNDS + 2):
        begun = process_time()
        work()
        took.append(process_time() - begun)
    return median(took[2:]) * 1000
