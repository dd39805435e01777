"""长活: what somebody asked for, how far it is, and its result."""

from flask import Blueprint, redirect, render_template, send_file
from flask.typing import ResponseReturnValue

from kernel.web.doors import STAFF, actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house
from kernel.work import actions, queries
from kernel.work.rules import OPEN, PROGRESS_NAMES, NoResultYet, ResultGone, still_words

bp = Blueprint("work", __name__, url_prefix="/long-work")


@bp.get("/")
@open_to(STAFF)
def mine() -> ResponseReturnValue:
    """Show everything somebody asked for."""
    with house().reading() as session:
        return render_template(
            "office/works.html",
            works=queries.of_owner(session, actor().staff_id or 0),
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
            still=still,
            progress_names=PROGRESS_NAMES,
        )


@bp.post("/<uuid>/cancel")
@open_to(STAFF)
@asks_again(one)
def cancel(uuid: str) -> ResponseReturnValue:
    """Stop a piece of work."""
    with answering() as post:
        if not post.was_answered:
            work = queries.seen_by(post.session, uuid, actor())
            actions.cancel(post.session, work, actor(), house().now())
            post.go_to(".one", uuid=uuid)
    return redirect(post.answer, 303)


@bp.get("/<uuid>/result")
@open_to(STAFF)
def result(uuid: str) -> ResponseReturnValue:
    """Hand over the file to whoever asked for it."""
    with house().reading() as session:
        work = queries.seen_by(session, uuid, actor())
    if not work.file_name:
        raise NoResultYet
    path = (house().settings.var / actions.FOLDER / work.file_name).absolute()
    if not path.exists():
        raise ResultGone
    return send_file(path, as_attachment=True, download_name=work.file_name)
