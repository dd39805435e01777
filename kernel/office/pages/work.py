"""长活: what somebody asked for, how far it is, and its result; what waits for another's word."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import Blueprint, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.staff.queries import names
from kernel.web import menu
from kernel.web.doors import STAFF, actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house
from kernel.work import actions, queries
from kernel.work.records import LongWork
from kernel.work.rules import (
    AGREERS,
    OPEN,
    PROGRESS_NAMES,
    NoResultYet,
    NotAgreedYet,
    Progress,
    ResultGone,
    still_words,
)

bp = Blueprint("work", __name__, url_prefix="/long-work")
Verb = Callable[[Session, LongWork, Actor, datetime], None]


@bp.app_context_processor
def _menu() -> dict[str, Callable[[], int]]:
    """Let the menu say how many files wait for one's word."""
    return {"files_to_agree": menu.number(AGREERS, _number_held)}


def _number_held(session: Session, who: Actor) -> int:
    return len(queries.held_for(session, who))


@bp.get("/")
@open_to(STAFF)
def mine() -> ResponseReturnValue:
    """Show everything somebody asked for."""
    with house().reading() as session:
        return render_template(
            "office/works.html",
            works=queries.of_owner(session, actor().staff_id or 0),
            held=queries.held_for(session, actor()),
            staff_names=names(session),
            progress_names=PROGRESS_NAMES,
        )


@bp.get("/<uuid>")
@open_to(STAFF)
def one(uuid: str) -> ResponseReturnValue:
    """Show how far one piece is; the page asks again by itself while it runs."""
    now = house().now()
    with house().reading() as session:
        work = queries.seen_by(session, uuid, actor())
        still = still_words(work.started_at or now, now, work.done, work.total)
        return render_template(
            "office/work.html",
            work=work,
            is_open=work.progress in OPEN,
            is_held=work.progress is Progress.HELD,
            still=still,
            progress_names=PROGRESS_NAMES,
        )


@bp.post("/<uuid>/cancel")
@open_to(STAFF)
@asks_again(one)
def cancel(uuid: str) -> ResponseReturnValue:
    """Stop a piece of work."""

    def find(session: Session) -> LongWork:
        return queries.seen_by(session, uuid, actor())

    return _press(find, actions.cancel, url_for(".one", uuid=uuid))


@bp.post("/<uuid>/agree")
@open_to(AGREERS)
@asks_again(mine)
def agree(uuid: str) -> ResponseReturnValue:
    """Let somebody else's file out of the house."""
    return _press(partial(queries.by_uuid, uuid=uuid), actions.agree, url_for(".mine"))


@bp.post("/<uuid>/decline")
@open_to(AGREERS)
@asks_again(mine)
def decline(uuid: str) -> ResponseReturnValue:
    """Keep somebody else's file in the house."""
    return _press(partial(queries.by_uuid, uuid=uuid), actions.decline, url_for(".mine"))


def _press(find: Callable[[Session], LongWork], verb: Verb, back: str) -> ResponseReturnValue:
    """Do one thing to a piece of work; delete the file it lost, once that is written down."""
    lost = ""
    with answering() as post:
        if not post.was_answered:
            work = find(post.session)
            file_name = work.file_name
            verb(post.session, work, actor(), house().now())
            lost = "" if work.file_name else file_name
            post.answer = back
    if lost:
        (house().settings.var / actions.FOLDER / lost).unlink(missing_ok=True)
    return redirect(post.answer, 303)


@bp.get("/<uuid>/result")
@open_to(STAFF)
def result(uuid: str) -> ResponseReturnValue:
    """Hand over the file to whoever asked for it."""
    with house().reading() as session:
        work = queries.seen_by(session, uuid, actor())
    if work.progress is Progress.HELD:
        raise NotAgreedYet
    if not work.file_name:
        raise NoResultYet
    path = (house().settings.var / actions.FOLDER / work.file_name).absolute()
    if not path.exists():
        raise ResultGone
    return send_file(path, as_attachment=True, download_name=work.file_name)
