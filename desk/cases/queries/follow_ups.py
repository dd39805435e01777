"""回访清单: whom to ask whether a carried or referred matter helped. Reads only."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries.finding import Row, rows
from desk.cases.queries.reach import EVERY_CASE, Condition
from desk.cases.queries.searching import follows
from desk.cases.records import Case, FollowUp
from services_catalog.rules.items import Window

MOST_LISTED = 100
#: more than this are as many as nobody can count
MOST_COUNTED = 2000


def due(
    session: Session, windows: Collection[Window], today: date, reach: Condition = EVERY_CASE
) -> list[tuple[FollowUp, Row]]:
    """Return what is due to be asked at these windows, the longest waiting first."""
    query = sa.select(FollowUp, Case).join(Case, Case.id == FollowUp.case_id)
    mine = (FollowUp.answered_at.is_(None), FollowUp.due_on <= today)
    query = query.where(*mine, follows(Case.window).in_(windows), reach).order_by(FollowUp.due_on)
    found = session.execute(query.limit(MOST_LISTED)).all()
    named = rows(session, [case for _, case in found])
    return [(one, row) for (one, _), row in zip(found, named, strict=True)]


def number_due(
    session: Session, windows: Collection[Window], today: date, reach: Condition = EVERY_CASE
) -> int:
    """Return how many are due to be asked at these windows."""
    # asked in two steps, or a planner begins with all the cases of the windows
    waiting = sa.select(FollowUp.case_id).where(
        FollowUp.answered_at.is_(None), FollowUp.due_on <= today
    )
    ids = session.scalars(waiting.limit(MOST_COUNTED)).all()
    if not ids:  # as on most mornings: every page of the staff asks
        return 0
    mine = (Case.id.in_(ids), Case.window.in_(windows), reach)
    return session.scalar(sa.select(sa.func.count()).select_from(Case).where(*mine)) or 0


def of(session: Session, case: Case) -> FollowUp | None:
    """Return the follow-up of a case, if it has one."""
    return session.get(FollowUp, case.id)
