"""转交清单: what somebody is asked to take, and what became of it before. Reads only."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.records import Case, Transfer

_ASKED = (
    sa.select(Transfer, Case)
    .join(Case, Case.id == Transfer.case_id)
    .where(Transfer.to_id == sa.bindparam("whom"), Transfer.answered_at.is_(None))
    .order_by(Transfer.id)
)


def asked_of(session: Session, staff_id: int) -> list[tuple[Transfer, Case]]:
    """Return what waits for somebody to take, the oldest first."""
    return [(one, case) for one, case in session.execute(_ASKED, {"whom": staff_id})]


def transfers_of(session: Session, case: Case) -> list[Transfer]:
    """Return every transfer of a case, in its order."""
    query = sa.select(Transfer).where(Transfer.case_id == case.id).order_by(Transfer.id)
    return list(session.scalars(query))
