"""企业专页: an enterprise's own page, behind the code on its slip; nobody else's anything."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.rules.receipts import read_lookup_code
from desk.cases.rules.stages import STAGE_NAMES
from desk.windows.enterprise.actions import own_page as actions
from desk.windows.enterprise.forms import own_page as forms
from desk.windows.enterprise.queries import own_page as queries
from desk.windows.enterprise.queries import projects
from desk.windows.enterprise.queries.road import Road
from desk.windows.enterprise.queries.roads import roads
from desk.windows.enterprise.records import Enterprise, Project
from desk.windows.enterprise.rules.dossier import lacking_words
from desk.windows.enterprise.rules.mandates import standing_words
from desk.windows.enterprise.rules.own_page import (
    ADDRESS_TRIES,
    MESSAGES_A_DAY,
    RATING_NAMES,
    SPAN,
    NoSuchPage,
    OnlyItself,
)
from desk.windows.enterprise.rules.projects import STEP_NAMES, TURN_NAMES, Turn
from kernel.attempts import count_try
from kernel.staff.queries import names
from kernel.web.doors import EVERYONE, asks_again, maybe_actor, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house

bp = Blueprint("own_page", __name__)
FOLDER = "desk/windows/enterprise/own"


@bp.get("/e/<code>")
@bp.get("/E/<code>", endpoint="scanned")
@open_to(EVERYONE)
def page(code: str) -> ResponseReturnValue:
    """Show an enterprise how its projects stand, whose turn it is, and what is missing."""
    return looked_at(code, _shown)


def looked_at(
    code: str, show: Callable[[Session, Enterprise, str], ResponseReturnValue]
) -> ResponseReturnValue:
    """Show something of the enterprise whose page a code opens; count a code that opens none."""
    g.is_personal = True
    here = house()
    try:
        with here.reading() as session:
            return show(session, queries.by_code(session, read_lookup_code(code)), code)
    except NoSuchPage:
        with here.writing() as session:
            count_try(session, f"page-from:{request.remote_addr}", ADDRESS_TRIES, SPAN, here.now())
        raise


def _shown(session: Session, of: Enterprise, code: str) -> ResponseReturnValue:
    here = house()
    found = queries.projects_of(session, of)
    shown = roads(session, found, here.now(), here.calendar(session))
    ids = [one.id for one in found]
    return render_template(
        f"{FOLDER}/page.html",
        enterprise=of,
        code=code,
        roads=shown,
        steps={one: projects.steps(session, one) for one in ids},
        step_names=STEP_NAMES,
        turns=TURN_NAMES,
        own=Turn.ENTERPRISE,
        stage_names=STAGE_NAMES,
        lacking_words=lacking_words,
        mandates={one: _mandates(session, one) for one in ids},
        messages={one: queries.messages(session, one) for one in ids},
        ratings={one: queries.rating(session, one) for one in ids},
        rating_names=RATING_NAMES,
        names=names(session),
        pressed=request.path,
    )


def _mandates(session: Session, project_id: int) -> list[tuple[str, object]]:
    today = house().today()
    facts = map(projects.facts_of, projects.mandates(session, project_id))
    return [(standing_words(one, today), one) for one in facts]


@bp.post("/e/<code>/<int:project_id>/message")
@open_to(EVERYONE)
@asks_again(page)
def write(code: str, project_id: int) -> ResponseReturnValue:
    """Write to the agent."""
    words = forms.message()

    def work(session: Session, found: Project, now: datetime) -> None:
        actions.write(session, found, words, None, now)

    count_voice(code, MESSAGES_A_DAY)
    return press_for(code, project_id, work)


@bp.post("/e/<code>/<int:project_id>/rate")
@open_to(EVERYONE)
@asks_again(page)
def rate(code: str, project_id: int) -> ResponseReturnValue:
    """Say how content the enterprise is."""
    told = forms.rating()

    def work(session: Session, found: Project, now: datetime) -> None:
        is_over = not _road(session, found, now).still_open
        actions.rate(session, found, told, now, is_over=is_over)

    return press_for(code, project_id, work)


def _road(session: Session, found: Project, now: datetime) -> Road:
    return roads(session, [found], now, house().calendar(session))[0]


def count_voice(code: str, most: int) -> None:
    """Count that an enterprise says something through its page; too much of it is refused."""
    _only_itself()
    here = house()
    with here.writing() as session:
        of = queries.by_code(session, read_lookup_code(code))
        count_try(session, f"page-{request.endpoint}:{of.id}", most, SPAN, here.now())


def _only_itself() -> None:
    """Refuse a word for the enterprise from a browser in which the staff is logged in."""
    if maybe_actor() is not None:
        raise OnlyItself


def press_for(
    code: str, project_id: int, work: Callable[[Session, Project, datetime], None]
) -> ResponseReturnValue:
    """Do one thing to an enterprise's own project in one transaction. Raises OnlyItself."""
    g.is_personal = True
    _only_itself()
    with answering() as post:
        if not post.was_answered:
            of = queries.by_code(post.session, read_lookup_code(code))
            work(post.session, queries.project_of(post.session, of, project_id), house().now())
            post.go_to(".page", code=code)
    return redirect(post.answer, 303)
