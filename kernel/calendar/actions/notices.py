"""节假日安排: take the published notices into the town's own table."""

from datetime import datetime

import chinese_calendar
from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.calendar.queries import years
from kernel.calendar.records import CalendarDay, CalendarYear, NoticeKind
from kernel.editions import Edition, raise_edition
from kernel.errors import NotFound


def take_in_published(session: Session, now: datetime) -> list[int]:
    """Add the years the `chinesecalendar` package publishes and the town lacks; return them.

    Years already in the table are the town's own and are not touched: a correction typed
    by hand outlives an upgrade. Nothing predicts a year.
    """
    off, makeup = chinese_calendar.holidays, chinese_calendar.workdays
    known = {entry.year for entry in years(session)}
    added = sorted({day.year for day in off} - known)
    for year in added:
        session.add(CalendarYear(year=year, notice_number="", taken_in_at=now))
    session.flush()
    for kind, days in ((NoticeKind.OFF, off), (NoticeKind.MAKEUP, makeup)):
        session.add_all(
            CalendarDay(day=day, year=day.year, kind=kind) for day in days if day.year in added
        )
    if added:
        raise_edition(session, Edition.CALENDAR)
    return added


def set_notice_number(
    session: Session, year: int, number: str, actor: Actor, now: datetime
) -> None:
    """Write down the number of a year's notice, which no package carries."""
    entry = session.get(CalendarYear, year)
    if entry is None:
        raise NotFound
    entry.notice_number = number
    audit.record(session, actor, "calendar.notice_number_set", f"calendar:{year}", now)
