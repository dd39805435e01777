"""签到查询: who should have signed in and has not, and what spot checks found."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from duty_roster.queries import sheets
from duty_roster.queries.days import on_duty
from duty_roster.records.people import DutyPerson
from duty_roster.records.presence import DutyMissed, SpotCheck
from duty_roster.rules.presence import is_missed
from duty_roster.rules.shifts import Shift


@dataclass(frozen=True, slots=True)
class Missed:
    """Somebody who has not signed in for the shift that is running."""

    person: DutyPerson
    shift: Shift


def missed_now(session: Session, now: datetime) -> list[Missed]:
    """Return who has missed signing in for the present shift, noted already or not."""
    plate = on_duty(session, now)
    if not is_missed(plate.shift, sheets.terms(session), now):
        return []
    return [Missed(one.person, plate.shift) for one in plate.people if one.presence is None]


def missed_between(session: Session, first: date, last: date) -> list[tuple[DutyMissed, str]]:
    """Return the missed sign-ins of some days with each person's name: the board's lines."""
    query = (
        sa.select(DutyMissed, DutyPerson.name)
        .join(DutyPerson, DutyPerson.id == DutyMissed.person_id)
        .where(DutyMissed.day.between(first, last))
        .order_by(DutyMissed.day, DutyMissed.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def spot_checks(session: Session, limit: int) -> list[tuple[SpotCheck, str]]:
    """Return the newest spot checks with each person's name."""
    query = (
        sa.select(SpotCheck, DutyPerson.name)
        .join(DutyPerson, DutyPerson.id == SpotCheck.person_id)
        .order_by(SpotCheck.id.desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.execute(query)]
