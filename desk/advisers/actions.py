"""咨询员: what is done by and about advisers. The caller owns the transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from desk.advisers.records import Enquiry, Training
from desk.advisers.rules import AlreadyAnswered, EmptyAnswer, EmptyQuestion, check_term
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.editions import Edition, raise_edition
from kernel.town.records import Adviser


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the hall keeps of an adviser."""

    name: str
    office: str
    phone: str
    education: str
    term_from_on: date | None
    term_to_on: date | None
    staff_id: int | None


def keep(
    session: Session, adviser: Adviser, said: Particulars, actor: Actor, now: datetime
) -> None:
    """Write an adviser's particulars; cards and boards of the village grow stale with them."""
    check_term(said.term_from_on, said.term_to_on)
    adviser.name, adviser.office, adviser.phone = said.name, said.office, said.phone
    adviser.education, adviser.staff_id = said.education, said.staff_id
    adviser.term_from_on, adviser.term_to_on = said.term_from_on, said.term_to_on
    raise_edition(session, Edition.DIRECTORY)
    audit.record(session, actor, "adviser.kept", f"adviser:{adviser.id}", now)


def train(
    session: Session, adviser: Adviser, day: tuple[date, str, str], actor: Actor, now: datetime
) -> None:
    """Write down a day of training: (day, subject, result)."""
    held_on, subject, result = day
    session.add(Training(adviser_id=adviser.id, held_on=held_on, subject=subject, result=result))
    audit.record(session, actor, "adviser.trained", f"adviser:{adviser.id}", now)


def ask(
    session: Session, village_id: int, words: tuple[str, str], actor: Actor, now: datetime
) -> Enquiry:
    """Record a neighbour's question with its answer; without one it goes to the hall."""
    question, answer = words
    if not question:
        raise EmptyQuestion
    enquiry = Enquiry(
        village_id=village_id,
        staff_id=actor.staff_id,
        asked_at=now,
        question=question,
        answer=answer,
        is_open=not answer,
    )
    session.add(enquiry)
    session.flush()
    audit.record(session, actor, "enquiry.recorded", f"enquiry:{enquiry.id}", now)
    return enquiry


def answer(session: Session, enquiry: Enquiry, words: str, actor: Actor, now: datetime) -> None:
    """Answer what an adviser passed on; what a colleague answered stays."""
    if not words:
        raise EmptyAnswer
    if not enquiry.is_open:
        raise AlreadyAnswered(answer=enquiry.answer)
    enquiry.answer, enquiry.is_open = words, False
    audit.record(session, actor, "enquiry.answered", f"enquiry:{enquiry.id}", now)
