"""办件的按钮: accept, note, pass on, withdraw, correct, close.

Each takes the version of the case that its form was made from, and refuses to overwrite what
somebody else has changed since.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import countdowns, ending, following_up
from desk.cases.actions.joint import check_all_answered
from desk.cases.actions.people import forget_tokens, lay_tokens, write_person
from desk.cases.actions.register import issue_paper, opening, write_line
from desk.cases.actions.telling import tell_completion, tell_receipt
from desk.cases.actions.versions import touch
from desk.cases.records import Case, CaseMaterial
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.intake import Answer, MaterialState
from desk.cases.rules.notices import (
    CLOSED_LINE,
    CORRECTED_LINE,
    WITHDRAWN_LINE,
    accepted_by_body_line,
    accepted_line,
    opening_line,
)
from desk.cases.rules.paper_words import withdrawn
from desk.cases.rules.papers import NOTHING_SAID, PaperKind, Said
from desk.cases.rules.people import Part, Person
from desk.cases.rules.pledges import check_nothing_owed
from desk.cases.rules.results import RESULT_NAMES, Result, check_reason, check_result
from desk.cases.rules.stages import Stage, move
from desk.cases.rules.verbs import check_acceptance_day, check_not_accepted, check_note
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.clock import TOWN_TZ, town_day
from kernel.errors import Conflict, NotFound
from kernel.hall import Hall
from services_catalog.rules.items import Handling


@dataclass(frozen=True, slots=True)
class Acceptance:
    """受理: by the hall today, or by the body that accepts on the day it said."""

    accepted_on: date | None = None
    outside_number: str = ""
    reason: str = ""
    #: what the paper tells beyond what every acceptance does
    said: Said = NOTHING_SAID


def check_version(case: Case, expected: int) -> None:
    """Refuse a form that was made before somebody else's change."""
    if case.version != expected:
        raise Conflict


def accept(
    session: Session, case: Case, by: Acceptance, actor: Actor, now: datetime, hall: Hall
) -> None:
    """Accept a case that was taken in or sent back for papers; its clock starts.

    Papers that are complete at last and are another body's to accept are carried there first:
    no clock starts. The day of a body that accepts may lie before today, with a reason; no
    other day is typed. Raises: MoveNotAllowed, AlreadyAccepted, ClockWentBack,
    DayOutOfRange, EarlierDayNeedsReason.
    """
    audit.refuse_a_clock_that_went_back(session, now)
    if case.stage is not Stage.RECEIVED and case.item.handling is Handling.CARRIED:
        _take_in(session, case, actor, now, hall)
        return
    was_carried = case.stage is Stage.RECEIVED
    case.stage = move(case.stage, Stage.IN_PROGRESS)
    check_not_accepted(town_day(case.accepted_at) if case.accepted_at else None)
    accepted_on = by.accepted_on if was_carried else None
    case.accepted_at = _moment(accepted_on, case.received_at, now)
    if accepted_on:
        check_acceptance_day(accepted_on, town_day(case.received_at), town_day(now), by.reason)
    countdowns.end(session, case, now)
    limits = (case.item.promised, case.item.statutory)
    handling = CountdownKind.HANDLING, case.accepted_at, limits, hall.calendar
    counted = countdowns.begin(session, case, countdowns.plan(session, *handling)).due
    case.outside_number = by.outside_number or case.outside_number
    _complete_materials(session, case)
    body = case.item.body
    line = accepted_by_body_line(body, counted) if was_carried else accepted_line(counted)
    write_line(session, case, line, actor, now)
    said = replace(by.said, counted=counted)
    issue_paper(session, case, PaperKind.ACCEPTANCE, actor, now, said)
    people = queries.people_of(session, case)
    tell_receipt(session, case, people, hall.town.signature, now)
    day = str(town_day(case.accepted_at))
    audit.record(session, actor, "case.accepted", _subject(case), now, on=day, reason=by.reason)


def note(
    session: Session, case: Case, text: str, actor: Actor, now: datetime, *, public: bool
) -> None:
    """Write a line: for the villager, or among staff."""
    check_note(text)
    write_line(session, case, text, actor, now, public=public)
    touch(case)
    audit.record(session, actor, "case.noted", _subject(case), now, public=public)


