"""值班人员与外出: enter somebody on the rota, correct them, note when they are away."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from duty_roster.queries import people as roll
from duty_roster.records.people import DutyAbsence, DutyPerson, DutyPhoto
from duty_roster.rules.people import (
    SEAT_NAMES,
    Away,
    AwayKind,
    AwaySoLate,
    BothAway,
    EndsBeforeItBegins,
    Seat,
    SeatTaken,
    both_away,
    check_span,
)
from duty_roster.rules.photos import Photo
from duty_roster.rules.shifts import Duty
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.editions import Edition, raise_edition
from kernel.house_session import vault_of
from kernel.vault import token_hash

CALENDAR = "duty-calendar"


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is typed about somebody on the rota."""

    name: str
    title: str
    duty: Duty
    seat: Seat = Seat.OTHER
    responsibilities: str = ""
    staff_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """What is typed about days on which somebody is away."""

    kind: AwayKind
    first_on: date
    last_on: date
    note: str = ""


def enter(session: Session, facts: PersonFacts, actor: Actor, now: datetime) -> DutyPerson:
    """Put somebody on the rota. Raises SeatTaken."""
    person = DutyPerson(uuid=uuid4().hex, calendar_generation=1)
    _write(session, person, facts)
    session.add(person)
    session.flush()
    audit.record(session, actor, "duty.person_entered", f"duty_person:{person.id}", now)
    return person


def correct(
    session: Session, person: DutyPerson, facts: PersonFacts, actor: Actor, now: datetime
) -> None:
    """Change what is known of somebody. Raises SeatTaken."""
    _write(session, person, facts)
    raise_edition(session, Edition.ROSTER)
    audit.record(session, actor, "duty.person_corrected", f"duty_person:{person.id}", now)


def _write(session: Session, person: DutyPerson, facts: PersonFacts) -> None:
    if facts.from_on and facts.to_on and facts.to_on < facts.from_on:
        raise EndsBeforeItBegins
    if facts.seat is not Seat.OTHER:
        for other in roll.people(session):
            if other is not person and other.seat is facts.seat and other.to_on is None:
                raise SeatTaken(name=other.name, seat=SEAT_NAMES[facts.seat])
    person.name, person.title, person.duty = facts.name, facts.title, facts.duty
    person.seat, person.responsibilities = facts.seat, facts.responsibilities
    person.staff_id = facts.staff_id
    person.from_on, person.to_on = facts.from_on, facts.to_on


def hang_photo(
    session: Session, person: DutyPerson, photo: Photo, actor: Actor, now: datetime
) -> None:
    """Show another photo of somebody."""
    hung = session.get(DutyPhoto, person.id)
    if hung is None:
        hung = DutyPhoto(person_id=person.id)
        session.add(hung)
    hung.media_type, hung.content = photo.media_type, photo.content
    hung.digest = hashlib.sha256(photo.content).hexdigest()[:32]
    raise_edition(session, Edition.ROSTER)
    audit.record(session, actor, "duty.photo_hung", f"duty_person:{person.id}", now)


def leave(
    session: Session, person: DutyPerson, absence: Absence, actor: Actor, now: datetime
) -> DutyAbsence:
    """Note when somebody is away. Raises EndsBeforeItBegins, BothAway."""
    check_span(absence.first_on, absence.last_on)
    mine = Away(person.id, absence.first_on, absence.last_on)
    others = roll.absences(session, mine.first_on, mine.last_on)
    apart = both_away(roll.members(session), [*others, mine], mine.days)
    if person.seat is not Seat.OTHER and apart:
        raise BothAway(day=apart[0])
    noted = DutyAbsence(
        person_id=person.id,
        kind=absence.kind,
        first_on=absence.first_on,
        last_on=absence.last_on,
        note=absence.note,
        added_by_id=actor.staff_id,
        added_at=now,
    )
    session.add(noted)
    session.flush()
    audit.record(session, actor, "duty.away_noted", f"duty_absence:{noted.id}", now)
    return noted


def cancel_leave(
    session: Session, absence: DutyAbsence, today: date, actor: Actor, now: datetime
) -> None:
    """Take an absence back that is not over. Raises AwaySoLate."""
    if absence.last_on < today:
        raise AwaySoLate
    absence.cancelled_at = now
    audit.record(session, actor, "duty.away_cancelled", f"duty_absence:{absence.id}", now)


def calendar_token(session: Session, person: DutyPerson) -> str:
    """Return the token of somebody's calendar, as it was given out."""
    return vault_of(session).token(CALENDAR, person.uuid, person.calendar_generation)


def give_calendar(session: Session, person: DutyPerson, actor: Actor, now: datetime) -> None:
    """Give out an address of somebody's calendar; one given out before dies."""
    if person.calendar_hash is not None:
        person.calendar_generation += 1
    person.calendar_hash = token_hash(calendar_token(session, person))
    audit.record(session, actor, "duty.calendar_given", f"duty_person:{person.id}", now)
