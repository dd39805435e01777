"""回访清单: whom to ask whether a carried or referred matter helped. Reads only."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries.finding import LIST_LIMIT, Row, rows
from desk.cases.records import Case, FollowUp
from kernel.errors import NotFound
from services_catalog.rules.items import Window


def due(session: Session, windows: Collection[Window], today: date) -> list[tuple[FollowUp, Row]]:
    """Return what is due to be asked at these windows, the longest waiting first."""
    query = sa.select(FollowUp, Case).join(Case, Case.id == FollowUp.case_id)
    mine = (FollowUp.answered_at.is_(None), FollowUp.due_on <= today, Case.window.in_(windows))
    found = session.execute(query.where(*mine).order_by(FollowUp.due_on).limit(LIST_LIMIT)).all()
    named = rows(session, [case for _, case in found])
    return [(one, row) for (one, _), row in zip(found, named, strict=True)]


def of(session: Session, case: Case) -> FollowUp:
    """Return the follow-up of a case. Raises NotFound."""
    found = session.get(FollowUp, case.id)
    if found is None:
        raise NotFound
    return found
