"""印制跑分: 6,703 cards in one PDF and a handbook of 150 items, beside the typesetter's floor.

The floor is the same pages set by the same typesetter with the values ready made: no database,
no vault, no codes to draw, no record to keep.
"""

import json
import shutil
from dataclasses import replace
from pathlib import Path

from bench.figures import Figure
from bench.installation import PROJECT, found, temporary_folder
from bench.prints.households import settle
from bench.prints.memory import Spent, watched
from kernel.printing import TEMPLATES, written
from kernel.web.house import House
from services_catalog import actions
from services_catalog.jobs.press import Task, stamp_of
from services_catalog.jobs.press_books import with_pictures
from services_catalog.jobs.press_cards import faces, sheets_of, walks_of
from services_catalog.queries import books, keeping
from services_catalog.rules.prints import PrintKind
from services_catalog.rules.prints.orders import Order

AIM = 1.3
BOOK_ITEMS = 150
Jobs = list[list[str]]


def figures() -> list[Figure]:
    """Return what cards and handbook take beside the typesetter alone."""
    with temporary_folder() as folder:
        town = folder / "town"
        town.mkdir()
        here = found(town).open_house()
        try:
            return [*_cards(here, folder, settle(here)), *_book(here, folder)]
        finally:
            here.database.engine.dispose()


def _cards(here: House, folder: Path, cards: int) -> list[Figure]:
    root = _root(folder / "cards")
    ours, floor = _ours(folder, PrintKind.CARD), _alone(root, _ready_cards(here, root))
    return _beside(f"{cards:,} cards in one PDF", ours, floor)


def _book(here: House, folder: Path) -> list[Figure]:
    _grow(here)
    root = _root(folder / "book")
    ours, floor = _ours(folder, PrintKind.HANDBOOK), _alone(root, _ready_book(here, root))
    return _beside(f"handbook of {BOOK_ITEMS} items", ours, floor)


def _beside(name: str, ours: Spent, floor: Spent) -> list[Figure]:
    alone = "typesetter alone"
    return [
        Figure(name, ours.seconds, "s", floor.seconds, alone, AIM, at_most=True),
        Figure(f"{name}, processors", ours.cpu, "s", floor.cpu, alone, AIM, at_most=True),
        Figure(f"{name}, peak memory", ours.megabytes, "MB", floor.megabytes, alone),
    ]


def _ours(folder: Path, kind: PrintKind) -> Spent:
    # not `-m`: a press that is spawned would import the whole house again as its main module,
    # which it does not under `flask`
    start = "from bench.prints.ours import main; main()"
    return watched(["-c", start, str(folder / "town"), kind, str(folder / f"{kind}.pdf")], PROJECT)


def _alone(root: Path, jobs: Jobs) -> Spent:
    start = "from bench.prints.alone import main; main()"
    return watched(["-c", start, str(root), json.dumps(jobs)], PROJECT)


def _root(folder: Path) -> Path:
    shutil.copytree(TEMPLATES, folder)
    return folder


def _task(here: House, root: Path, order: Order) -> Task:
    return Task(here, order, root, "out.pdf", lambda *_: None)


def _ready_cards(here: House, root: Path) -> Jobs:
    task = _task(here, root, Order(PrintKind.CARD))
    walks = walks_of(task)
    sheet = next(sheets_of(task, walks, root / "ground.pdf", lambda: 1))
    (root / "faces.json").write_bytes(written(faces(task, walks)))
    (root / "cards.json").write_bytes(b"".join(sheet.said))
    return [
        ["card_faces.typ", "faces.json", "ground.pdf"],
        ["card.typ", "cards.json", "cards.pdf"],
    ]


def _grow(here: House) -> None:
    """Let the catalogue have as many items as the handbook is measured with."""
    with here.writing() as session:
        known = keeping.entries(session)
        twins = [
            replace(one, code=f"{one.code}-{turn}", names=(f"{one.facts.title}{turn}",))
            for turn in (2, 3)
            for one in known
        ]
        calendar = here.calendar(session)
        actions.take_in_all(session, twins[: BOOK_ITEMS - len(known)], here.now(), calendar)


def _ready_book(here: House, root: Path) -> Jobs:
    task = _task(here, root, Order(PrintKind.HANDBOOK))
    with here.reading() as session:
        content = books.handbook(session, task.site)
    values = {**with_pictures(content), "stamp": stamp_of(task, content)}
    (root / "book.json").write_bytes(written(values))
    return [["handbook.typ", "book.json", "book.pdf"]]
