"""登记: take a matter in, with one of the desk's honest answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions import countdowns
from desk.cases.actions.numbering import next_paper_number, next_receipt_number
from desk.cases.actions.people import add_parties
from desk.cases.actions.telling import tell_receipt
from desk.cases.records import Case, CaseMaterial, Paper, TimelineEntry
from desk.cases.rules.countdowns import OPENING, CountdownKind
from desk.cases.rules.intake import STAGE_AFTER, Answer, Brought, check_answer
from desk.cases.rules.notices import opening_line
from desk.cases.rules.papers import PAPER_OF, PaperKind
from desk.cases.rules.people import NOBODY, Part, Person
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.database import table_of
from kernel.hall import Hall
from kernel.house_session import vault_of
from kernel.town.records import Village
from kernel.vault import token_hash
from services_catalog.records import ItemVersion
from services_catalog.rules.items import Window
from services_catalog.rules.limits import NO_LIMIT, LimitUnit, TimeLimit

LOOKUP = "case"


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

    @property
    def people(self) -> list[tuple[Part, Person]]:
        """Return everybody in the case with their part; who said nothing is not in it."""
        both = ((Part.APPLICANT, self.applicant), (Part.PRESENTER, self.presenter))
        return [(part, person) for part, person in both if person and person != NOBODY]


def register(session: Session, intake: Intake, actor: Actor, now: datetime, hall: Hall) -> Case:
    """Take a matter in: number it, date it, put it on paper, and promise the text message.

    Raises: AnswerNotOffered, MaterialsMissing, NothingMissing, ClockWentBack.
    """
    check_answer(intake.answer, intake.item.handling, intake.materials)
    audit.refuse_a_clock_that_went_back(session, now)
    case = _case(session, intake, actor, now)
    planned = opening(session, intake.answer, intake.item, now, hall)
    if planned:
        countdowns.show(case, planned.facts.kind, planned.dates)
    session.add(case)
    session.flush()
    if planned:
        countdowns.write(session, case, planned)
    add_parties(session, case.id, intake.people)
    _list_materials(session, case.id, intake.materials)
    line = opening_line(intake.answer, intake.item.body, planned.dates.due if planned else None)
    write_line(session, case, line, actor, now)
    issue_paper(session, case, PAPER_OF[intake.answer], actor, now)
    tell_receipt(session, case, intake.people, hall.town.signature, now)
    facts = {"answer": intake.answer, "item": intake.item.id}
    audit.record(session, actor, "case.registered", f"case:{case.id}", now, **facts)
    return case


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
        CountdownKind.SUPPLEMENT: (supplement_limit(session), NO_LIMIT),
    }
    return countdowns.plan(session, kind, now, limits[kind], hall.calendar)


def supplement_limit(session: Session) -> TimeLimit:
    """Return how long an applicant has to bring what was missing."""
    return TimeLimit(countdowns.settings(session).supplement_days, LimitUnit.CALENDAR)


def write_line(
    session: Session, case: Case, text: str, actor: Actor, now: datetime, *, public: bool = True
) -> None:
    """Add one line to a case's history."""
    line = {"case_id": case.id, "at": now, "text": text}
    who = {"is_public": public, "actor_id": actor.staff_id}
    session.execute(_WRITE_LINE, {**line, **who})


def issue_paper(session: Session, case: Case, kind: PaperKind, actor: Actor, now: datetime) -> None:
    """Give out a paper about a case, under its own number."""
    paper = {"case_id": case.id, "kind": kind, "number": next_paper_number(session, kind, now)}
    session.execute(_ISSUE, {**paper, "issued_at": now, "actor_id": actor.staff_id})


_WRITE_LINE = sa.insert(table_of(TimelineEntry))
_LIST_MATERIAL = sa.insert(table_of(CaseMaterial))
_ISSUE = sa.insert(table_of(Paper))


def _case(session: Session, intake: Intake, actor: Actor, now: datetime) -> Case:
    uuid = uuid4().hex
    accepted = intake.answer is Answer.ACCEPT
    return Case(
        uuid=uuid,
        window=intake.window,
        number=next_receipt_number(session, intake.window, now),
        lookup_hash=token_hash(vault_of(session).token(LOOKUP, uuid)),
        lookup_generation=1,
        item=intake.item,
        answer=intake.answer,
        stage=STAGE_AFTER[intake.answer],
        village=intake.village,
        handler_id=actor.staff_id,
        outside_number=intake.outside_number,
        received_at=now,
        accepted_at=now if accepted else None,
        is_provisional=False,
        closed_at=now if intake.answer is Answer.REFER else None,
        result_note="",
    )


def _list_materials(session: Session, case_id: int, materials: Sequence[Brought]) -> None:
    rows = [
        {
            "case_id": case_id,
            "position": place,
            "name": entry.name,
            "copies": entry.copies,
            "state": entry.state,
            "note": entry.note,
        }
        for place, entry in enumerate(materials)
    ]
    if rows:
        session.execute(_LIST_MATERIAL, rows)
