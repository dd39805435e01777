"""办件页: everything about one case, and its buttons."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import verbs
from desk.cases.pages.afterwards import way_values
from desk.cases.pages.examining import checklist_values
from desk.cases.pages.window_verbs import press_close, press_here, press_note, press_withdraw
from desk.cases.queries.lights import lights_of
from desk.cases.records import Case
from desk.cases.rules.corrections import changed_fields
from desk.cases.rules.countdowns import COUNTDOWN_NAMES
from desk.cases.rules.lights import LIGHT_WORDS, Light
from desk.cases.rules.notices import due_words
from desk.cases.rules.papers import PAPER_TITLES
from desk.cases.rules.people import RELATION_NAMES
from desk.cases.rules.results import RESULT_NAMES
from desk.cases.rules.stages import MOVES, STAGE_NAMES, Stage
from desk.windows.general import forms
from desk.windows.general.pages.worklist import WINDOW, bp
from desk.windows.general.rules import (
    READERS,
    REASONS_FOR_REVEAL,
    WORKERS,
    RevealReasonNeeded,
)
from kernel.audit import actions as audit
from kernel.contact import masked_phone
from kernel.hall import Hall
from kernel.identity import LABELS, SEX_LABELS, counter_mask
from kernel.staff import queries as staff
from kernel.text import checked_text
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.house import house


@bp.get("/cases/<number>")
@open_to(READERS)
def case(number: str) -> ResponseReturnValue:
    """Show a case with its timeline and what can be done to it now."""
    with house().reading() as session:
        found = queries.at_window(session, WINDOW, number)
        return render_template(
            "desk/windows/general/case.html",
            **checklist_values(session, found),
            people=queries.people_of(session, found),
            revealed=g.get("is_revealed", False),
            running=queries.running_of(session, found),
            countdown_names=COUNTDOWN_NAMES,
            decline=queries.decline_of(session, found),
            pledge=queries.pledge_of(session, found),
            deemed=queries.deemed_of(session, found),
            paper_titles=PAPER_TITLES,
            **way_values(session, found),
            shown=_light(session, found),
            light_words=LIGHT_WORDS,
            now=house().now(),
            timeline=queries.timeline(session, found, public_only=False),
            papers=queries.papers_of(session, found),
            moves=MOVES[found.stage],
            Stage=Stage,
            stage_names=STAGE_NAMES,
            result_names=RESULT_NAMES,
            result_items=RESULT_NAMES.items(),
            may_work=actor().is_any(*WORKERS),
            relation_names=RELATION_NAMES,
            document_kinds=LABELS,
            sexes=SEX_LABELS,
            masked_phone=masked_phone,
            counter_mask=counter_mask,
            due_words=due_words,
            purpose_items=[(one, one) for one in REASONS_FOR_REVEAL],
            staff_names=staff.names(session),
            today=house().today(),
        )


@bp.post("/cases/<number>/accept")
@open_to(WORKERS)
@asks_again(case)
def accept(number: str) -> ResponseReturnValue:
    """Accept: papers are complete, or the body that accepts has accepted."""
    by = forms.acceptance()

    def work(session: Session, found: Case, hall: Hall) -> None:
        verbs.accept(session, found, by, actor(), house().now(), hall)

    return press_here(_case, number, work, ".paper")


@bp.post("/cases/<number>/note")
@open_to(WORKERS)
@asks_again(case)
def note(number: str) -> ResponseReturnValue:
    """Write a line into the history."""
    return press_note(_case, number)


@bp.post("/cases/<number>/withdraw")
@open_to(WORKERS)
@asks_again(case)
def withdraw(number: str) -> ResponseReturnValue:
    """End the case because the applicant asked."""
    return press_withdraw(_case, number)


@bp.post("/cases/<number>/close")
@open_to(WORKERS)
@asks_again(case)
def close(number: str) -> ResponseReturnValue:
    """Close the case with its result."""
    return press_close(_case, number, forms.ending())


@bp.get("/cases/<number>/correct")
@open_to(WORKERS)
def correction(number: str) -> ResponseReturnValue:
    """Show the applicant's particulars to be put right; a recorded reveal."""
    with house().writing() as session:
        found = queries.at_window(session, WINDOW, number)
        facts = {"purpose": REASONS_FOR_REVEAL[-1]}
        subject = f"case:{found.id}"
        audit.record(session, actor(), "case.revealed", subject, house().now(), **facts)
        return render_template(
            "desk/windows/general/correct.html",
            case=found,
            person=queries.applicant_of(session, found),
            document_kinds=LABELS,
            sexes=SEX_LABELS,
        )


@bp.post("/cases/<number>/correct")
@open_to(WORKERS)
@asks_again(correction)
def correct(number: str) -> ResponseReturnValue:
    """Put the applicant's particulars right, with a reason."""
    person = forms.applicant(house().today())
    reason = checked_text(request.form.get("reason", ""), 200)

    def work(session: Session, found: Case, hall: Hall) -> None:
        before = queries.applicant_of(session, found)
        changed = changed_fields(before, person)
        verbs.correct(session, found, (person, changed, reason), actor(), house().now())

    return press_here(_case, number, work)


@bp.post("/cases/<number>/reveal")
@open_to(WORKERS)
@asks_again(case)
def reveal(number: str) -> ResponseReturnValue:
    """Show full numbers once, for a purpose that is written down."""
    purpose = request.form.get("purpose", "")
    if purpose not in REASONS_FOR_REVEAL:
        raise RevealReasonNeeded
    with house().writing() as session:
        found = queries.at_window(session, WINDOW, number)
        subject, now = f"case:{found.id}", house().now()
        audit.record(session, actor(), "case.revealed", subject, now, purpose=purpose)
    g.is_revealed = True
    return case(number)


def _light(session: Session, case: Case) -> Light | None:
    return lights_of(session, [case.id], house().now(), house().today()).get(case.id)


def _case(session: Session, number: str) -> Case:
    return queries.at_window(session, WINDOW, number)
