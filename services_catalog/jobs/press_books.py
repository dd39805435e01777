"""印便民手册和单页: items as a book, or one of them on a sheet."""

from typing import Any

from kernel.printing import Sheet, presses, written
from services_catalog.actions.prints import Printed
from services_catalog.jobs.press import Product, Task, refuse_lacking_glyphs, stamp_of
from services_catalog.queries import prints as queries
from services_catalog.rules.prints.codes import picture
from services_catalog.rules.prints.guide import Content
from services_catalog.rules.prints.kinds import PrintKind
from services_catalog.rules.prints.orders import OneFileOneItem
from services_catalog.rules.prints.sheets import DEFAULT_LEAFLET_SIZE, read_leaflet_size


def set_handbook(task: Task) -> Product:
    """Print the handbook."""
    with task.here.reading() as session:
        content = queries.handbook(session, task.site)
    return _set(task, "handbook", content, with_pictures(content))


def set_leaflet(task: Task) -> Product:
    """Print the leaflet of one item. Raises OneFileOneItem, NoSuchLeafletSize, NotFound."""
    if not task.order.item:
        raise OneFileOneItem
    size = read_leaflet_size(task.order.size or DEFAULT_LEAFLET_SIZE)
    with task.here.reading() as session:
        content = queries.leaflet(session, task.site, task.order.item)
    values = {**content, "item": _pictured(content["item"]), "size": size}
    return _set(task, "leaflet", content, values)


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


def _pictured(item: Any) -> Content:
    return {**item, "picture": picture(item["address"])}


def _set(task: Task, template: str, content: Content, values: Content) -> Product:
    refuse_lacking_glyphs(content)
    task.step(0, 1)
    said = written({**values, "stamp": stamp_of(task, content)})
    out = task.file(task.order.item or template)
    with presses() as press:
        press(Sheet(template, said, out, tagged=True)).result()
    task.step(1, 1)
    return Product([Printed(PrintKind(template), content, 1)], [out])
