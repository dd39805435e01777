"""投诉的动作: take an enterprise's complaint in as a case; answer it; another person closes it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from desk.cases import queries as cases
from desk.cases.actions import countdowns, ending
from desk.cases.actions.people import add_parties
from desk.cases.actions.register import Intake, numbered_case
from desk.cases.actions.telling import tell_completion
from desk.cases.actions.versions import touch
from desk.cases.actions.writing import write_line
from desk.cases.records import Case
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.intake import Answer
from desk.cases.rules.results import Result
from desk.cases.rules.stages import Stage
from desk.windows.enterprise.actions.filing import applicant_of
from desk.windows.enterprise.queries.complaints import WINDOW, Complaint, concerned, hearer
from desk.windows.enterprise.records import Enterprise, EnterpriseComplaint
from desk.windows.enterprise.rules.complaints import (
    ANSWERED_LINE,
    CLOSED_LINE,
    HEARERS,
    ITEM_CODE,
    TAKEN_LINE,
    AboutWhom,
    ComplaintAbout,
    ComplaintItemMissing,
    NobodyToHear,
    check_answer,
    check_closer,
    check_complaint,
    sealed_place,
)
from kernel.access import HOUSE, Actor
from kernel.audit import actions as audit
from kernel.errors import NotFound
from kernel.hall import Hall
from kernel.house_session import vault_of
from kernel.staff.records import Staff
from services_catalog import queries as catalogue
from services_catalog.records import ItemVersion


@dataclass(frozen=True, slots=True)
class Complained:
    """What an enterprise complains of: about whom, in its own words."""

    about: ComplaintAbout
    words: str
    #: of 个人: who
    about_id: int | None = None
    #: of 承办单位: which
    bureau: str = ""


def complain(
    session: Session, of: Enterprise, told: Complained, actor: Actor, now: datetime, hall: Hall
) -> Case:
    """Take a complaint in: numbered, with its days, in the hands of somebody it does not concern.

    `actor` without an account: the enterprise itself, through its page.
    Raises: ComplaintUnsaid, AboutWhom, WhichBureau, NobodyToHear, ComplaintItemMissing.
    """
    about_id = told.about_id if told.about is ComplaintAbout.PERSON else None
    check_complaint(told.words, told.about, about_id, told.bureau)
    if about_id is not None and session.get(Staff, about_id) is None:
        raise AboutWhom
    audit.refuse_a_clock_that_went_back(session, now)
    found = hearer(session, concerned(session, of, told.about, about_id), HEARERS)
    if found is None:
        raise NobodyToHear
    intake = Intake(WINDOW, _item(session), Answer.ACCEPT, applicant_of(session, of), ())
    case = numbered_case(session, intake, Actor(found.id, found.name), now)
    session.add(case)
    session.flush()
    limits = (case.item.promised, case.item.statutory)
    planned = countdowns.plan(session, CountdownKind.HANDLING, now, limits, hall.calendar)
    countdowns.begin(session, case, planned)
    add_parties(session, case.id, intake.people)
    write_line(session, case, TAKEN_LINE, HOUSE, now)
    row = EnterpriseComplaint(
        case_id=case.id,
        enterprise_id=of.id,
        about=told.about,
        about_id=about_id,
        bureau=told.bureau if told.about is ComplaintAbout.BUREAU else "",
        words_sealed=_sealed(session, case, "words", told.words),
        answer_sealed="",
        taken_by_id=actor.staff_id,
    )
    session.add(row)
    session.flush()
    facts = {"about": told.about, "person": about_id, "enterprise": of.id}
    audit.record(session, actor, "complaint.taken", f"case:{case.id}", now, **facts)
    return case


def answer(session: Session, found: Complaint, words: str, actor: Actor, now: datetime) -> None:
    """Answer a complaint; it is closed by another person. Raises: as `check_answer`."""
    case, row = found.case, found.row
    check_answer(words, is_answered=row.answered_at is not None)
    row.answer_sealed = _sealed(session, case, "answer", words)
    row.answered_at, row.answered_by_id = now, actor.staff_id
    write_line(session, case, ANSWERED_LINE, actor, now)
    touch(case)
    session.flush()
    audit.record(session, actor, "complaint.answered", f"case:{case.id}", now)


def close(session: Session, found: Complaint, actor: Actor, now: datetime, hall: Hall) -> None:
    """End a complaint that somebody else has answered. Raises: as `check_closer`."""
    case, row = found.case, found.row
    check_closer(actor, row.answered_by_id, is_closed=case.closed_at is not None)
    ending.end(session, case, Stage.COMPLETED, now)
    case.result = Result.DONE
    row.closed_by_id = actor.staff_id
    write_line(session, case, CLOSED_LINE, actor, now)
    people = cases.people_of(session, case)
    tell_completion(session, case, people, hall.town.signature, now)
    audit.record(session, actor, "complaint.closed", f"case:{case.id}", now)


def _sealed(session: Session, case: Case, column: str, words: str) -> str:
    return vault_of(session).town.seal(words, sealed_place(column, case.uuid))


def _item(session: Session) -> ItemVersion:
    try:
        return catalogue.published(session, ITEM_CODE)
    except NotFound:
        raise ComplaintItemMissing(code=ITEM_CODE) from None
