"""值班人员查询: who stands on the rota, and who is away when."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from duty_roster.records.people import DutyAbsence, DutyPerson, DutyPhoto
from duty_roster.rules.people import Away, Member
from duty_roster.rules.shifts import Duty
from kernel.errors import NotFound
from kernel.vault import token_hash

_ORDER = {duty: number for number, duty in enumerate(Duty)}


def people(session: Session) -> list[DutyPerson]:
    """Return everybody who ever stood on the rota: leaders first, in the order of their entry."""
    found = session.scalars(sa.select(DutyPerson).order_by(DutyPerson.id))
    return sorted(found, key=lambda one: _ORDER[one.duty])


def person(session: Session, person_id: int) -> DutyPerson:
    """Return somebody of the rota. Raises NotFound."""
    found = session.get(DutyPerson, person_id)
    if found is None:
        raise NotFound
    return found


def by_staff(session: Session, staff_id: int | None) -> DutyPerson | None:
    """Return who logs in with an account, if they stand on the rota."""
    if staff_id is None:
        return None
    return session.scalar(sa.select(DutyPerson).where(DutyPerson.staff_id == staff_id))


def by_calendar(session: Session, token: str) -> DutyPerson:
    """Return whose calendar an address opens. Raises NotFound."""
    query = sa.select(DutyPerson).where(DutyPerson.calendar_hash == token_hash(token))
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def members(session: Session) -> list[Member]:
    """Return everybody as the rules see them."""
    return [
        Member(one.id, one.name, one.duty, one.seat, one.from_on, one.to_on)
        for one in people(session)
    ]


def absences(session: Session, first: date, last: date) -> list[Away]:
    """Return the absences that touch these days, as the rules see them."""
    found = session.scalars(_absences(first).where(DutyAbsence.first_on <= last))
    return [Away(one.person_id, one.first_on, one.last_on) for one in found]


def whereabouts(session: Session, staff_ids: Collection[int], day: date) -> dict[int, bool]:
    """Return by account who is here on `day`; whoever is noted as away is not.

    Of who does not stand on the rota nobody knows: they are left out.
    """
    listed = sa.select(DutyPerson.id, DutyPerson.staff_id)
    rows = session.execute(listed.where(DutyPerson.staff_id.in_(staff_ids)))
    away = {one.person for one in absences(session, day, day)}
    return {row.staff_id: row.id not in away for row in rows}


def absences_from(session: Session, day: date) -> list[DutyAbsence]:
    """Return the absences that are not over on `day`, the nearest first."""
    return list(session.scalars(_absences(day).order_by(DutyAbsence.first_on, DutyAbsence.id)))


def absence(session: Session, absence_id: int) -> DutyAbsence:
    """Return an absence that stands. Raises NotFound."""
    found = session.get(DutyAbsence, absence_id)
    if found is None or found.cancelled_at is not None:
        raise NotFound
    return found


def _absences(day: date) -> sa.Select[tuple[DutyAbsence]]:
    stands = (DutyAbsence.cancelled_at.is_(None), DutyAbsence.last_on >= day)
    return sa.select(DutyAbsence).where(*stands)


def photo(session: Session, digest: str) -> DutyPhoto:
    """Return a photo by the digest in its address. Raises NotFound."""
    found = session.scalar(sa.select(DutyPhoto).where(DutyPhoto.digest == digest).limit(1))
    if found is None:
        raise NotFound
    return found


def photos(session: Session, people_ids: Sequence[int]) -> dict[int, str]:
    """Return the digest of each person's photo, where there is one."""
    query = sa.select(DutyPhoto.person_id, DutyPhoto.digest)
    rows = session.execute(query.where(DutyPhoto.person_id.in_(people_ids)))
    return {row.person_id: row.digest for row in rows}
