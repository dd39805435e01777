"""印便民手册和单页: items as a book, or each on a sheet."""

from collections.abc import Sequence
from concurrent.futures import as_completed
from typing import Any, NamedTuple

from kernel.printing import Sheet, presses, written
from services_catalog.actions.prints import Printed
from services_catalog.jobs.press import Product, Task, refuse_lacking_glyphs, stamp_of
from services_catalog.queries import books
from services_catalog.rules.prints.codes import picture
from services_catalog.rules.prints.guide import Content
from services_catalog.rules.prints.kinds import PrintKind
from services_catalog.rules.prints.orders import OneFileOneItem
from services_catalog.rules.prints.sheets import DEFAULT_LEAFLET_SIZE, read_leaflet_size


class Wanted(NamedTuple):
    """A document: its usual name, what it says, and that with its pictures."""

    name: str
    content: Content
    values: Content


def set_handbook(task: Task) -> Product:
    """Print the handbook; where villages are named, with their advisers on its cover."""
    with task.here.reading() as session:
        content = books.handbook(session, task.site, task.order.villages)
    return _set(task, [Wanted(PrintKind.HANDBOOK, content, with_pictures(content))])


def set_leaflet(task: Task) -> Product:
    """Print the leaflet of one item, or into a folder one of each.

    Raises: OneFileOneItem, NoSuchLeafletSize, NotFound.
    """
    if task.name and not task.order.item:
        raise OneFileOneItem
    size = read_leaflet_size(task.order.size or DEFAULT_LEAFLET_SIZE)
    with task.here.reading() as session:
        contents = books.leaflets(session, task.site, task.order.item, task.order.villages)
    wanted = []
    for content in contents:
        item = _pictured(content["item"])
        wanted.append(Wanted(item["code"], content, {**content, "item": item, "size": size}))
    return _set(task, wanted)


def with_pictures(content: Content) -> Content:
    """Return what a handbook says, with the code of every item's page."""
    chapters: Any = content["chapters"]
    return {
        **content,
        "chapters": [
            {**chapter, "items": [_pictured(item) for item in chapter["items"]]}
            for chapter in chapters
        ],
    }


def _pictured(item: Any) -> dict[str, Any]:
    return {**item, "picture": picture(item["address"])}


def _set(task: Task, wanted: Sequence[Wanted]) -> Product:
    refuse_lacking_glyphs([one.content for one in wanted])
    task.step(0, len(wanted))
    files = [task.file(one.name) for one in wanted]
    with presses(task.folder, few=len(wanted) == 1) as press:
        going = [
            press(Sheet(task.order.kind, [_said(task, one)], file, tagged=True))
            for one, file in zip(wanted, files, strict=True)
        ]
        for done, one in enumerate(as_completed(going), 1):
            one.result()
            task.step(done, len(wanted))
    return Product([Printed(task.order.kind, one.content, 1) for one in wanted], files)


def _said(task: Task, one: Wanted) -> bytes:
    return written({**one.values, "stamp": stamp_of(task, one.content)})
