"""换班: one's own turns, what waits for whose word, and what became of it."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from duty_roster.actions import swaps as actions
from duty_roster.forms.people import chosen
from duty_roster.pages.month import EDITORS
from duty_roster.queries import people as roll
from duty_roster.queries import sheets, swaps
from duty_roster.rules.shifts import DUTY_NAMES, SHIFT_NAMES, duty_day
from duty_roster.rules.swaps import SWAP_NAMES
from kernel.access import Actor
from kernel.web import menu
from kernel.web.doors import STAFF, actor, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.form_posts import answering
from kernel.web.house import house

bp = Blueprint("duty_swaps", __name__, url_prefix="/duty/swaps")
LOOKING_BACK, LISTED, AHEAD = timedelta(days=31), 40, timedelta(days=62)


@bp.app_context_processor
def _nav() -> dict[str, object]:
    """Give the menu how many swaps wait for one's word."""
    return {"swaps_waiting": menu.number(STAFF, _number_waiting)}


def _number_waiting(session: Session, who: Actor) -> int:
    assert who.staff_id is not None, "nobody logs in as the house"
    decides = who.is_any(*EDITORS)
    return swaps.number_waiting(session, who.staff_id, house().today(), decides=decides)


@bp.get("/")
@open_to(STAFF)
def listed() -> ResponseReturnValue:
    """Show one's own coming turns, what waits, and what was swapped lately."""
    here = house()
    with here.reading() as session:
        people = roll.people(session)
        me = roll.by_staff(session, actor().staff_id)
        terms = sheets.terms(session)
        today = duty_day(here.now(), terms)
        coming = sheets.published(session, today, today + AHEAD) if me else []
        waiting = swaps.open_swaps(session, today)
        return render_template(
            "duty_roster/swaps.html",
            mine=me,
            turns=[one for one in coming if me and one.person_id == me.id],
            deputies=[
                (one.id, f"{one.name} {one.title}")
                for one in people
                if me and one.duty is me.duty and one.id != me.id and one.to_on is None
            ],
            waiting=waiting,
            recent=swaps.recent(session, here.today() - LOOKING_BACK, LISTED),
            names={one.id: one.name for one in people},
            may_edit=actor().is_any(*EDITORS),
            approves=terms.approves_swaps,
            shift_names=SHIFT_NAMES,
            duty_names=DUTY_NAMES,
            swap_names=SWAP_NAMES,
        )


@bp.post("/")
@open_to(STAFF)
@asks_again(listed)
def ask() -> ResponseReturnValue:
    """Ask somebody to take one's turn."""
    typed = Typed()
    reason = typed.text("reason", 100)
    typed.finish()
    with answering() as post:
        if not post.was_answered:
            turn = sheets.turn(post.session, chosen("turn"))
            deputy = roll.person(post.session, chosen("deputy"))
            actions.ask(post.session, turn, (deputy.id, reason), actor(), house().now())
            post.go_to(".listed")
    return redirect(post.answer, 303)


@bp.post("/<int:swap_id>/answer")
@open_to(STAFF)
@asks_again(listed)
def answer(swap_id: int) -> ResponseReturnValue:
    """Agree to stand in, or not."""
    with answering() as post:
        if not post.was_answered:
            swap, agrees = swaps.swap(post.session, swap_id), request.form.get("agrees") == "1"
            actions.answer(post.session, swap, agrees, actor(), house().now())
            post.go_to(".listed")
    return redirect(post.answer, 303)


@bp.post("/<int:swap_id>/decide")
@open_to(EDITORS)
@asks_again(listed)
def decide(swap_id: int) -> ResponseReturnValue:
    """Approve what both agreed to, or not."""
    with answering() as post:
        if not post.was_answered:
            swap, grants = swaps.swap(post.session, swap_id), request.form.get("grants") == "1"
            actions.decide(post.session, swap, grants, actor(), house().now())
            post.go_to(".listed")
    return redirect(post.answer, 303)


@bp.post("/<int:swap_id>/withdraw")
@open_to(STAFF)
@asks_again(listed)
def withdraw(swap_id: int) -> ResponseReturnValue:
    """Take one's own request back."""
    with answering() as post:
        if not post.was_answered:
            swap = swaps.swap(post.session, swap_id)
            actions.withdraw(post.session, swap, actor(), house().now())
            post.go_to(".listed")
    return redirect(post.answer, 303)
