"""投入的动作: note what the town spent on a project; strike what was noted by mistake."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from desk.windows.enterprise.queries.spending import Payment
from desk.windows.enterprise.records import Project, Spending, SpendingStrike
from desk.windows.enterprise.rules.spending import Spent, check_spent, check_striking
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.clock import town_day


def spend(session: Session, of: Project, told: Spent, actor: Actor, now: datetime) -> Spending:
    """Note a payment. Raises: NothingSpent, SpentLater, PurposeUnsaid."""
    check_spent(told, town_day(now))
    row = Spending(project_id=of.id, **asdict(told), written_at=now, written_by_id=actor.staff_id)
    session.add(row)
    session.flush()
    facts = {"spending": row.id, "fen": row.fen}
    audit.record(session, actor, "spending.noted", f"project:{of.id}", now, **facts)
    return row


def strike(session: Session, found: Payment, reason: str, actor: Actor, now: datetime) -> None:
    """Strike a payment: it stays to be read. Raises: StruckAlready, StrikingUnsaid."""
    check_striking(reason, is_struck=found.strike is not None)
    row = found.row
    session.add(SpendingStrike(spending_id=row.id, reason=reason, at=now, actor_id=actor.staff_id))
    session.flush()
    facts = {"spending": row.id, "reason": reason}
    audit.record(session, actor, "spending.struck", f"project:{row.project_id}", now, **facts)
