"""特别程序的动作: begin what a leader granted, end it when it is over, and count anew."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions import countdowns
from desk.cases.actions.telling import tell_hold, tell_moved
from desk.cases.actions.writing import issue_paper, write_line
from desk.cases.records import Approval, Case, CaseHold, HoldType
from desk.cases.rules.approvals import Asked
from desk.cases.rules.holds import (
    Ended,
    HoldIsOpen,
    NoSuchHoldType,
    check_end,
    check_expected_end,
    check_not_ended,
    hold_ended_line,
    hold_line,
)
from desk.cases.rules.later_papers import held
from desk.cases.rules.notices import dated
from desk.cases.rules.papers import PaperKind
from desk.cases.rules.stages import Stage, move
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.clock import town_day
from kernel.hall import Hall


def check(session: Session, case: Case, asked: Asked, now: datetime) -> None:
    """Refuse a hold of no known type, with no end in sight, or of a type that is running."""
    check_expected_end(asked.until_on, town_day(now))
    kind = _type(session, asked.hold_type_id)
    if any(one.hold_type_id == kind.id for one in open_holds(session, case)):
        raise HoldIsOpen(name=kind.name)


def begin(
    session: Session, case: Case, approval: Approval, actor: Actor, now: datetime, hall: Hall
) -> None:
    """Stop the count from tomorrow, with a written notice of today."""
    kind, until_on = _type(session, approval.hold_type_id), approval.until_on
    if until_on is None:
        raise NoSuchHoldType
    hold = CaseHold(
        case_id=case.id,
        hold_type_id=kind.id,
        noticed_on=town_day(now),
        expected_end_on=until_on,
        ended_on=None,
        cap_days=kind.cap_days,
        reason=approval.reason,
        approved_by_id=actor.staff_id,
        approved_at=now,
    )
    session.add(hold)
    session.flush()
    if case.stage is not Stage.ON_HOLD:
        case.stage = move(case.stage, Stage.ON_HOLD)
    countdowns.move_days(session, case, now, hall.calendar)
    said = held(kind.name, hold.noticed_on, until_on, kind.source, hold.reason)
    issue_paper(session, case, PaperKind.HOLD_NOTICE, actor, now, said)
    write_line(session, case, hold_line(kind.name, hold.noticed_on, until_on), actor, now)
    tell_hold(session, case, hold.id, hall.town.signature, now)
    facts = {"type": kind.id, "until": str(until_on)}
    audit.record(session, actor, "hold.begun", f"case:{case.id}", now, **facts)


def end(
    session: Session, case: Case, hold: CaseHold, ended: Ended, asked: tuple[Actor, datetime, Hall]
) -> None:
    """Let the count go on, from the day after `ended.on`; tell the applicant the day.

    `asked` is by whom, when and where. Raises: HoldIsOver, EndOutOfRange,
    EarlierEndNeedsReason, MoveNotAllowed.
    """
    actor, now, hall = asked
    check_not_ended(hold.ended_on)
    check_end(ended, hold.noticed_on, town_day(now))
    hold.ended_on = ended.on
    session.flush()
    if not open_holds(session, case):
        case.stage = move(case.stage, Stage.IN_PROGRESS)
    countdowns.move_days(session, case, now, hall.calendar)
    name = session.get_one(HoldType, hold.hold_type_id).name
    due = dated(case.due_on, is_provisional=case.is_provisional)
    write_line(session, case, hold_ended_line(name, ended.on, due), actor, now)
    tell_moved(session, case, f"hold{hold.id}", hall.town.signature, now)
    facts = {"hold": hold.id, "on": str(ended.on), "reason": ended.reason}
    audit.record(session, actor, "hold.ended", f"case:{case.id}", now, **facts)


def open_holds(session: Session, case: Case) -> list[CaseHold]:
    """Return the holds of a case that nobody has ended."""
    mine = (CaseHold.case_id == case.id, CaseHold.ended_on.is_(None))
    return list(session.scalars(sa.select(CaseHold).where(*mine).order_by(CaseHold.id)))


def _type(session: Session, hold_type_id: int | None) -> HoldType:
    found = session.get(HoldType, hold_type_id) if hold_type_id else None
    if found is None or found.is_retired:
        raise NoSuchHoldType
    return found
