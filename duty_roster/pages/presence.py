"""我的值班: sign in and out, say where one is; spot checks; one's calendar."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from duty_roster.actions import people as people_actions
from duty_roster.actions import presence as actions
from duty_roster.actions.presence import Found
from duty_roster.forms.people import chosen
from duty_roster.pages.month import EDITORS
from duty_roster.queries import on_duty
from duty_roster.queries import people as roll
from duty_roster.queries import presence as looks
from duty_roster.rules.people import WHEREABOUTS_NAMES, Whereabouts
from duty_roster.rules.presence import (
    EARLY,
    FINDING_NAMES,
    WAY_NAMES,
    CheckFinding,
    CheckWay,
    NotOnDuty,
)
from duty_roster.rules.shifts import DUTY_NAMES, SHIFT_NAMES
from kernel.access import Role
from kernel.calendar.rules import ONE_DAY
from kernel.web.doors import STAFF, actor, asks_again, open_to
from kernel.web.fields import Typed, one_of
from kernel.web.form_posts import answering
from kernel.web.house import house

bp = Blueprint("duty_post", __name__, url_prefix="/duty/post")
CHECKERS = EDITORS | {Role.SUPERVISOR, Role.DUTY_LEADER}
LISTED = 20


@bp.get("/")
@open_to(STAFF)
def mine() -> ResponseReturnValue:
    """Show the present shift, one's own place on it, and what was missed or checked lately."""
    here, now = house(), house().now()
    with here.reading() as session:
        me = roll.by_staff(session, actor().staff_id)
        plates = [on_duty(session, moment) for moment in (now, now + EARLY)]
        own = [(plate, one) for plate in plates for one in plate.people if me and one.person is me]
        return render_template(
            "duty_roster/post.html",
            plate=plates[0],
            person=me,
            mine=own[0] if own else None,
            token=people_actions.calendar_token(session, me) if me and me.calendar_hash else "",
            public_url=here.settings.public_url,
            missed=looks.missed_between(session, here.today() - ONE_DAY, here.today()),
            checks=looks.spot_checks(session, LISTED),
            may_check=actor().is_any(*CHECKERS),
            duty_names=DUTY_NAMES,
            shift_names=SHIFT_NAMES,
            whereabouts=WHEREABOUTS_NAMES,
            ways=[(one.value, words) for one, words in WAY_NAMES.items()],
            way_names=WAY_NAMES,
            findings=[(one.value, words) for one, words in FINDING_NAMES.items()],
            finding_names=FINDING_NAMES,
        )


@bp.post("/in")
@open_to(STAFF)
@asks_again(mine)
def sign_in() -> ResponseReturnValue:
    """Take one's shift up."""
    return _press(lambda session, now: actions.sign_in(session, actor(), now))


@bp.post("/out")
@open_to(STAFF)
@asks_again(mine)
def sign_out() -> ResponseReturnValue:
    """Say that one has left."""
    return _press(lambda session, now: actions.sign_out(session, actor(), now))


@bp.post("/whereabouts")
@open_to(STAFF)
@asks_again(mine)
def go() -> ResponseReturnValue:
    """Say where one is."""
    where = one_of(Whereabouts, request.form.get("where", ""))
    return _press(lambda session, now: actions.go(session, where, actor(), now))


@bp.post("/checks")
@open_to(CHECKERS)
@asks_again(mine)
def check() -> ResponseReturnValue:
    """Record a spot check."""
    typed = Typed()
    way = typed.one("way", CheckWay) or CheckWay.VISIT
    finding = typed.one("finding", CheckFinding)
    note = typed.text("note", 200)
    typed.finish()
    assert finding is not None
    found = Found(chosen("person"), way, finding, note)
    return _press(lambda session, now: actions.note_check(session, found, actor(), now))


@bp.post("/calendar")
@open_to(STAFF)
@asks_again(mine)
def give_calendar() -> ResponseReturnValue:
    """Give out an address to subscribe to; the one before dies."""

    def give(session: Session, now: datetime) -> None:
        me = roll.by_staff(session, actor().staff_id)
        if me is None:
            raise NotOnDuty
        people_actions.give_calendar(session, me, actor(), now)

    return _press(give)


def _press(work: Callable[[Session, datetime], object]) -> ResponseReturnValue:
    with answering() as post:
        if not post.was_answered:
            work(post.session, house().now())
            post.go_to(".mine")
    return redirect(post.answer, 303)
