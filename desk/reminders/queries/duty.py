"""值班提醒查询: whose turn is near, who has missed a sign-in, and whether a text still says so."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.messages.records import OutboxMessage
from desk.reminders.rules.duty import DutyReminder, DutyWord, is_near
from duty_roster.queries import people as roll
from duty_roster.queries import sheets
from duty_roster.queries.presence import is_any_unnoted, missed_now
from duty_roster.records.people import DutyPerson
from duty_roster.rules.shifts import Shift
from kernel.calendar.rules import ONE_DAY
from kernel.clock import town_day
from kernel.staff.queries import mobile_of
from kernel.staff.records import Staff


def near(session: Session, now: datetime) -> list[DutyReminder]:
    """Return the turns that come soon, of whoever has them now."""
    terms, today = sheets.terms(session), town_day(now)
    return [
        DutyReminder(DutyWord.TURN, shift, one.person_id)
        for one in sheets.published(session, today, today + ONE_DAY)
        if one.person_id is not None and is_near(shift := Shift(one.day, one.kind), terms, now)
    ]


def to_remind(session: Session, now: datetime) -> list[tuple[DutyReminder, str]]:
    """Return the turns that come soon and nobody was reminded of, each with a work phone."""
    with_phone = reachable(session, near(session, now))
    keys = [one.key for one, _ in with_phone]
    known = set(session.scalars(sa.select(OutboxMessage.key).where(OutboxMessage.key.in_(keys))))
    return [(one, mobile) for one, mobile in with_phone if one.key not in known]


def reachable(session: Session, told: Iterable[DutyReminder]) -> list[tuple[DutyReminder, str]]:
    """Return those whose person logs in and has a work phone, with the phone."""
    found = [(one, _mobile(session, one.person_id)) for one in told]
    return [(one, mobile) for one, mobile in found if mobile]


def is_any_to_tell(session: Session, now: datetime) -> bool:
    """Say whether there is anything for a pass to do."""
    return is_any_unnoted(session, now) or bool(to_remind(session, now))


def is_still_so(session: Session, key: str, now: datetime) -> bool:
    """Say whether a text still says what is so: the turn is still theirs, still unsigned."""
    told = DutyReminder.of_key(key)
    if told.word is DutyWord.TURN:
        return told in near(session, now)
    return any(
        (one.shift, one.person.id) == (told.shift, told.person_id)
        for one in missed_now(session, now)
    )


def of_staff(session: Session, staff_id: int, now: datetime) -> list[DutyReminder]:
    """Return what somebody's own screen says of their turns: missed now, or coming soon."""
    me = roll.by_staff(session, staff_id)
    if me is None:
        return []
    missed = [one.shift for one in missed_now(session, now) if one.person.id == me.id]
    coming = [one for one in near(session, now) if one.person_id == me.id]
    return [*(DutyReminder(DutyWord.MISSED, shift, me.id) for shift in missed), *coming]


def _mobile(session: Session, person_id: int) -> str:
    query = (
        sa.select(Staff)
        .join(DutyPerson, DutyPerson.staff_id == Staff.id)
        .where(DutyPerson.id == person_id, Staff.disabled_at.is_(None))
    )
    staff = session.scalar(query)
    return mobile_of(session, staff) if staff else ""
