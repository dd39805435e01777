"""目录: the list as its keepers see it, one item with its versions, two versions side by side."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from kernel.access import Role
from kernel.errors import NotFound
from kernel.web.doors import actor, open_to
from kernel.web.house import house
from services_catalog import forms, queries
from services_catalog.queries import keeping as kept
from services_catalog.records import ItemVersion
from services_catalog.rules.columns import COLUMNS
from services_catalog.rules.differences import EMPTY, MARK_WORDS, differences
from services_catalog.rules.editing import LISTED_STATES
from services_catalog.rules.export import cells_of
from services_catalog.rules.items import (
    FORM_NAMES,
    HANDLING_NAMES,
    STATE_NAMES,
    WINDOW_NAMES,
    Entry,
)

bp = Blueprint("catalogue", __name__, url_prefix="/catalogue")
EDITORS = frozenset({Role.DIRECTOR, Role.ADMIN})
READERS = EDITORS | {Role.COUNTER, Role.HEAD, Role.SUPERVISOR}
PER_PAGE = 50


@bp.get("/")
@open_to(READERS)
def listed() -> ResponseReturnValue:
    """Show the part of the catalogue that is asked for."""
    here, page = house(), forms.page_number()
    today = here.today()
    wanted = forms.wanted(today)
    with here.reading() as session:
        rows, total = kept.kept_items(session, wanted, (PER_PAGE, PER_PAGE * (page - 1)))
        return render_template(
            "services_catalog/list.html",
            rows=rows,
            total=total,
            page=page,
            pages=-(-total // PER_PAGE),
            wanted=wanted,
            published=kept.published_numbers(session, [row.item_id for row in rows]),
            sections=kept.kept_sections(session),
            owners=kept.owners(session),
            overdue=kept.overdue(session, today),
            today=today,
            states=LISTED_STATES,
            windows=WINDOW_NAMES,
            handling_names=HANDLING_NAMES,
            may_edit=may_edit(),
        )


@bp.get("/items/<code>")
@open_to(READERS)
def item(code: str, **_: object) -> ResponseReturnValue:
    """Show an item: what it says, how it is kept, all its versions and its forms."""
    here = house()
    with here.reading() as session:
        version = kept.newest(session, code)
        entry = Entry(code, queries.facts_of(session, version), (), version.item.window)
        return render_template(
            "services_catalog/item.html",
            version=version,
            code=code,
            names=queries.everyday_names(session, version.item_id),
            keeping=kept.keeping(session, version.item),
            cells=cells_of(entry),
            labels={field: names[0] for field, names in COLUMNS.items()},
            materials=queries.materials_of(session, version.id),
            files=queries.material_forms(session, version.item_id),
            versions=queries.history(session, code),
            seal=kept.seal_of(session, version.item),
            state_names=STATE_NAMES,
            form_names=FORM_NAMES,
            today=here.today(),
            may_edit=may_edit(),
        )


@bp.get("/items/<code>/compare")
@open_to(READERS)
def compare(code: str) -> ResponseReturnValue:
    """Show two versions side by side with what changed; the newest two unless told."""
    with house().reading() as session:
        versions = queries.history(session, code)
        if not versions:
            raise NotFound
        new = _chosen(versions, "new", 0)
        old = _chosen(versions, "old", min(versions.index(new) + 1, len(versions) - 1))
        facts = queries.facts_of_all(session, [old, new])
        return render_template(
            "services_catalog/compare.html",
            code=code,
            versions=versions,
            old=old,
            new=new,
            differences=differences(facts[old.id], facts[new.id]),
            is_whole="whole" in request.args,
            mark_words=MARK_WORDS,
            empty=EMPTY,
            state_names=STATE_NAMES,
        )


def may_edit() -> bool:
    """Say whether whoever looks may also change something."""
    return actor().is_any(*EDITORS)


def _chosen(versions: Sequence[ItemVersion], name: str, otherwise: int) -> ItemVersion:
    """Return the version whose number was asked for."""
    asked = request.args.get(name, "")
    return next((one for one in versions if str(one.number) == asked), versions[otherwise])
