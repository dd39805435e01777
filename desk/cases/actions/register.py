"""登记: take a matter in, with one of the desk's honest answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from desk.cases.actions import countdowns, following_up
from desk.cases.actions.numbering import next_receipt_number
from desk.cases.actions.people import add_parties
from desk.cases.actions.pledging import plan_owed, pledge, said_owing
from desk.cases.actions.telling import tell_examining, tell_notice, tell_receipt
from desk.cases.actions.writing import issue_paper, list_materials, write_line
from desk.cases.records import Case
from desk.cases.rules.countdowns import OPENING, CountdownKind
from desk.cases.rules.intake import (
    ACCEPTING,
    STAGE_AFTER,
    Answer,
    Brought,
    as_answered,
    check_answer,
)
from desk.cases.rules.notices import opening_line
from desk.cases.rules.outage import LateSlip, mark_of
from desk.cases.rules.paper_words import examined, notified
from desk.cases.rules.papers import NOTHING_SAID, PAPER_OF, Said
from desk.cases.rules.people import NOBODY, Part, Person
from desk.cases.rules.silence import is_accepted_by_silence, statutory_intake
from desk.cases.rules.slips import missing_lines
from desk.cases.rules.stages import Stage
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.hall import Hall
from kernel.house_session import vault_of
from kernel.town.records import Village
from kernel.vault import token_hash
from services_catalog.records import ItemVersion
from services_catalog.rules.items import Window
from services_catalog.rules.limits import NO_LIMIT, LimitUnit, TimeLimit

LOOKUP = "case"
__all__ = [
    "LOOKUP",
    "Intake",
    "intake_limit",
    "issue_paper",
    "lookup_code",
    "numbered_case",
    "opening",
    "register",
    "said_of",
    "supplement_limit",
    "tell_opening",
    "write_line",
]


@dataclass(frozen=True, slots=True)
class Intake:
    """收件登记: what the counter types in, already checked."""

    window: Window
    item: ItemVersion
    answer: Answer
    applicant: Person
    materials: Sequence[Brought]
    presenter: Person | None = None
    village: Village | None = None
    outside_number: str = ""
    #: 停电手写单: the number it was given on paper, and when it was really taken in
    slip: LateSlip | None = None

    def begun(self, now: datetime) -> datetime:
        """Return when the papers were taken in: now, or as a slip written by hand says."""
        return self.slip.true_at if self.slip else now

    @property
    def people(self) -> list[tuple[Part, Person]]:
        """Return everybody in the case with their part; who said nothing is not in it."""
        both = ((Part.APPLICANT, self.applicant), (Part.PRESENTER, self.presenter))
        return [(part, person) for part, person in both if person and person != NOBODY]


def register(session: Session, intake: Intake, actor: Actor, now: datetime, hall: Hall) -> Case:
    """Take a matter in: number it, date it, put it on paper, and promise the text message.

    Raises: AnswerNotOffered, MaterialsMissing, OwedNotAccepted, NothingOwed, NothingMissing,
    ClockWentBack.
    """
    check_answer(intake.answer, intake.item.handling, intake.materials)
    materials = as_answered(intake.answer, intake.materials)
    audit.refuse_a_clock_that_went_back(session, now)
    case = numbered_case(session, intake, actor, now)
    begun = intake.begun(now)
    planned = opening(session, intake.answer, intake.item, begun, hall)
    if planned:
        countdowns.show(case, planned.facts.kind, planned.dates)
    session.add(case)
    session.flush()
    if planned:
        countdowns.write(session, case, planned)
    add_parties(session, case.id, intake.people)
    list_materials(session, case.id, materials)
    line = opening_line(intake.answer, intake.item.body, planned.dates.due if planned else None)
    write_line(session, case, line, actor, now)
    owed = plan_owed(session, begun, hall) if intake.answer is Answer.ACCEPT_OWING else None
    said = said_owing(owed) if owed else said_of(session, intake.answer, case, planned, materials)
    counted = planned.dates.due if planned else None
    said = replace(said, counted=counted, mark=mark_of(intake.slip, now))
    issue_paper(session, case, PAPER_OF[intake.answer], actor, now, said)
    if owed:
        pledge(session, case, (owed, materials), actor, now)
    following_up.plan(session, case, now, hall)
    tell_opening(session, case, (planned, intake.people), hall.town.signature, now)
    facts = {"answer": intake.answer, "item": intake.item.id}
    audit.record(session, actor, "case.registered", f"case:{case.id}", now, **facts)
    return case


def tell_opening(
    session: Session,
    case: Case,
    told: tuple[countdowns.Planned | None, Sequence[tuple[Part, Person]]],
    signature: str,
    now: datetime,
) -> None:
    """Promise the text that goes with an answer: (what it started, who may be told)."""
    planned, people = told
    until = planned.dates if planned and planned.dates.due_on else None
    if case.stage is Stage.EXAMINING and until:
        tell_examining(session, case, until, signature, now)
    elif case.stage is Stage.AWAITING_MATERIALS and until:
        tell_notice(session, case, until, signature, now)
    else:
        tell_receipt(session, case, people, signature, now)


def lookup_code(session: Session, case: Case) -> str:
    """Return the code of the slip's QR, computed anew for each print."""
    return vault_of(session).token(LOOKUP, case.uuid, case.lookup_generation)


