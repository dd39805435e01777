"""待发短信的页面: what waits, what failed, whom to ring, what it cost; and what a person may do."""

import csv
import io
from functools import partial

from flask import Response, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.messages import queries
from desk.messages.actions import tasks
from desk.messages.pages.reports import bp
from desk.messages.queries import keeping, outbox
from desk.messages.records import OutboxMessage
from desk.messages.rules.calls import CALL_RESULTS, CallResult
from desk.messages.rules.carriers import BY_HAND, CARRIER_NAMES
from desk.messages.rules.delivery import LABELS, UNREACHED, Delivery
from desk.messages.rules.kinds import MANNERS, ONE_DAY, RUNG_UP
from kernel.access import Actor, Role
from kernel.errors import NotFound
from kernel.web import menu
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.form_posts import answering
from kernel.web.house import house

WORKERS = frozenset({Role.COUNTER, Role.DIRECTOR})
#: the head, too, where a text is about a case of which the others are not to hear
RINGERS = WORKERS | {Role.HEAD}
READERS = RINGERS | {Role.SUPERVISOR, Role.ADMIN}
#: of templates and settings
KEEPERS = frozenset({Role.DIRECTOR, Role.HEAD, Role.ADMIN})
FETCHERS = frozenset({Role.DIRECTOR, Role.ADMIN})
NOTE_LIMIT = 100
MONTHS_SHOWN = 92 * ONE_DAY


@bp.app_context_processor
def _nav() -> dict[str, object]:
    """Give the menu how many texts want somebody."""
    return {"texts_to_clear": menu.number(RINGERS, _number_to_clear)}


def _number_to_clear(session: Session, who: Actor) -> int:
    met = _reach(session, who)(outbox.to_clear(session, house().now()))
    return len(met.seen if who.is_any(*WORKERS) else met.kept)


def _reach(session: Session, who: Actor) -> outbox.Reach:
    """Return what tells which texts windows' own rules leave to somebody."""
    return partial(current_app.extensions["texts_in_reach"], session, who)


def _works(*, is_kept: bool) -> bool:
    """Say whether who is logged in works on a text, kept from others or not."""
    return actor().is_any(*(RINGERS if is_kept else WORKERS))


@bp.get("/messages/")
@open_to(READERS)
def waiting() -> ResponseReturnValue:
    """Show the outbox."""
    return _page("")


def _page(number: str) -> str:
    here = house()
    with here.reading() as session:
        return render_template(
            "desk/messages/outbox.html",
            **_values(session),
            revealed=number,
            labels=LABELS,
            manners=MANNERS,
            rung_up=RUNG_UP,
            results=list(CALL_RESULTS.items()),
            carriers=[(name, CARRIER_NAMES[name]) for name in here.settings.carriers],
            is_by_hand=BY_HAND in here.settings.carriers,
            may_fetch=actor().is_any(*FETCHERS),
            may_work=_works(is_kept=False),
            works=_works,
            may_keep=actor().is_any(*KEEPERS),
        )


def _values(session: Session) -> dict[str, object]:
    here = house()
    kept, mine = keeping.settings(session), _reach(session, actor())
    return {
        "counts": queries.counts(session),
        "to_ring": outbox.to_ring(session, mine),
        "too_long": len(mine(queries.unknown_too_long(session, here.now())).seen),
        "unknown": outbox.standing(session, [Delivery.UNKNOWN], mine),
        "pending": outbox.standing(session, [Delivery.PENDING, Delivery.SENDING], mine),
        "ended": outbox.standing(session, sorted(UNREACHED), mine),
        "costs": outbox.costs(session, here.today() - MONTHS_SHOWN),
        "rate": outbox.delivery_rate(session, here.now() - 30 * ONE_DAY),
        "spent": keeping.spent(session, here.today()),
        "kept": kept,
        "has_room": keeping.budget(kept).has_room(
            keeping.spent(session, here.today()), kept.part_li
        ),
        "alone": keeping.left_alone(session, here.now()),
        "in_hand": len(outbox.in_hand(session)),
    }


@bp.post("/messages/<int:message>/call")
@open_to(RINGERS)
@asks_again(waiting)
def note_call(message: int) -> ResponseReturnValue:
    """Write down what came of ringing somebody up."""
    typed = Typed()
    result = typed.one("result", CallResult)
    note = typed.text("note", NOTE_LIMIT)
    typed.finish()
    with answering() as post:
        if not post.was_answered:
            assert result is not None
            found = _message(post.session, message)
            tasks.note_call(post.session, found, (result, note), actor(), house().now())
            post.go_to(".waiting")
    return redirect(post.answer, 303)


@bp.post("/messages/<int:message>/again")
@open_to(RINGERS)
@asks_again(waiting)
def send_again(message: int) -> ResponseReturnValue:
    """Send a text again that certainly reached nobody."""
    typed = Typed()
    reason = typed.text("reason", NOTE_LIMIT)
    typed.finish()
    with answering() as post:
        if not post.was_answered:
            found = _message(post.session, message)
            tasks.send_again(post.session, found, reason, actor(), house().now())
            post.go_to(".waiting")
    return redirect(post.answer, 303)


@bp.post("/messages/<int:message>/became")
@open_to(RINGERS)
@asks_again(waiting)
def say_what_became(message: int) -> ResponseReturnValue:
    """End a doubt by what was seen at the carrier's."""
    was_sent = request.form.get("was_sent") == "1"
    with answering() as post:
        if not post.was_answered:
            found = _message(post.session, message)
            tasks.say_what_became(post.session, found, was_sent, actor(), house().now())
            post.go_to(".waiting")
    return redirect(post.answer, 303)


@bp.post("/messages/<int:message>/number")
@open_to(RINGERS)
@asks_again(waiting)
def reveal_number(message: int) -> ResponseReturnValue:
    """Show the whole number once, and keep who looked and why."""
    typed = Typed()
    reason = typed.text("reason", NOTE_LIMIT)
    typed.finish()
    here = house()
    with here.writing() as session:
        number = tasks.reveal(session, _message(session, message), reason, actor(), here.now())
    return _page(number)


@bp.post("/messages/by-hand")
@open_to(FETCHERS)
def fetch() -> ResponseReturnValue:
    """Give out today's messages as a file for the township's own console."""
    here = house()
    with here.writing() as session:
        rows = tasks.take_in_hand(session, actor(), here.now())
    sheet = io.StringIO()
    csv.writer(sheet).writerows(rows)
    headers = {"Content-Disposition": f"attachment; filename=texts-{here.today()}.csv"}
    return Response("\ufeff" + sheet.getvalue(), mimetype="text/csv", headers=headers)


@bp.post("/messages/by-hand/sent")
@open_to(FETCHERS)
@asks_again(waiting)
def sent_by_hand() -> ResponseReturnValue:
    """Say that the file was sent."""
    with answering() as post:
        if not post.was_answered:
            tasks.sent_by_hand(post.session, actor(), house().now())
            post.go_to(".waiting")
    return redirect(post.answer, 303)


def _message(session: Session, message: int) -> OutboxMessage:
    found = session.get(OutboxMessage, message, with_for_update=True)
    if found is None:
        raise NotFound
    met = _reach(session, actor())([found.key])
    if not met.seen or not _works(is_kept=bool(met.kept)):
        raise NotFound
    return found
