"""手边的办件: what every button about time does first and last, whichever window the case is of."""

from collections.abc import Callable
from typing import cast

from flask import Blueprint, current_app, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import verbs
from desk.cases.queries.amends import goes_on
from desk.cases.queries.reach import Condition, OwnRules, kept_back, may_touch, reach
from desk.cases.records import Case
from desk.cases.rules.access import ANY_READER, case_path
from desk.cases.rules.receipts import read_number
from kernel.access import Actor
from kernel.errors import NotFound
from kernel.hall import Hall
from kernel.web.doors import actor, open_to
from kernel.web.fields import version_on_screen
from kernel.web.form_posts import answering
from kernel.web.house import house

bp = Blueprint("cases", __name__, url_prefix="/cases")


@bp.get("/<number>")
@open_to(ANY_READER)
def home(number: str) -> ResponseReturnValue:
    """Go to the page of a case at its window; of one that was merged, to the other one's."""
    with house().reading() as session:
        found = goes_on(session, _known(session, number))
        return redirect(case_path(found.window, found.number), 303)


def at_hand(session: Session, number: str) -> Case:
    """Return a case that the actor may touch on this page. Raises NotFound."""
    found = _known(session, number)
    if not is_at_hand(session, found):
        raise NotFound
    return found


def own_rules() -> OwnRules:
    """Return what windows say of their own cases: whom they let in, which pages work on them."""
    return cast(OwnRules, current_app.extensions["own_rules"])


def is_at_hand(session: Session, case: Case) -> bool:
    """Say whether the actor may touch a case on this page."""
    return may_touch(session, own_rules(), case, actor(), request.endpoint or "")


def in_reach(who: Actor) -> Condition:
    """Return what is true of the cases that windows' own rules leave to somebody."""
    return reach(own_rules(), who)


def unnamed() -> Condition:
    """Return what is true of the cases whose persons are shown at their own window alone."""
    return kept_back(own_rules())


def press(
    number: str, work: Callable[[Session, Case, Hall], None], *, prints: bool | str = False
) -> ResponseReturnValue:
    """Do one verb in one transaction, on the version that was on screen.

    Back to the case; where the verb gave out a paper (`prints`), to that, ready to print; a
    `prints` of words is the query that chooses another.
    """
    with answering() as post:
        if not post.was_answered:
            found = at_hand(post.session, number)
            verbs.check_version(found, version_on_screen())
            work(post.session, found, house().hall(post.session))
            post.go_to("cases.home", number=number)
            if prints:
                which = prints if isinstance(prints, str) else "?print=1"
                post.answer = f"{case_path(found.window, found.number)}/paper{which}"
    return redirect(post.answer, 303)


def _known(session: Session, typed: str) -> Case:
    number = read_number(typed)
    found = queries.by_number(session, number) if number else None
    if found is None:
        raise NotFound
    return found
