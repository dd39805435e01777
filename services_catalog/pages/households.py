"""户籍册的一户: correct head, door or phone, and take a household that is gone off the walk."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from kernel.contact import masked_phone
from kernel.households import actions
from kernel.households import queries as households
from kernel.town.records import Village
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog import forms
from services_catalog.actions import handing
from services_catalog.pages.cards import KEEPERS
from services_catalog.queries.handing import living_cards

bp = Blueprint("households", __name__, url_prefix="/cards/households")


@bp.get("/<int:household_id>")
@open_to(KEEPERS)
def one(household_id: int) -> ResponseReturnValue:
    """Show what the register says of a household, to be corrected."""
    with house().reading() as session:
        opened = households.opened(session, households.by_id(session, household_id))
        village_id = opened.household.village_id
        return render_template(
            "services_catalog/household.html",
            village=session.get_one(Village, village_id),
            card=living_cards(session, village_id).get(household_id),
            row=opened,
            known_phone=masked_phone(opened.phone) if opened.phone else "",
            seen=forms.version_shown(opened.household.version),
        )


@bp.post("/<int:household_id>")
@open_to(KEEPERS)
@asks_again(one)
def correct(household_id: int) -> ResponseReturnValue:
    """Write down another head, door or phone; a card that says it is now to be printed anew."""
    with answering() as post:
        if not post.was_answered:
            household = households.by_id(post.session, household_id)
            place = post.session.get_one(Village, household.village_id)
            known = households.opened(post.session, household).phone
            row = forms.household(place.code, household.walk, known)
            asked = (actor(), house().now())
            actions.correct(post.session, household, row, forms.version_seen(), asked)
            post.go_to("cards.village", code=place.code, _anchor=f"home-{household.id}")
    return redirect(post.answer, 303)


@bp.post("/<int:household_id>/not-handed")
@open_to(KEEPERS)
@asks_again(one)
def not_handed(household_id: int) -> ResponseReturnValue:
    """Take back the note that the card was handed over: it was made by mistake."""
    with answering() as post:
        if not post.was_answered:
            household = households.by_id(post.session, household_id)
            place = post.session.get_one(Village, household.village_id)
            handing.take_back(post.session, household, actor(), house().now())
            post.go_to("cards.village", code=place.code, _anchor=f"home-{household.id}")
    return redirect(post.answer, 303)


@bp.post("/<int:household_id>/gone")
@open_to(KEEPERS)
@asks_again(one)
def take_off(household_id: int) -> ResponseReturnValue:
    """Take a household that is gone off the walk; its card opens nothing any more."""
    with answering() as post:
        if not post.was_answered:
            household = households.by_id(post.session, household_id)
            place = post.session.get_one(Village, household.village_id)
            actions.take_off(post.session, household, actor(), house().now())
            post.go_to("cards.village", code=place.code)
    return redirect(post.answer, 303)
