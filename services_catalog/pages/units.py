"""停用单位: the page on which a unit of the directory ends, or can be rung again."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from kernel.town import actions as town
from kernel.town import queries
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog import forms
from services_catalog.actions.retiring import retire_unit
from services_catalog.pages.items import EDITORS
from services_catalog.queries.retiring import bearing, ringing

bp = Blueprint("units", __name__, url_prefix="/directory")


@bp.get("/<unit>/retire")
@open_to(EDITORS)
def ending(unit: str) -> ResponseReturnValue:
    """Show what still rings a unit, and the form that ends it."""
    here = house()
    with here.reading() as session:
        found = queries.unit(session, unit)
        return render_template(
            "services_catalog/retire_unit.html",
            unit=found,
            items=ringing(session, found),
            prints=bearing(session, found),
            today=here.today(),
        )


@bp.post("/<unit>/retire")
@open_to(EDITORS)
@asks_again(ending)
def retire(unit: str) -> ResponseReturnValue:
    """Let a unit end on a day."""
    day = forms.last_day()
    with answering() as post:
        if not post.was_answered:
            asked = (actor(), house().now())
            retire_unit(post.session, unit, day, asked, is_confirmed=forms.is_confirmed())
            post.go_to("office_directory.units", _anchor=unit)
    return redirect(post.answer, 303)


@bp.post("/<unit>/reopen")
@open_to(EDITORS)
@asks_again(ending)
def reopen(unit: str) -> ResponseReturnValue:
    """Let a unit be rung again."""
    with answering() as post:
        if not post.was_answered:
            town.reopen_unit(post.session, actor(), unit, house().now())
            post.go_to("office_directory.units", _anchor=unit)
    return redirect(post.answer, 303)
