"""转交的动作: ask a colleague to take a case over; it stays with the sender until then."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions import countdowns
from desk.cases.actions.versions import touch
from desk.cases.actions.writing import write_line
from desk.cases.records import Case, Transfer
from desk.cases.rules.results import check_reason
from desk.cases.rules.stages import check_open
from desk.cases.rules.transfers import (
    AlreadyTheirs,
    AlreadyTransferring,
    TransferAnswered,
    asked_line,
    check_answerer,
    declined_line,
    taken_back_line,
    taken_line,
)
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.staff.records import Staff


def ask(
    session: Session, case: Case, to: Staff, reason: str, actor: Actor, now: datetime
) -> Transfer:
    """Ask a colleague to take a case over.

    Raises: AlreadyEnded, AlreadyTheirs, AlreadyTransferring.
    """
    check_open(case.stage)
    if to.id == case.handler_id:
        raise AlreadyTheirs(name=to.name)
    if earlier := waiting(session, case):
        raise AlreadyTransferring(name=session.get_one(Staff, earlier.to_id).name)
    asked = Transfer(
        case_id=case.id,
        from_id=actor.staff_id,
        to_id=to.id,
        reason=reason,
        asked_at=now,
        answer="",
    )
    session.add(asked)
    session.flush()
    touch(case)
    write_line(session, case, asked_line(to.name, reason), actor, now, public=False)
    audit.record(session, actor, "transfer.asked", f"case:{case.id}", now, to=to.id)
    return asked


def answer(
    session: Session,
    case: Case,
    transfer: Transfer,
    answered: tuple[bool, str],
    actor: Actor,
    now: datetime,
) -> None:
    """Take the case over, or say why not (is_accepted, words); who asked may take it back.

    Raises: TransferAnswered, NotYoursToTake, ReasonNeeded, AlreadyEnded.
    """
    is_accepted, words = answered
    if transfer.answered_at is not None:
        raise TransferAnswered
    parties = (transfer.from_id, transfer.to_id)
    check_answerer(actor.staff_id, parties, is_accepted=is_accepted)
    is_taken_back = actor.staff_id == transfer.from_id
    if not is_accepted and not is_taken_back:
        check_reason(words)
    transfer.answered_at, transfer.is_accepted, transfer.answer = now, is_accepted, words
    if is_accepted:
        _hand(session, case, transfer, now)
    line = taken_back_line(words) if is_taken_back else declined_line(actor.name, words)
    line = taken_line(actor.name) if is_accepted else line
    write_line(session, case, line, actor, now, public=False)
    touch(case)
    facts = {"accepted": is_accepted, "to": transfer.to_id}
    audit.record(session, actor, "transfer.answered", f"case:{case.id}", now, **facts)


def waiting(session: Session, case: Case) -> Transfer | None:
    """Return the transfer of a case that waits for an answer."""
    mine = (Transfer.case_id == case.id, Transfer.answered_at.is_(None))
    return session.scalar(sa.select(Transfer).where(*mine))


def drop(session: Session, case: Case, now: datetime) -> None:
    """Let go of a transfer that nobody answered before its case ended."""
    waited = waiting(session, case)
    if waited is not None:
        waited.answered_at, waited.is_accepted = now, False


def _hand(session: Session, case: Case, transfer: Transfer, now: datetime) -> None:
    """Change hands; a light that has shown stays with who had the case then."""
    check_open(case.stage)
    for countdown in countdowns.running(session, case):
        countdowns.note_lights(countdown, case.handler_id, now)
    case.handler_id = transfer.to_id
