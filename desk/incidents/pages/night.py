"""应急的一页: what has happened, who is called next, what is owed to the district.

Made for one thumb at night: whoever was not reached stands on top, one tap rings, one records.
"""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.queries import by_number
from desk.cases.rules.access import case_path
from desk.cases.rules.receipts import read_number
from desk.incidents import actions, forms, queries
from desk.incidents.actions import calls, reporting, where_words
from desk.incidents.records import Incident
from desk.incidents.rules.calls import (
    OUTCOME_NAMES,
    SPOKEN_WAYS,
    STANDING_WORDS,
    WAY_NAMES,
    WIDE_WAYS,
    Outcome,
    is_under_way,
)
from desk.incidents.rules.kinds import (
    CLASS_NAMES,
    KIND_NAMES,
    LINE_NAMES,
    READERS,
    WORKERS,
    title,
)
from desk.incidents.rules.reporting import REPORT_NAMES, left_words, light
from desk.messages.rules.delivery import LABELS
from kernel.errors import NotFound
from kernel.staff.queries import names
from kernel.town.queries import villages
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house

bp = Blueprint("incidents", __name__, url_prefix="/incidents")


@bp.get("/")
@open_to(READERS)
def home() -> ResponseReturnValue:
    """Show what is going on, and a form to open something in ten seconds."""
    now = house().now()
    with house().reading() as session:
        return render_template(
            "desk/incidents/home.html",
            owed=queries.next_owed(session),
            **_clock_words(now),
            running=queries.running(session),
            past=queries.past(session),
            kinds=KIND_NAMES.items(),
            kind_names=KIND_NAMES,
            village_names=[(one.id, one.name) for one in villages(session)],
            may_work=actor().is_any(*WORKERS),
        )


@bp.post("/")
@open_to(WORKERS)
@asks_again(home)
def open_one() -> ResponseReturnValue:
    """Open an incident."""
    with answering() as post:
        if not post.was_answered:
            first = forms.first(villages(post.session))
            incident = actions.open_incident(post.session, first, actor(), house().now())
            post.go_to(".one", uuid=incident.uuid)
    return redirect(post.answer, 303)


@bp.get("/<uuid>")
@open_to(READERS)
def one(uuid: str) -> ResponseReturnValue:
    """Show an incident: clocks, list, timeline."""
    here = house()
    now = here.now()
    with here.reading() as session:
        found = queries.incident(session, uuid)
        everybody = queries.listed(session, found, now)
        where = where_words(found.village, found.place)
        return render_template(
            "desk/incidents/one.html",
            incident=found,
            heading=title(found.kind, where),
            class_name=CLASS_NAMES[found.kind],
            waiting=[one for one in everybody if not one.is_reached],
            reached=[one for one in everybody if one.is_reached],
            reports=queries.reports(session, found),
            lines=queries.lines(session, found),
            cases=[
                (one, case_path(one.window, one.number)) for one in queries.cases(session, found)
            ],
            review=queries.reviewed(found, everybody),
            names=names(session),
            now=now,
            suggested=request.args.get("case", ""),
            may_work=actor().is_any(*WORKERS),
            **_words(session, now),
        )


def _words(session: Session, now: datetime) -> dict[str, object]:
    """Return the words and small rules the page of an incident is put together with."""
    wait = queries.times(session)
    return {
        "standing_words": STANDING_WORDS,
        "outcomes": [(one, OUTCOME_NAMES[one]) for one in Outcome],
        "outcome_names": OUTCOME_NAMES,
        "ways": [(one, WAY_NAMES[one]) for one in SPOKEN_WAYS],
        "wide_ways": [(one, WAY_NAMES[one]) for one in WIDE_WAYS],
        "way_names": WAY_NAMES,
        "line_kinds": LINE_NAMES.items(),
        "line_names": LINE_NAMES,
        "delivery_names": LABELS,
        **_clock_words(now),
        "text_minutes": wait.text,
        "is_under_way": is_under_way,
    }


def _clock_words(now: datetime) -> dict[str, object]:
    """Return the words and lights of what is owed to the district."""
    return {
        "report_names": REPORT_NAMES,
        "light_of": lambda one: light(one.starts_at, one.due_at, one.done_at, now),
        "left_words": lambda one: left_words(one.due_at, now),
    }


@bp.post("/<uuid>/calls/<int:call>")
@open_to(WORKERS)
@asks_again(one)
def call(uuid: str, call: int) -> ResponseReturnValue:
    """Record what came of a call: one tap."""
    attempt = forms.attempt()

    def work(session: Session, found: Incident, now: datetime) -> None:
        called = queries.call(session, found, call)
        calls.record_call(session, (found, called), attempt, actor(), now)

    return _press(uuid, work, "list")


@bp.post("/<uuid>/announcements")
@open_to(WORKERS)
@asks_again(one)
def announce(uuid: str) -> ResponseReturnValue:
    """Record an announcement that reached several at once."""
    told = forms.announcement()

    def work(session: Session, found: Incident, now: datetime) -> None:
        calls.announce(session, found, told, actor(), now)

    return _press(uuid, work, "list")


@bp.post("/<uuid>/alarm")
@open_to(WORKERS)
@asks_again(one)
def alarm(uuid: str) -> ResponseReturnValue:
    """Send the emergency text to everybody who was not reached."""
    words = forms.words("words")

    def work(session: Session, found: Incident, now: datetime) -> None:
        signature = house().town(session).signature
        calls.raise_alarm(session, found, (signature, words), actor(), now)

    return _press(uuid, work, "list")


@bp.post("/<uuid>/lines")
@open_to(WORKERS)
@asks_again(one)
def note(uuid: str) -> ResponseReturnValue:
    """Write a line of the timeline."""
    line = forms.line(house().now())

    def work(session: Session, found: Incident, now: datetime) -> None:
        actions.add_line(session, found, line, actor(), now)

    return _press(uuid, work, "line")


@bp.post("/<uuid>/reports/<int:report>")
@open_to(WORKERS)
@asks_again(one)
def report(uuid: str, report: int) -> ResponseReturnValue:
    """Note that the district was told."""
    to_whom, note = forms.made_report()

    def work(session: Session, found: Incident, now: datetime) -> None:
        reporting.report(session, found, (report, to_whom, note), actor(), now)

    return _press(uuid, work)


@bp.post("/<uuid>/end")
@open_to(WORKERS)
@asks_again(one)
def end(uuid: str) -> ResponseReturnValue:
    """End an incident."""
    outcome = forms.words("outcome")

    def work(session: Session, found: Incident, now: datetime) -> None:
        actions.resolve(session, found, outcome, actor(), now)

    return _press(uuid, work)


@bp.post("/<uuid>/cases")
@open_to(WORKERS)
@asks_again(one)
def link(uuid: str) -> ResponseReturnValue:
    """Name the case that follows an incident up."""
    number = read_number(request.form.get("number", ""))

    def work(session: Session, found: Incident, now: datetime) -> None:
        case = by_number(session, number) if number else None
        if case is None:
            raise NotFound
        actions.link(session, found, case, actor(), now)

    return _press(uuid, work)


def _press(
    uuid: str, work: Callable[[Session, Incident, datetime], None], part: str | None = None
) -> ResponseReturnValue:
    """Do one thing about an incident in one transaction; back to that part of its page."""
    with answering() as post:
        if not post.was_answered:
            found = queries.incident(post.session, uuid)
            work(post.session, found, house().now())
            post.go_to(".one", uuid=uuid, _anchor=part)
    return redirect(post.answer, 303)
