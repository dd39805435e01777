"""重新办理的动作: take up again what ended, as a leader granted; a new count begins."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions import approvals, countdowns, counting_again
from desk.cases.actions.redating import leave
from desk.cases.actions.register import intake_limit
from desk.cases.actions.telling import tell_moved
from desk.cases.actions.writing import issue_paper, write_line
from desk.cases.records import Approval, Case, CaseHold, Decline, DeliveryRecord
from desk.cases.records import Reopening as Kept
from desk.cases.rules.approvals import ApprovalKind
from desk.cases.rules.countdowns import CountdownKind, Dates
from desk.cases.rules.notices import dated
from desk.cases.rules.reopening import (
    check_ended,
    paper_again,
    reopened_line,
    said_reopened,
    stage_again,
)
from desk.cases.rules.results import check_reason
from desk.cases.rules.silence import statutory_intake
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.calendar.rules import WorkingCalendar
from kernel.clock import town_day
from kernel.hall import Hall


def reopen(
    session: Session, case: Case, reason: str, actor: Actor, now: datetime, hall: Hall
) -> None:
    """Take a case up again: handled where it had been accepted, else examined anew.

    Raises: ReasonNeeded, NotReopenable, LeaveNeeded.
    """
    check_reason(reason)
    check_ended(case.stage)
    granted = leave(session, case, ApprovalKind.REOPENING)
    row = _keep_the_ending(session, case, (granted, reason), actor, now)
    _end_holds(session, case, now, hall.calendar)
    countdowns.end(session, case, now)
    case.stage = stage_again(case.accepted_at)
    case.closed_at, case.result, case.result_note = None, None, ""
    derived = _count(session, case, now, hall)
    approvals.use(granted, now)
    is_accepted = case.accepted_at is not None
    due = dated(derived.due_on, is_provisional=derived.is_provisional)
    line = reopened_line(due, is_accepted=is_accepted)
    said = said_reopened(reason, line, derived.due)
    issue_paper(session, case, paper_again(case.accepted_at), actor, now, said)
    write_line(session, case, line, actor, now)
    tell_moved(session, case, f"reopened{row.id}", hall.town.signature, now)
    facts = {"was": row.old_stage, "result": row.old_result, "reason": reason}
    audit.record(session, actor, "case.reopened", f"case:{case.id}", now, **facts)


def _count(session: Session, case: Case, now: datetime, hall: Hall) -> Dates:
    item, kind = case.item, CountdownKind.HANDLING
    limits = (item.promised, item.statutory)
    if case.accepted_at is None:
        kind = CountdownKind.INTAKE
        limits = (intake_limit(session), statutory_intake(item.item_type))
    planned = countdowns.plan(session, kind, now, limits, hall.calendar)
    return countdowns.begin(session, case, planned)


def _keep_the_ending(
    session: Session, case: Case, why: tuple[Approval, str], actor: Actor, now: datetime
) -> Kept:
    """Write down how it had ended; what the next ending writes anew makes room for it."""
    granted, reason = why
    delivery = session.get(DeliveryRecord, case.id)
    row = Kept(
        case_id=case.id,
        approval_id=granted.id,
        at=now,
        by_id=actor.staff_id,
        reason=reason,
        old_stage=case.stage,
        old_closed_at=case.closed_at,
        old_result=case.result,
        old_result_note=case.result_note,
        delivered_at=delivery.delivered_at if delivery else None,
        uuid=delivery.uuid if delivery else "",
        wrapped_key=delivery.wrapped_key if delivery else "",
        taker_sealed=delivery.taker_sealed if delivery else "",
        relation=delivery.relation if delivery else None,
    )
    session.add(row)
    for ended in (delivery, session.get(Decline, case.id)):
        if ended is not None:
            session.delete(ended)
    session.flush()
    return row


def _end_holds(session: Session, case: Case, now: datetime, calendar: WorkingCalendar) -> None:
    """End what still stopped the count when the case ended: it ended with it."""
    ended_on = town_day(case.closed_at or now)
    mine = (CaseHold.case_id == case.id, CaseHold.ended_on.is_(None))
    found = session.scalars(sa.select(CaseHold).where(*mine)).all()
    for hold in found:
        hold.ended_on = max(ended_on, hold.noticed_on)
    if found:
        session.flush()
        counting_again.recount_ended(session, case, calendar)
