"""值日簿的书写: an entry, what came of it, a correction beside it."""

from datetime import datetime

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from desk.board.pages.log.home import bp, today
from duty_roster.actions import log
from duty_roster.queries import log as queries
from duty_roster.rules.log import CONTENT_LIMIT, LOG_NAMES, WRITERS, LogKind, Written, read_moment
from kernel.contact import parse_phone
from kernel.staff.queries import names
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.form_posts import answering
from kernel.web.house import house

NAME_LIMIT = 60


@bp.post("/entries")
@open_to(WRITERS)
@asks_again(today)
def write() -> ResponseReturnValue:
    """Write an entry."""
    now = house().now()
    written = _written(now)
    with answering() as post:
        if not post.was_answered:
            log.write(post.session, written, actor(), now)
            post.go_to(".today")
    return redirect(post.answer, 303)


@bp.post("/entries/<int:entry>/steps")
@open_to(WRITERS)
@asks_again(today)
def follow_up(entry: int) -> ResponseReturnValue:
    """Add what was done; with 了结 it leaves everybody's list."""
    typed = Typed()
    text = typed.text("text", CONTENT_LIMIT)
    typed.finish()
    step = log.Step(text, closes=request.form.get("closes") == "1")
    with answering() as post:
        if not post.was_answered:
            log.follow_up(post.session, entry, step, actor(), house().now())
            post.go_to(".today")
    return redirect(post.answer, 303)


@bp.get("/entries/<int:entry>/correct")
@open_to(WRITERS)
def correction(entry: int) -> ResponseReturnValue:
    """Show an entry with a form for what is right."""
    with house().reading() as session:
        return render_template(
            "desk/board/log/correct.html",
            found=queries.entry(session, entry),
            log_names=LOG_NAMES,
            names=names(session),
        )


@bp.post("/entries/<int:entry>/correct")
@open_to(WRITERS)
@asks_again(correction)
def correct(entry: int) -> ResponseReturnValue:
    """Put an entry right by another beside it; the first one stays."""
    typed = Typed()
    content = typed.text("content", CONTENT_LIMIT)
    typed.finish()
    now = house().now()
    with answering() as post:
        if not post.was_answered:
            before = queries.entry(post.session, entry).entry
            written = Written(before.kind, content, before.happened_at)
            log.correct(post.session, entry, written, actor(), now)
            post.go_to(".today")
    return redirect(post.answer, 303)


def _written(now: datetime) -> Written:
    typed = Typed()
    kind = typed.choice("kind", LogKind) or LogKind.OTHER
    phone = typed.optional("phone", parse_phone)
    found = Written(
        kind,
        content=typed.text("content", CONTENT_LIMIT),
        happened_at=typed.read("at", lambda text: read_moment(text, now)) or now,
        party=typed.text("party", NAME_LIMIT),
        caller=typed.text("caller", NAME_LIMIT),
        phone=phone.stored if phone else "",
        instruction=typed.text("instruction", CONTENT_LIMIT),
        result=typed.text("result", CONTENT_LIMIT),
        is_open="open" in request.form,
    )
    typed.finish()
    return found