def opening(
    session: Session, answer: Answer, item: ItemVersion, now: datetime, hall: Hall
) -> countdowns.Planned | None:
    """Return the countdown that an answer starts; a referral starts none."""
    if answer not in OPENING:
        return None
    kind = OPENING[answer]
    carrying = TimeLimit(hall.town.carry_days, LimitUnit.WORKING)
    limits = {
        CountdownKind.HANDLING: (item.promised, item.statutory),
        CountdownKind.CARRY: (carrying, NO_LIMIT),
        CountdownKind.INTAKE: (intake_limit(session), statutory_intake(item.item_type)),
        CountdownKind.SUPPLEMENT: (supplement_limit(session), NO_LIMIT),
    }
    return countdowns.plan(session, kind, now, limits[kind], hall.calendar)


def supplement_limit(session: Session) -> TimeLimit:
    """Return how long an applicant has to bring what was missing."""
    return TimeLimit(countdowns.settings(session).supplement_days, LimitUnit.CALENDAR)


def intake_limit(session: Session) -> TimeLimit:
    """Return within how many working days the hall says what becomes of papers."""
    return TimeLimit(countdowns.settings(session).intake_days, LimitUnit.WORKING)


def said_of(
    session: Session,
    answer: Answer,
    case: Case,
    planned: countdowns.Planned | None,
    materials: Sequence[Brought],
) -> Said:
    """Return what the paper of an answer tells beyond what every paper of its kind does."""
    if planned is None or answer not in {Answer.RECEIVE, Answer.NOTICE}:
        return NOTHING_SAID
    counted, limit = planned.dates.due, planned.facts.promised
    if answer is Answer.NOTICE:
        return notified(counted, limit, missing_lines(materials))
    accepts_all = countdowns.settings(session).accepts_all_by_silence
    item = case.item
    by_law = is_accepted_by_silence(item.item_type, item.handling, accepts_all=accepts_all)
    return examined(counted, limit, by_law=by_law)


def numbered_case(session: Session, intake: Intake, actor: Actor, now: datetime) -> Case:
    """Return a case under its window's next number; a window that registers its own way adds it."""
    slip, begun = intake.slip, intake.begun(now)
    uuid = slip.case_uuid if slip else uuid4().hex
    accepted = intake.answer in ACCEPTING
    return Case(
        uuid=uuid,
        window=intake.window,
        number=slip.number if slip else next_receipt_number(session, intake.window, now),
        lookup_hash=token_hash(vault_of(session).token(LOOKUP, uuid)),
        lookup_generation=1,
        item=intake.item,
        answer=intake.answer,
        stage=STAGE_AFTER[intake.answer],
        village=intake.village,
        handler_id=actor.staff_id,
        outside_number=intake.outside_number,
        received_at=begun,
        accepted_at=begun if accepted else None,
        is_provisional=False,
        closed_at=begun if intake.answer is Answer.REFER else None,
        result_note="",
    )
