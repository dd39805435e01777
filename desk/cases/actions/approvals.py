"""请示与审批: somebody at a window asks, a leader answers; asked once, decided once, used once.

What is granted for a hold or an extension happens with the answer. A second notice, a reopening
or a redating is done afterwards by who asked: `granted` finds the answer, `use` spends it.
"""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions import extensions, holds
from desk.cases.actions.versions import touch
from desk.cases.actions.writing import write_line
from desk.cases.records import Approval, Case
from desk.cases.rules.approvals import (
    AlreadyAsked,
    AlreadyDecided,
    AlreadyWithdrawn,
    ApprovalKind,
    Asked,
    OwnRequest,
    answered_line,
    asked_line,
    check_askable,
    check_decider,
)
from desk.cases.rules.results import check_reason
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.hall import Hall
from kernel.staff.rules import ROLE_NAMES

__all__ = ["Asked", "ask", "decide", "granted", "pending", "use"]

Check = Callable[[Session, Case, Asked, datetime], None]
Effect = Callable[[Session, Case, Approval, Actor, datetime, Hall], None]
#: what a kind refuses beyond the stage, when it is asked and again when it is granted
CHECKS: dict[ApprovalKind, Check] = {
    ApprovalKind.HOLD: holds.check,
    ApprovalKind.EXTENSION: extensions.check,
}
#: what happens with the answer itself
EFFECTS: dict[ApprovalKind, Effect] = {
    ApprovalKind.HOLD: holds.begin,
    ApprovalKind.EXTENSION: extensions.grant,
}


def ask(session: Session, case: Case, asked: Asked, actor: Actor, now: datetime) -> Approval:
    """Ask a leader for something that this case needs.

    Raises: ReasonNeeded, NotAskable, AlreadyAsked, and what the kind itself refuses.
    """
    check_reason(asked.reason)
    check_askable(asked.kind, case.stage)
    if pending(session, case, asked.kind):
        raise AlreadyAsked
    _check(session, case, asked, now)
    approval = Approval(
        case_id=case.id,
        kind=asked.kind,
        asked_by_id=actor.staff_id,
        asked_at=now,
        reason=asked.reason,
        days=asked.days,
        hold_type_id=asked.hold_type_id,
        until_on=asked.until_on,
        answer="",
    )
    session.add(approval)
    touch(case)
    session.flush()
    write_line(session, case, asked_line(asked.kind), actor, now, public=False)
    facts = {"kind": asked.kind, "reason": asked.reason}
    audit.record(session, actor, "approval.asked", f"approval:{approval.id}", now, **facts)
    return approval


def decide(
    session: Session,
    approval: Approval,
    decision: tuple[bool, str],
    actor: Actor,
    now: datetime,
    hall: Hall,
) -> None:
    """Answer what was asked (is_granted, answer); a "no" needs its reason.

    Raises: OwnRequest, NotYoursToDecide, AlreadyDecided, AlreadyWithdrawn, ReasonNeeded, and
    whatever no longer allows what was asked.
    """
    is_granted, answer = decision
    if approval.asked_by_id == actor.staff_id:
        raise OwnRequest
    check_decider(approval.kind, actor.roles, ROLE_NAMES)
    if not is_granted:
        check_reason(answer)
    case = session.get_one(Case, approval.case_id)
    _settle(session, approval, (is_granted, answer), actor, now)
    line = answered_line(approval.kind, answer, is_granted=is_granted)
    write_line(session, case, line, actor, now, public=False)
    touch(case)
    subject = f"approval:{approval.id}"
    audit.record(session, actor, "approval.decided", subject, now, granted=is_granted)
    if is_granted:
        check_askable(approval.kind, case.stage)
        _check(session, case, _asked(approval), now)
        if effect := EFFECTS.get(approval.kind):
            effect(session, case, approval, actor, now, hall)
            use(approval, now)


def granted(session: Session, case: Case, kind: ApprovalKind) -> Approval | None:
    """Return the newest granted answer of a kind that has not been used yet."""
    mine = (Approval.case_id == case.id, Approval.kind == kind)
    unused = (Approval.is_granted.is_(True), Approval.used_at.is_(None))
    query = sa.select(Approval).where(*mine, *unused).order_by(Approval.id.desc()).limit(1)
    return session.scalar(query)


def use(approval: Approval, now: datetime) -> None:
    """Spend an answer on the act it was asked for."""
    approval.used_at = now


def pending(session: Session, case: Case, kind: ApprovalKind) -> Approval | None:
    """Return what was asked about a case and nobody has answered."""
    mine = (Approval.case_id == case.id, Approval.kind == kind)
    waits = (Approval.decided_at.is_(None), Approval.withdrawn_at.is_(None))
    return session.scalar(sa.select(Approval).where(*mine, *waits).limit(1))


def _settle(
    session: Session, approval: Approval, decision: tuple[bool, str], actor: Actor, now: datetime
) -> None:
    """Write the answer down unless somebody else has, at this very moment even."""
    is_granted, answer = decision
    settled = session.execute(
        sa.update(Approval)
        .where(Approval.id == approval.id)
        .where(Approval.decided_at.is_(None), Approval.withdrawn_at.is_(None))
        .values(decided_by_id=actor.staff_id, decided_at=now, is_granted=is_granted, answer=answer)
        .returning(Approval.id)
    ).first()
    session.refresh(approval)
    if settled is None:
        raise AlreadyWithdrawn if approval.withdrawn_at else AlreadyDecided


def _check(session: Session, case: Case, asked: Asked, now: datetime) -> None:
    if check := CHECKS.get(asked.kind):
        check(session, case, asked, now)


def _asked(approval: Approval) -> Asked:
    return Asked(
        approval.kind, approval.reason, approval.days, approval.hold_type_id, approval.until_on
    )