def withdraw(session: Session, case: Case, reason: str, actor: Actor, now: datetime) -> None:
    """End a case because its applicant asked for that; a paper says so, and what goes back."""
    check_reason(reason)
    ending.end(session, case, Stage.WITHDRAWN, now)
    case.result_note = reason
    issue_paper(session, case, PaperKind.RETURN_NOTICE, actor, now, withdrawn(reason))
    write_line(session, case, WITHDRAWN_LINE, actor, now)
    audit.record(session, actor, "case.withdrawn", _subject(case), now)


def close(
    session: Session,
    case: Case,
    outcome: tuple[Result, str],
    actor: Actor,
    now: datetime,
    hall: Hall,
) -> None:
    """Close a case (result, reason) in time or late; lateness is for the board to judge.

    Raises: ReasonNeeded, PapersOwed, PartsUnanswered, MoveNotAllowed.
    """
    result, reason = outcome
    check_result(result, reason)
    owed = (one for one in queries.materials_of(session, case) if one.state is MaterialState.OWED)
    check_nothing_owed(result, [one.name for one in owed])
    check_all_answered(session, case)
    ending.end(session, case, Stage.COMPLETED, now)
    case.result, case.result_note = result, reason
    line = CLOSED_LINE.format(result=RESULT_NAMES[result])
    write_line(session, case, line, actor, now)
    issue_paper(session, case, PaperKind.COMPLETION, actor, now)
    following_up.plan(session, case, now, hall)
    tell_completion(session, case, queries.people_of(session, case), hall.town.signature, now)
    audit.record(session, actor, "case.closed", _subject(case), now, result=result)


def correct(
    session: Session,
    case: Case,
    corrected: tuple[Person, Sequence[str], str],
    actor: Actor,
    now: datetime,
) -> None:
    """Put the applicant's particulars right: (person, names of what changed, reason)."""
    person, changed, reason = corrected
    check_reason(reason)
    party = queries.party(session, case, Part.APPLICANT)
    if party is None:
        raise NotFound
    write_person(session, party, person)
    session.flush()
    forget_tokens(session, case.id)
    lay_tokens(session, case.id, [one for _, one in queries.people_of(session, case)])
    write_line(session, case, CORRECTED_LINE.format(what="、".join(changed)), actor, now)
    touch(case)
    facts = {"fields": list(changed), "reason": reason}
    audit.record(session, actor, "case.corrected", _subject(case), now, **facts)


def start_over(session: Session, case: Case, answer: Answer, now: datetime, hall: Hall) -> None:
    """End what ran on a case and start what an answer starts."""
    countdowns.end(session, case, now)
    planned = opening(session, answer, case.item, now, hall)
    if planned:
        countdowns.begin(session, case, planned)


def _take_in(session: Session, case: Case, actor: Actor, now: datetime, hall: Hall) -> None:
    case.stage = move(case.stage, Stage.RECEIVED)
    start_over(session, case, Answer.CARRY, now, hall)
    _complete_materials(session, case)
    line = opening_line(Answer.CARRY, case.item.body, None)
    write_line(session, case, line, actor, now)
    issue_paper(session, case, PaperKind.INTAKE_RECEIPT, actor, now)
    tell_receipt(session, case, queries.people_of(session, case), hall.town.signature, now)
    audit.record(session, actor, "case.taken_in", _subject(case), now)


def _complete_materials(session: Session, case: Case) -> None:
    lacking = (CaseMaterial.case_id == case.id, CaseMaterial.state == MaterialState.MISSING)
    session.execute(sa.update(CaseMaterial).where(*lacking).values(state=MaterialState.BROUGHT))


def _moment(day: date | None, received_at: datetime, now: datetime) -> datetime:
    """Return noon of a typed day, but never before the papers were taken in; else now."""
    if day is None or day == town_day(now):
        return now
    return max(datetime.combine(day, time(12), TOWN_TZ), received_at)


def _subject(case: Case) -> str:
    return f"case:{case.id}"
