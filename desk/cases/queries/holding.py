"""不计时查询: holds that nobody has ended by the day they were to end. Reads only."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.records import Case, CaseHold


def overrun_of(session: Session, case_ids: Collection[int], today: date) -> set[int]:
    """Return which of these cases have an open hold that was to have ended before today."""
    query = sa.select(CaseHold.case_id).where(CaseHold.case_id.in_(case_ids), *overrun_by(today))
    return set(session.scalars(query)) if case_ids else set()


def is_held_too_long(today: date) -> sa.ColumnElement[bool]:
    """Return the condition that a case has an open hold that was to have ended before today."""
    mine = sa.select(CaseHold.id).where(CaseHold.case_id == Case.id)
    return mine.where(*overrun_by(today)).exists()


def overrun_by(today: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what is true of an open hold that was to have ended before today."""
    return CaseHold.ended_on.is_(None), CaseHold.expected_end_on < today
