"""回访清单: whom to ask whether a carried or referred matter helped. Reads only."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries.finding import Row, rows
from desk.cases.records import Case, FollowUp
from services_catalog.rules.items import Window

MOST_LISTED = 100


def due(session: Session, windows: Collection[Window], today: date) -> list[tuple[FollowUp, Row]]:
    """Return what is due to be asked at these windows, the longest waiting first."""
    query = sa.select(FollowUp, Case).join(Case, Case.id == FollowUp.case_id)
    mine = (FollowUp.answered_at.is_(None), FollowUp.due_on <= today, Case.window.in_(windows))
    found = session.execute(query.where(*mine).order_by(FollowUp.due_on).limit(MOST_LISTED)).all()
    named = rows(session, [case for _, case in found])
    return [(one, row) for (one, _), row in zip(found, named, strict=True)]


def number_due(session: Session, windows: Collection[Window], today: date) -> int:
    """Return how many are due to be asked at these windows."""
    mine = (FollowUp.answered_at.is_(None), FollowUp.due_on <= today, Case.window.in_(windows))
    query = sa.select(sa.func.count()).select_from(FollowUp)
    return session.scalar(query.join(Case, Case.id == FollowUp.case_id).where(*mine)) or 0


def of(session: Session, case: Case) -> FollowUp | None:
    """Return the follow-up of a case, if it has one."""
    return session.get(FollowUp, case.id)
