"""预约查询: what stands for a case, who comes when, and whether a text is still true."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries.finding import Row, rows
from desk.cases.queries.reach import EVERY_CASE, Condition
from desk.cases.queries.searching import follows
from desk.cases.records import Appointment, Case
from desk.cases.rules.appointments import appointment_of, is_to_be_told
from services_catalog.rules.items import Window

MOST_LISTED = 100
_STANDING = sa.select(Appointment).where(
    Appointment.case_id == sa.bindparam("case_id"), Appointment.ended_at.is_(None)
)


def standing(session: Session, case: Case) -> Appointment | None:
    """Return the appointment that stands for a case."""
    return session.scalar(_STANDING, {"case_id": case.id})


def earlier(session: Session, case: Case) -> list[Appointment]:
    """Return the appointments of a case that have ended, the newest first."""
    mine = (Appointment.case_id == case.id, Appointment.ended_at.is_not(None))
    query = sa.select(Appointment).where(*mine).order_by(Appointment.id.desc())
    return list(session.scalars(query))


def coming(
    session: Session, windows: Collection[Window], reach: Condition = EVERY_CASE
) -> list[tuple[Appointment, Row]]:
    """Return what stands at these windows, the soonest first; what is over and unsaid as well."""
    query = sa.select(Appointment, Case).join(Case, Case.id == Appointment.case_id)
    mine = (Appointment.ended_at.is_(None), follows(Case.window).in_(windows), reach)
    query = query.where(*mine).order_by(Appointment.at, Appointment.id)
    found = session.execute(query.limit(MOST_LISTED)).all()
    named = rows(session, [case for _, case in found])
    return [(one, row) for (one, _), row in zip(found, named, strict=True)]


def is_still_so(session: Session, key: str, now: datetime) -> bool:
    """Say whether the text of a key still tells of an appointment that will be kept."""
    number = appointment_of(key)
    query = sa.select(Appointment, Case.stage).join(Case, Case.id == Appointment.case_id)
    found = session.execute(query.where(Appointment.id == number)).first()
    if found is None:
        return False
    one, stage = found
    return is_to_be_told(one.at, stage, stands=one.ended_at is None, now=now)
