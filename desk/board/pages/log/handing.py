"""交接班: two names, two moments; afterwards the page is closed."""

from flask import redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.board.pages.log.home import bp, today
from desk.board.queries.log import day_of
from desk.cases.pages.at_hand import in_reach
from duty_roster.actions import log
from duty_roster.queries import log as queries
from duty_roster.rules.log import WRITERS
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.form_posts import answering
from kernel.web.house import house

REASON_LIMIT = 200


@bp.post("/hand-over")
@open_to(WRITERS)
@asks_again(today)
def hand_over() -> ResponseReturnValue:
    """Close the page."""
    ending = ("is_zero" in request.form, "")
    with answering() as post:
        if not post.was_answered:
            session, now = post.session, house().now()
            log.hand_over(session, ending, _figures(session), actor(), now)
            post.go_to(".today")
    return redirect(post.answer, 303)


@bp.post("/take-over")
@open_to(WRITERS)
@asks_again(today)
def take_over() -> ResponseReturnValue:
    """Open the next page."""
    typed = Typed()
    reason = typed.text("reason", REASON_LIMIT)
    typed.finish()
    with answering() as post:
        if not post.was_answered:
            session, now = post.session, house().now()
            log.take_over(session, reason, _figures(session), actor(), now)
            post.go_to(".today")
    return redirect(post.answer, 303)


@bp.post("/take-back")
@open_to(WRITERS)
@asks_again(today)
def take_back() -> ResponseReturnValue:
    """Go on with what one handed over by mistake."""
    with answering() as post:
        if not post.was_answered:
            log.take_back(post.session, actor(), house().now())
            post.go_to(".today")
    return redirect(post.answer, 303)


def _figures(session: Session) -> log.Figures:
    """Return what the desk has counted by now, to be kept with the page."""
    page = queries.newest(session)
    if page is None:
        return {}
    return day_of(session, page, house().now(), in_reach(actor())).figures
