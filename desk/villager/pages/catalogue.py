"""办事指南: search the catalogue, a section's list, an item's page."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.rules.receipts import read_lookup_code
from desk.villager.rules import conditions_of, self_check
from kernel.editions import Edition
from kernel.web.doors import EVERYONE, open_to
from kernel.web.house import house
from services_catalog import queries
from services_catalog.pages.listening import note_as_told, note_if_missed
from services_catalog.rules.items import FORM_NAMES, HANDLING_NAMES, WINDOW_NAMES
from services_catalog.rules.limits import spoken

bp = Blueprint("public_catalogue", __name__, url_prefix="/items")
#: addresses short enough for a small code
short = Blueprint("short", __name__)
RESULTS = 20


@bp.get("/")
@open_to(EVERYONE)
def search() -> ResponseReturnValue:
    """Answer a question in a villager's words, or a scanned slip, or show the sections.

    Whoever presses that nothing found was meant is shown the other ways.
    """
    typed = request.args.get("q", "").strip()[:100]
    if code := read_lookup_code(typed):
        return redirect(url_for("progress.by_code", code=code), 303)
    here, is_other = house(), "none" in request.args
    with here.reading() as session:
        index = here.kept(session, Edition.CATALOGUE, "search", queries.index)
        page = render_template(
            "desk/villager/search.html",
            typed=typed,
            found=() if is_other else queries.found(session, index, typed, RESULTS),
            is_other=is_other,
            sections=queries.sections(session),
            handling_names=HANDLING_NAMES,
        )
    (note_as_told if is_other else note_if_missed)(index, typed)
    return page


@bp.get("/section/<section>")
@open_to(EVERYONE)
def section(section: str) -> ResponseReturnValue:
    """Show what one section publishes."""
    with house().reading() as session:
        return render_template(
            "desk/villager/section.html",
            section=section,
            items=queries.published_in_section(session, section),
            handling_names=HANDLING_NAMES,
        )


@bp.get("/<code>")
@open_to(EVERYONE)
def item(code: str) -> ResponseReturnValue:
    """Show what to bring, how long, how much, where and whom to ring."""
    with house().reading() as session:
        return _page(session, code)


@short.get("/i/<code>")
@short.get("/I/<code>", endpoint="scanned")
@open_to(EVERYONE)
def by_code(code: str) -> ResponseReturnValue:
    """Show the same to who scanned the code in the handbook or on a leaflet."""
    with house().reading() as session:
        return _page(session, queries.spelled(session, code))


@bp.get("/<code>/check")
@open_to(EVERYONE)
def check(code: str) -> ResponseReturnValue:
    """Let somebody see for themselves whether they can apply; nothing is kept."""
    with house().reading() as session:
        found = queries.published(session, code)
    conditions = conditions_of(found.conditions)
    said = request.args.getlist("yes")
    ticked = {place for place in range(len(conditions)) if str(place) in said}
    result = self_check(conditions, ticked) if "asked" in request.args else None
    return render_template(
        "desk/villager/check.html", item=found, conditions=conditions, ticked=ticked, result=result
    )


def _page(session: Session, code: str) -> str:
    found = queries.published(session, code)
    return render_template(
        "desk/villager/item.html",
        item=found,
        materials=queries.materials_of(session, found.id),
        names=queries.everyday_names(session, found.item_id),
        handling=HANDLING_NAMES[found.handling],
        window=WINDOW_NAMES[found.item.window],
        spoken=spoken,
        forms=queries.material_forms(session, found.item_id),
        form_names=FORM_NAMES,
    )
