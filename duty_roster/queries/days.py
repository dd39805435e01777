"""值班查询: questions about the roster."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from duty_roster.records import DutyDay


def leader_on(session: Session, day: date) -> DutyDay | None:
    """Return who answers for `day`, or None where the roster has a gap."""
    return session.scalar(sa.select(DutyDay).where(DutyDay.day == day))


def between(session: Session, first: date, last: date) -> list[DutyDay]:
    """Return the duty days from `first` to `last`, both included."""
    query = sa.select(DutyDay).where(DutyDay.day.between(first, last)).order_by(DutyDay.day)
    return list(session.scalars(query))
