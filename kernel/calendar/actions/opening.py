"""开放日的动作: set the usual week, and the days on which it is otherwise. No deadline moves."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.calendar.records import OpeningException, OpeningWeek
from kernel.calendar.rules.opening import Opening, check_exception, check_week
from kernel.clock import town_day
from kernel.editions import Edition, raise_edition
from kernel.errors import NotFound

ONLY_ROW = 1
SUBJECT = "opening:hall"


def set_week(session: Session, weekdays: frozenset[int], actor: Actor, now: datetime) -> None:
    """Say on which days of the week the hall is open. Raises NeverOpen."""
    check_week(weekdays)
    week = "".join(str(number) for number in sorted(weekdays))
    session.get_one(OpeningWeek, ONLY_ROW).weekdays = week
    _changed(session)
    audit.record(session, actor, "opening.week_set", SUBJECT, now, weekdays=week)


def set_day(session: Session, day: date, opening: Opening, actor: Actor, now: datetime) -> None:
    """Say what the hall does on one day. Raises DayIsOver."""
    check_exception(day, town_day(now))
    found = session.get(OpeningException, day) or OpeningException(day=day)
    found.is_open, found.hours, found.note = opening.is_open, opening.hours, opening.note
    session.add(found)
    _changed(session)
    facts = {"on": str(day), "is_open": opening.is_open}
    audit.record(session, actor, "opening.day_set", SUBJECT, now, **facts)


def clear_day(session: Session, day: date, actor: Actor, now: datetime) -> None:
    """Let one day be as usual again. Raises NotFound."""
    found = session.get(OpeningException, day)
    if found is None:
        raise NotFound
    session.delete(found)
    _changed(session)
    audit.record(session, actor, "opening.day_cleared", SUBJECT, now, on=str(day))


def _changed(session: Session) -> None:
    """Public pages say whether the hall is open: they are made anew."""
    session.flush()
    raise_edition(session, Edition.TOWN)
