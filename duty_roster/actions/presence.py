"""签到, 签退, 去向, 查岗: what is said of somebody's presence, and what is found."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from duty_roster.queries.days import OnDuty, Plate, on_duty
from duty_roster.queries.presence import Missed, missed_now
from duty_roster.records.presence import DutyMissed, DutyPresence, SpotCheck
from duty_roster.rules.people import Whereabouts
from duty_roster.rules.presence import (
    EARLY,
    AlreadySignedOut,
    CheckFinding,
    CheckWay,
    NobodyToCheck,
    NotOnDuty,
    NotSignedIn,
)
from kernel.access import HOUSE, Actor
from kernel.audit import actions as audit
from kernel.database import prebuilt, table_of

_OF_MISSED = ("day", "kind", "person_id", "noted_at")
_NOTE = prebuilt(
    sqlite.insert(table_of(DutyMissed))
    .values({name: sa.bindparam(name) for name in _OF_MISSED})
    .on_conflict_do_nothing(index_elements=["day", "kind", "person_id"])
    .returning(DutyMissed.id)
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a spot check found of one person."""

    person_id: int
    way: CheckWay
    finding: CheckFinding
    note: str = ""


def sign_in(session: Session, actor: Actor, now: datetime) -> None:
    """Take one's shift up; from an hour before it begins. A second press changes nothing.

    Raises: NotOnDuty.
    """
    plate, mine = _mine(session, actor, now)
    if mine.presence is None:
        session.add(
            DutyPresence(
                day=plate.shift.day,
                kind=plate.shift.kind,
                person_id=mine.person.id,
                in_at=now,
                whereabouts=Whereabouts.AT_POST,
                moved_at=now,
            )
        )
        audit.record(session, actor, "duty.signed_in", _subject(mine), now)


def sign_out(session: Session, actor: Actor, now: datetime) -> None:
    """Say that one has left. Raises NotSignedIn, AlreadySignedOut."""
    _, mine = _mine(session, actor, now)
    _present(mine).out_at = now
    audit.record(session, actor, "duty.signed_out", _subject(mine), now)


def go(session: Session, where: Whereabouts, actor: Actor, now: datetime) -> None:
    """Say where one is. Raises NotSignedIn, AlreadySignedOut."""
    _, mine = _mine(session, actor, now)
    presence = _present(mine)
    presence.whereabouts, presence.moved_at = where, now
    audit.record(session, actor, "duty.went", _subject(mine), now, where=where)


def note_missed(session: Session, now: datetime) -> list[Missed]:
    """Note who has missed signing in; return those not noted before, to be reminded.

    For jobs: any number may run as often as they like, each person and shift is returned once.
    """
    fresh = [one for one in missed_now(session, now) if _note(session, one, now)]
    for one in fresh:
        subject = f"duty_person:{one.person.id}"
        audit.record(session, HOUSE, "duty.missed", subject, now, day=str(one.shift.day))
    return fresh


def note_check(session: Session, found: Found, actor: Actor, now: datetime) -> None:
    """Record a spot check of somebody on duty now. Raises NobodyToCheck."""
    plate = on_duty(session, now)
    if found.person_id not in {one.person.id for one in plate.people}:
        raise NobodyToCheck
    session.add(
        SpotCheck(
            at=now,
            day=plate.shift.day,
            kind=plate.shift.kind,
            person_id=found.person_id,
            way=found.way,
            finding=found.finding,
            note=found.note,
            checked_by_id=actor.staff_id,
        )
    )
    subject = f"duty_person:{found.person_id}"
    audit.record(session, actor, "duty.checked", subject, now, finding=found.finding)


def _mine(session: Session, actor: Actor, now: datetime) -> tuple[Plate, OnDuty]:
    """Return the shift that somebody is on, now or in the next hour, and their place on it."""
    for moment in (now, now + EARLY):
        plate = on_duty(session, moment)
        for one in plate.people:
            if actor.staff_id is not None and one.person.staff_id == actor.staff_id:
                return plate, one
    raise NotOnDuty


def _present(mine: OnDuty) -> DutyPresence:
    if mine.presence is None:
        raise NotSignedIn
    if mine.presence.out_at is not None:
        raise AlreadySignedOut
    return mine.presence


def _note(session: Session, missed: Missed, now: datetime) -> bool:
    """Note it; say whether nobody had."""
    shift, whose = missed.shift, missed.person.id
    row = {"day": shift.day, "kind": shift.kind, "person_id": whose, "noted_at": now}
    return session.execute(_NOTE, row).first() is not None


def _subject(mine: OnDuty) -> str:
    return f"duty_person:{mine.person.id}"
