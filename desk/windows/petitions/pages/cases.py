"""信访件: everything about one petition, and the buttons of its way."""

from collections.abc import Callable
from datetime import datetime

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import queries as cases
from desk.cases.actions import verbs
from desk.cases.records import Case
from desk.cases.rules.lights import LIGHT_WORDS
from desk.cases.rules.papers import PAPER_TITLES
from desk.cases.rules.stages import MOVES, STAGE_NAMES, Stage
from desk.windows.petitions import forms, queries
from desk.windows.petitions.actions import answering as petition
from desk.windows.petitions.pages.worklist import bp
from desk.windows.petitions.queries import WINDOW
from desk.windows.petitions.rules.afterwards import is_late, review_until
from desk.windows.petitions.rules.answers import GROUND_NAMES, HAND_ON_NAMES
from desk.windows.petitions.rules.intake import NotALeader, is_group
from desk.windows.petitions.rules.kinds import (
    CHANNEL_NAMES,
    LEADERS,
    MATTER_NAMES,
    OUTCOME_NAMES,
    READERS,
    REMEDY_NAMES,
    SATISFACTION_NAMES,
    TOPIC_NAMES,
    WORKERS,
)
from kernel.audit import actions as audit
from kernel.contact import masked_phone
from kernel.hall import Hall
from kernel.identity import counter_mask
from kernel.staff import queries as staff
from kernel.text import checked_text
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import version_on_screen
from kernel.web.form_posts import answering
from kernel.web.house import house

NOTE_LIMIT = 500


@bp.get("/cases/<number>")
@open_to(READERS)
def case(number: str) -> ResponseReturnValue:
    """Show a petition with its way so far and what can be done now."""
    here = house()
    with here.reading() as session:
        found = cases.at_window(session, WINDOW, number)
        of, settings = queries.petition(session, found), queries.settings(session)
        delivered = of.delivered_on
        return render_template(
            "desk/windows/petitions/case.html",
            case=found,
            petition=of,
            said=queries.said(session, of),
            person=cases.applicant_of(session, found),
            revealed=g.get("is_revealed", False),
            timeline=cases.timeline(session, found, public_only=False),
            papers=cases.papers_of(session, found),
            hand_ons=queries.hand_ons(session, found),
            remedies=queries.remedies(session, found),
            is_group=is_group(of.people, settings.group_size),
            review_until=review_until(delivered, settings.review_days) if delivered else None,
            is_late=lambda one: is_late(one.asked_on, delivered, settings.review_days),
            deadline=queries.deadlines(session, [found.id], here.now(), here.today()).get(found.id),
            names=staff.names(session),
            leaders=[(one.id, one.name) for one in staff.holding(session, *LEADERS)],
            moves=MOVES[found.stage],
            may_work=actor().is_any(*WORKERS),
            today=here.today(),
            **_words(),
        )


def _words() -> dict[str, object]:
    return {
        "Stage": Stage,
        "stage_names": STAGE_NAMES,
        "light_words": LIGHT_WORDS,
        "paper_titles": PAPER_TITLES,
        "matter_names": MATTER_NAMES,
        "channel_names": CHANNEL_NAMES,
        "topic_names": TOPIC_NAMES,
        "outcome_names": OUTCOME_NAMES,
        "ground_names": GROUND_NAMES,
        "hand_on_names": HAND_ON_NAMES,
        "remedy_names": REMEDY_NAMES,
        "satisfaction_names": SATISFACTION_NAMES,
        "masked_phone": masked_phone,
        "counter_mask": counter_mask,
    }


@bp.post("/cases/<number>/accept")
@open_to(WORKERS)
@asks_again(case)
def accept(number: str) -> ResponseReturnValue:
    """Take a petition up."""

    def work(session: Session, found: Case, hall: Hall, now: datetime) -> None:
        petition.accept(session, found, actor(), now, hall)

    return press(number, work, ".paper")


@bp.post("/cases/<number>/decline")
@open_to(WORKERS)
@asks_again(case)
def decline(number: str) -> ResponseReturnValue:
    """Do not take it up; say where it belongs."""
    declining = forms.declining()

    def work(session: Session, found: Case, hall: Hall, now: datetime) -> None:
        petition.decline(session, found, declining, actor(), now)

    return press(number, work, ".paper")


@bp.post("/cases/<number>/hand-on")
@open_to(WORKERS)
@asks_again(case)
def hand_on(number: str) -> ResponseReturnValue:
    """Send it to the body it is for, or give it to one to work on."""
    to = forms.handing_on()

    def work(session: Session, found: Case, hall: Hall, now: datetime) -> None:
        petition.hand_on(session, found, to, actor(), now)

    return press(number, work, ".paper")


@bp.post("/cases/<number>/leader")
@open_to(WORKERS)
@asks_again(case)
def give_to(number: str) -> ResponseReturnValue:
    """Make another leader answer for it."""
    chosen = request.form.get("leader", "")

    def work(session: Session, found: Case, hall: Hall, now: datetime) -> None:
        leader = {str(one.id): one for one in staff.holding(session, *LEADERS)}.get(chosen)
        if leader is None:
            raise NotALeader
        petition.give_to(session, found, leader, actor(), now)

    return press(number, work)


@bp.post("/cases/<number>/answer")
@open_to(WORKERS)
@asks_again(case)
def give_answer(number: str) -> ResponseReturnValue:
    """Answer it on the 处理意见书."""
    given = forms.answer()

    def work(session: Session, found: Case, hall: Hall, now: datetime) -> None:
        petition.answer(session, found, given, actor(), now, hall)

    return press(number, work, ".paper")


@bp.post("/cases/<number>/note")
@open_to(WORKERS)
@asks_again(case)
def note(number: str) -> ResponseReturnValue:
    """Write a line into the history."""
    text = checked_text(request.form.get("text", ""), NOTE_LIMIT)
    is_public = request.form.get("public") == "1"

    def work(session: Session, found: Case, hall: Hall, now: datetime) -> None:
        verbs.note(session, found, text, actor(), now, public=is_public)

    return press(number, work)


@bp.post("/cases/<number>/reveal")
@open_to(WORKERS)
@asks_again(case)
def reveal(number: str) -> ResponseReturnValue:
    """Show full numbers once; the look is recorded."""
    with house().writing() as session:
        found = cases.at_window(session, WINDOW, number)
        audit.record(session, actor(), "case.revealed", f"case:{found.id}", house().now())
    g.is_revealed = True
    return case(number)


def press(
    number: str,
    work: Callable[[Session, Case, Hall, datetime], None],
    then: str = ".case",
) -> ResponseReturnValue:
    """Do one thing in one transaction, on the version that was on screen."""
    here = house()
    with answering() as post:
        if not post.was_answered:
            found = cases.at_window(post.session, WINDOW, number)
            verbs.check_version(found, version_on_screen())
            work(post.session, found, here.hall(post.session), here.now())
            post.go_to(then, number=number)
    return redirect(post.answer, 303)
