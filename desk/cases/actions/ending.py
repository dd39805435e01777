"""结束: the one way a case ends, and everything that ran or waited on it with it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions import countdowns, transfers
from desk.cases.records import Approval, Case, JointPart, Leg
from desk.cases.rules.stages import Stage, move


def end(session: Session, case: Case, stage: Stage, now: datetime) -> None:
    """Bring a case to a stage in which it is over. Raises MoveNotAllowed."""
    case.stage = move(case.stage, stage)
    let_go(session, case, now)


def let_go(session: Session, case: Case, now: datetime) -> None:
    """Close a case that is over, with what runs on it and what waits: nobody is asked any more."""
    countdowns.end(session, case, now)
    transfers.drop(session, case, now)
    asked = (Approval.case_id == case.id, Approval.decided_at.is_(None))
    waiting = sa.update(Approval).where(*asked, Approval.withdrawn_at.is_(None))
    session.execute(waiting.values(withdrawn_at=now))
    parts = sa.update(JointPart).where(_of(case), JointPart.ended_at.is_(None))
    session.execute(parts.values(ended_at=now))
    case.closed_at = now


def resume(session: Session, case: Case, ended_at: datetime) -> None:
    """Let go on what others were asked for and what ended with the case at that very moment."""
    parts = sa.update(JointPart).where(_of(case), JointPart.ended_at == ended_at)
    session.execute(parts.values(ended_at=None))
    mine = (Approval.case_id == case.id, Approval.withdrawn_at == ended_at)
    session.execute(sa.update(Approval).where(*mine).values(withdrawn_at=None))


def _of(case: Case) -> sa.ColumnElement[bool]:
    return JointPart.leg_id.in_(sa.select(Leg.id).where(Leg.case_id == case.id))
