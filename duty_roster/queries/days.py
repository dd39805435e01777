"""值日查询: who answers for the hall on a day, and who is on duty now."""

from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Session

from duty_roster.queries import people as roll
from duty_roster.queries import sheets
from duty_roster.records.people import DutyPerson
from duty_roster.records.presence import DutyPresence
from duty_roster.rules.plates import DutyDay
from duty_roster.rules.plates import turnovers as turnovers_of
from duty_roster.rules.shifts import Duty, Shift, duty_day, shift_at, span_of


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody on duty now: what may be shown of them, and what the hall screen adds."""

    person: DutyPerson
    duty: Duty
    #: of their photo; empty where there is none
    photo: str
    presence: DutyPresence | None


@dataclass(frozen=True, slots=True)
class Plate:
    """岗位牌: the shift that is on duty, until when, and its people."""

    shift: Shift
    begins_at: datetime
    ends_at: datetime
    people: list[OnDuty]

    @property
    def leader(self) -> OnDuty | None:
        """Return who leads the shift."""
        return next((one for one in self.people if one.duty is Duty.LEADER), None)

    @property
    def others(self) -> list[OnDuty]:
        """Return who is on the shift besides."""
        return [one for one in self.people if one.duty is not Duty.LEADER]


def leader_on(session: Session, day: date) -> DutyDay | None:
    """Return who answers for `day`, or None where the roster has a gap."""
    return next(iter(between(session, day, day)), None)


def between(session: Session, first: date, last: date) -> list[DutyDay]:
    """Return who answers for each day from `first` to `last`: of two shifts, the first's leader."""
    names = {one.id: one for one in roll.people(session)}
    found: dict[date, DutyDay] = {}
    for turn in sheets.published(session, first, last):
        if turn.duty is Duty.LEADER and turn.person_id is not None:
            leader = names[turn.person_id]
            found.setdefault(turn.day, DutyDay(turn.day, leader.name, leader.title))
    return list(found.values())


def on_duty(session: Session, now: datetime) -> Plate:
    """Return the plate of the shift that is on duty at `now`."""
    terms = sheets.terms(session)
    day = duty_day(now, terms)
    today = sheets.published(session, day, day)
    shift = shift_at(now, {one.kind for one in today}, terms)
    turns = [one for one in today if one.kind is shift.kind]
    ids = [one.person_id for one in turns if one.person_id is not None]
    known = {one.id: one for one in roll.people(session) if one.id in ids} if ids else {}
    photos, presences = roll.photos(session, ids), presences_of(session, shift)
    people = [
        OnDuty(known[person], one.duty, photos.get(person, ""), presences.get(person))
        for one in turns
        if (person := one.person_id) is not None
    ]
    return Plate(shift, *span_of(shift, terms), people)


def presences_of(session: Session, shift: Shift) -> dict[int, DutyPresence]:
    """Return who signed in for a shift."""
    mine = (DutyPresence.day == shift.day, DutyPresence.kind == shift.kind)
    return {one.person_id: one for one in session.scalars(sa.select(DutyPresence).where(*mine))}


def turnovers(session: Session) -> tuple[time, ...]:
    """Return the times of day at which one shift may follow another."""
    return turnovers_of(sheets.terms(session))
