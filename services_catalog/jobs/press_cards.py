"""印一卡通: a folded sheet for every household, village by village in walking order."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from kernel.households import queries as register
from kernel.households.queries import Home
from kernel.printing import GROUND, Sheet, missing_glyphs, presses, written
from services_catalog.actions.prints import Printed
from services_catalog.jobs.press import Product, Task, refuse_lacking_glyphs, stamp_of
from services_catalog.queries import prints as queries
from services_catalog.queries.prints import VillageGuide
from services_catalog.rules.prints.codes import card_address, painter
from services_catalog.rules.prints.kinds import PRINT_NAMES, CardFace, PrintKind, check_code
from services_catalog.rules.prints.orders import (
    MOST_IN_ONE_FILE,
    NoHouseholds,
    NothingStale,
    TooManyInOneFile,
    lacking_words,
)


@dataclass(frozen=True, slots=True)
class Walk:
    """The cards of one village, in walking order: what stands on each, without its code."""

    guide: VillageGuide
    issued: Sequence[CardFace]
    doors: Sequence[str]
    heads: Sequence[str]
    addresses: Sequence[str]


def set_cards(task: Task) -> Product:
    """Print the cards of an order."""
    walks = walks_of(task)
    count = sum(len(walk.issued) for walk in walks)
    if count > MOST_IN_ONE_FILE and task.name:
        raise TooManyInOneFile(count=count)
    refuse_lacking_glyphs([walk.guide.content for walk in walks])
    with presses(task.folder, few=bool(task.name)) as press:
        ground = task.folder / ".ground.pdf"
        shared = press(Sheet("card_faces", [written(faces(task, walks))], ground, noted=True))
        sheets = sheets_of(task, walks, ground, lambda: shared.result()["sheets"])
        going = {press(sheet): sheet.out for sheet in sheets}
        _await(task, going, count)
    return Product(_printed(walks), list(going.values()), _notes(walks))


def walks_of(task: Task) -> list[Walk]:
    """Return what is to be printed. Raises NoHouseholds, NothingStale and what reading raises."""
    with task.here.reading() as session:
        everywhere = queries.guides(session, task.site)
        guides = queries.chosen(everywhere, task.order.villages)
        wanted = queries.all_cards(session, guides)
        if not wanted:
            raise NoHouseholds
        if task.order.only_stale:
            wanted = queries.stale_cards(session, guides)
        if not wanted:
            raise NothingStale
        return [
            _walk(session, task.site, guide, wanted[guide.village_id])
            for guide in guides
            if guide.village_id in wanted
        ]


def _walk(session: Session, site: str, guide: VillageGuide, homes: Sequence[Home]) -> Walk:
    return Walk(
        guide,
        [queries.face_of(one) for one in homes],
        [f"{one.group} {one.door}".strip() for one in homes],
        [register.head_of(session, one) for one in homes],
        [card_address(site, register.card_code(session, one)) for one in homes],
    )


def faces(task: Task, walks: Sequence[Walk]) -> dict[str, object]:
    """Return what cards share: the town's words once, and each village's own."""
    common = walks[0].guide.content
    villages = [
        {
            "name": walk.guide.place.name,
            "advisers": walk.guide.content["advisers"],
            "check": check_code(walk.guide.digest),
        }
        for walk in walks
    ]
    return {**common, "villages": villages, "stamp": stamp_of(task, common)}


def sheets_of(
    task: Task, walks: Sequence[Walk], ground: Path, sheets: Callable[[], int]
) -> Iterator[Sheet]:
    """Give the documents to set, one or one a village.

    Each is drawn while it is written, so that no more than a village is ever held in memory;
    `sheets` is asked last how many a card takes, for the ground is set meanwhile.
    """
    content = walks[0].guide.content
    shared = {
        "title": f"{content['town']}{PRINT_NAMES[PrintKind.CARD]}",
        "hall": content["hall"],
        "ground": GROUND,
    }
    drawn = _drawn(task, walks)
    if task.name:
        yield Sheet("card", _said(shared, drawn, sheets), task.file(""), ground=ground)
        return
    for walk, village in zip(walks, drawn, strict=True):
        said = _said(shared, [village], sheets)
        yield Sheet("card", said, task.file(walk.guide.place.code), ground=ground)


def _drawn(task: Task, walks: Sequence[Walk]) -> Iterator[bytes]:
    """Give the households of each village with their codes, as the template reads them."""
    draw = painter([address for walk in walks for address in walk.addresses])
    count, done = sum(len(walk.issued) for walk in walks), 0
    for place, walk in enumerate(walks, 1):
        doors = zip(walk.doors, walk.heads, strict=True)
        households = [{"door": door, "head": head} for door, head in doors]
        # beside them: text of plain signs alone takes half the room and half the time
        codes = written({"codes": [draw(address) for address in walk.addresses]})
        done += len(households)
        task.step(done // 2, count)
        yield written({"place": place, "households": households})[:-1] + b"," + codes[1:]


def _said(
    shared: Mapping[str, object], villages: Iterable[bytes], sheets: Callable[[], int]
) -> Iterator[bytes]:
    """Give the values of a document piece by piece: the villages first, then what they share."""
    yield b'{"villages":['
    for place, village in enumerate(villages):
        yield b"," * bool(place) + village
    yield b"]," + written({**shared, "sides": 2 * sheets()})[1:]


def _await(task: Task, going: Collection[Future[Any]], count: int) -> None:
    for done, one in enumerate(as_completed(going), 1):
        one.result()
        task.step((count + count * done // len(going)) // 2, count)


def _printed(walks: Sequence[Walk]) -> list[Printed]:
    return [
        Printed(
            PrintKind.CARD,
            walk.guide.content,
            len(walk.issued),
            walk.guide.village_id,
            walk.issued,
        )
        for walk in walks
    ]


def _notes(walks: Sequence[Walk]) -> list[str]:
    if not missing_glyphs(chain.from_iterable(head for walk in walks for head in walk.heads)):
        return [lacking_words([])]
    doors = [
        f"{walk.guide.place.name}{door}"
        for walk in walks
        for door, head in zip(walk.doors, walk.heads, strict=True)
        if missing_glyphs(head)
    ]
    return [lacking_words(doors)]
