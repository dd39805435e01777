"""答复之后: when the opinion was handed over, how it was received, review and recheck."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from desk.cases.actions.versions import touch
from desk.cases.actions.writing import write_line
from desk.cases.records import Case
from desk.windows.petitions import queries
from desk.windows.petitions.records import PetitionRemedy
from desk.windows.petitions.rules import afterwards as rules
from desk.windows.petitions.rules.answers import BodyNeeded
from desk.windows.petitions.rules.kinds import Remedy, Satisfaction
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.clock import town_day
from kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class AskedFor:
    """复查、复核: which, when, of which body."""

    remedy: Remedy
    asked_on: date
    body: str


def deliver(session: Session, case: Case, on: date, actor: Actor, now: datetime) -> None:
    """Note the day the opinion reached the petitioner. Raises: NotAnswered, DayOutOfRange."""
    petition = queries.petition(session, case)
    rules.check_answered(petition.outcome)
    rules.check_day(on, case.closed_at and town_day(case.closed_at), town_day(now))
    petition.delivered_on = on
    touch(case)
    until = rules.review_until(on, queries.settings(session).review_days)
    write_line(session, case, rules.delivered_line(on, until), actor, now)
    audit.record(session, actor, "petition.delivered", f"case:{case.id}", now, on=str(on))


def rate(
    session: Session, case: Case, satisfaction: Satisfaction, actor: Actor, now: datetime
) -> None:
    """Note what the petitioner says of the answer. Raises: NotAnswered."""
    petition = queries.petition(session, case)
    rules.check_answered(petition.outcome)
    petition.satisfaction = satisfaction
    touch(case)
    write_line(session, case, rules.satisfaction_line(satisfaction), actor, now, public=False)
    audit.record(session, actor, "petition.rated", f"case:{case.id}", now, said=satisfaction)


def ask_for(session: Session, case: Case, asked: AskedFor, actor: Actor, now: datetime) -> None:
    """Note that a review was asked for. Raises: NotAnswered, BodyNeeded, DayOutOfRange."""
    petition = queries.petition(session, case)
    rules.check_answered(petition.outcome)
    if not asked.body:
        raise BodyNeeded
    rules.check_day(asked.asked_on, petition.delivered_on, town_day(now))
    due_on = rules.review_until(asked.asked_on, queries.settings(session).review_days)
    session.add(
        PetitionRemedy(
            case_id=case.id,
            remedy=asked.remedy,
            asked_on=asked.asked_on,
            body=asked.body,
            due_on=due_on,
            result="",
        )
    )
    touch(case)
    line = rules.remedy_line(asked.remedy, asked.asked_on, asked.body, due_on)
    write_line(session, case, line, actor, now)
    facts = {"remedy": asked.remedy}
    audit.record(session, actor, "petition.remedy_asked", f"case:{case.id}", now, **facts)


def decide_remedy(
    session: Session, case: Case, decided: tuple[int, str], actor: Actor, now: datetime
) -> None:
    """Note how a review or recheck ended: (which, result). Raises: NotFound, ResultNeeded."""
    remedy_id, result = decided
    found = session.get(PetitionRemedy, remedy_id)
    if found is None or found.case_id != case.id:
        raise NotFound
    if not result:
        raise rules.ResultNeeded
    found.result, found.decided_on = result, town_day(now)
    touch(case)
    write_line(session, case, rules.remedy_result_line(found.remedy, result), actor, now)
    facts = {"remedy": found.remedy}
    audit.record(session, actor, "petition.remedy_decided", f"case:{case.id}", now, **facts)
