"""投入查询: what the town spent on projects; what was struck is read, and counted nowhere."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.enterprise.records import Project, Spending, SpendingStrike
from kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment, and why it was struck, where it was."""

    row: Spending
    strike: SpendingStrike | None


def payments(session: Session, project_id: int) -> list[Payment]:
    """Return what was spent on a project, the newest first."""
    query = (
        sa.select(Spending, SpendingStrike)
        .outerjoin(SpendingStrike, SpendingStrike.spending_id == Spending.id)
        .where(Spending.project_id == project_id)
        .order_by(Spending.spent_on.desc(), Spending.id.desc())
    )
    return [Payment(*row) for row in session.execute(query)]


def payment(session: Session, of: Project, spending_id: int) -> Payment:
    """Return one of a project's payments. Raises NotFound."""
    found = session.get(Spending, spending_id)
    if found is None or found.project_id != of.id:
        raise NotFound
    return Payment(found, session.get(SpendingStrike, found.id))


def sums(session: Session, project_ids: Collection[int]) -> dict[int, int]:
    """Return how many fen the town spent on some projects, without what was struck."""
    query = (
        sa.select(Spending.project_id, sa.func.sum(Spending.fen))
        .outerjoin(SpendingStrike, SpendingStrike.spending_id == Spending.id)
        .where(Spending.project_id.in_(project_ids), SpendingStrike.spending_id.is_(None))
        .group_by(Spending.project_id)
    )
    return {row[0]: int(row[1]) for row in session.execute(query)} if project_ids else {}
