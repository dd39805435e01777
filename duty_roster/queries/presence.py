"""签到查询: who should have signed in and has not, and what spot checks found."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from duty_roster.queries import sheets
from duty_roster.queries.days import on_duty
from duty_roster.records.people import DutyPerson
from duty_roster.records.presence import DutyMissed, DutyPresence, SpotCheck
from duty_roster.rules.presence import is_missed
from duty_roster.rules.shifts import Shift


@dataclass(frozen=True, slots=True)
class Missed:
    """Somebody who has not signed in for the shift that is running."""

    person: DutyPerson
    shift: Shift


@dataclass(frozen=True, slots=True)
class MissedLine:
    """未签到的一行: what the board says of a missed sign-in, and of a late one."""

    noted: DutyMissed
    name: str
    in_at: datetime | None


def missed_now(session: Session, now: datetime) -> list[Missed]:
    """Return who has missed signing in for the present shift, noted already or not.

    Who has no account cannot sign in, so they miss nothing; a spot check finds them.
    """
    plate = on_duty(session, now)
    if not is_missed(plate.shift, sheets.terms(session), now):
        return []
    return [
        Missed(one.person, plate.shift)
        for one in plate.people
        if one.presence is None and one.person.staff_id is not None
    ]


def is_any_unnoted(session: Session, now: datetime) -> bool:
    """Say whether somebody has missed signing in and nobody has noted it."""
    missed = missed_now(session, now)
    if not missed:
        return False
    shift = missed[0].shift
    mine = (DutyMissed.day == shift.day, DutyMissed.kind == shift.kind)
    noted = set(session.scalars(sa.select(DutyMissed.person_id).where(*mine)))
    return any(one.person.id not in noted for one in missed)


def missed_between(session: Session, first: date, last: date) -> list[MissedLine]:
    """Return the missed sign-ins of some days, the newest first: the board's lines."""
    late = sa.and_(
        DutyPresence.day == DutyMissed.day,
        DutyPresence.kind == DutyMissed.kind,
        DutyPresence.person_id == DutyMissed.person_id,
    )
    query = (
        sa.select(DutyMissed, DutyPerson.name, DutyPresence.in_at)
        .join(DutyPerson, DutyPerson.id == DutyMissed.person_id)
        .outerjoin(DutyPresence, late)
        .where(DutyMissed.day.between(first, last))
        .order_by(DutyMissed.day.desc(), DutyMissed.id.desc())
    )
    return [MissedLine(*row) for row in session.execute(query)]


def spot_checks(session: Session, limit: int) -> list[tuple[SpotCheck, str]]:
    """Return the newest spot checks with each person's name."""
    query = (
        sa.select(SpotCheck, DutyPerson.name)
        .join(DutyPerson, DutyPerson.id == SpotCheck.person_id)
        .order_by(SpotCheck.id.desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.execute(query)]
