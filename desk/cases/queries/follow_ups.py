"""回访清单: whom to ask whether a carried or referred matter helped. Reads only."""

from collections.abc import Collection, Sequence
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
_DUE = (
    sa.select(FollowUp.case_id)
    .where(FollowUp.answered_at.is_(None), FollowUp.due_on <= sa.bindparam("today"))
    .limit(MOST_COUNTED)
)


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


def due_ids(session: Session, today: date) -> Sequence[int]:
    """Return the cases whose people are due to be asked, at whatever window.

    The first of two steps, or a planner begins with all the cases of the windows.
    """
    return session.scalars(_DUE, {"today": today}).all()


def number_among(
    session: Session, ids: Collection[int], windows: Collection[Window], reach: Condition
) -> int:
    """Return how many of these cases are these windows' to ask about."""
    mine = (Case.id.in_(ids), Case.window.in_(windows), reach)
    return session.scalar(sa.select(sa.func.count()).select_from(Case).where(*mine)) or 0


def of(session: Session, case: Case) -> FollowUp | None:
    """Return the follow-up of a case, if it has one."""
    return session.get(FollowUp, case.id)
