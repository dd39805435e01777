"""印服务指南牌: one big sheet a village, each in its own size."""

from collections.abc import Sequence
from typing import Any

from kernel.printing import Sheet, presses, written
from services_catalog.actions.prints import Printed
from services_catalog.jobs.press import Product, Task, refuse_lacking_glyphs, stamp_of
from services_catalog.queries import prints as queries
from services_catalog.queries.prints import BoardDue
from services_catalog.rules.prints.codes import picture, village_address
from services_catalog.rules.prints.kinds import PRINT_NAMES, PrintKind, check_code
from services_catalog.rules.prints.orders import NothingStale, legibility_words
from services_catalog.rules.prints.sheets import DEFAULT_SIZE, SheetSize, read_size

Wanted = tuple[BoardDue, SheetSize]


def set_boards(task: Task) -> Product:
    """Print the boards of an order."""
    wanted = _wanted(task)
    refuse_lacking_glyphs([due.guide.content for due, _ in wanted])
    groups = [wanted] if task.name else [[one] for one in wanted]
    sheets, notes = [_sheet(task, group) for group in groups], set()
    task.step(0, len(sheets))
    with presses(task.folder, few=len(sheets) == 1) as press:
        for done, going in enumerate([press(sheet) for sheet in sheets], 1):
            notes |= _notes(going.result())
            task.step(done, len(sheets))
    printed = [
        Printed(PrintKind.BOARD, due.guide.content, 1, due.guide.village_id, size=size.name)
        for due, size in wanted
    ]
    return Product(printed, [sheet.out for sheet in sheets], sorted(notes))


def _wanted(task: Task) -> list[Wanted]:
    """Return the boards with their sizes. Raises NothingStale, NoSuchSize and what reading does."""
    order = task.order
    usual = read_size(order.size or DEFAULT_SIZE)
    with task.here.reading() as session:
        guides = queries.chosen(queries.guides(session, task.site), order.villages)
        if not order.only_stale:
            return [(BoardDue(guide, usual.name), usual) for guide in guides]
        due = queries.stale_boards(session, guides)
    if not due:
        raise NothingStale
    return [(one, read_size(one.size) if one.size else usual) for one in due]


def _sheet(task: Task, wanted: Sequence[Wanted]) -> Sheet:
    first = wanted[0][0].guide
    sizes = {size.name: size for _, size in wanted}
    values = {
        **first.content,
        "title": PRINT_NAMES[PrintKind.BOARD],
        "stamp": stamp_of(task, first.content),
        "sizes": [
            {"name": size.name, "width": size.width, "height": size.height}
            for size in sizes.values()
        ],
        "boards": [_board(task, due, size) for due, size in wanted],
    }
    out = task.file(f"{first.place.code}-{wanted[0][1].name}")
    return Sheet("board", [written(values)], out, noted=True)


def _board(task: Task, due: BoardDue, size: SheetSize) -> dict[str, object]:
    place = due.guide.place
    return {
        "village": place.name,
        "advisers": due.guide.content["advisers"],
        "check": check_code(due.guide.digest),
        "code": picture(village_address(task.site, place.code)),
        "size": size.name,
    }


def _notes(fitted: Sequence[dict[str, Any]]) -> set[str]:
    return {legibility_words(one["size"], one["millimetres"]) for one in fitted} - {""}
