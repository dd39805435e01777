"""节假日查询: questions about the calendar."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.calendar.records import CalendarDay, CalendarYear, NoticeKind
from kernel.calendar.rules import WorkingCalendar


def working_calendar(session: Session) -> WorkingCalendar:
    """Return every notice the town has taken in, as one value."""
    published = frozenset(session.scalars(sa.select(CalendarYear.year)))
    days = session.execute(sa.select(CalendarDay.day, CalendarDay.kind)).all()
    return WorkingCalendar(
        published=published,
        days_off=frozenset(day for day, kind in days if kind == NoticeKind.OFF),
        makeup_days=frozenset(day for day, kind in days if kind == NoticeKind.MAKEUP),
    )


def years(session: Session) -> list[CalendarYear]:
    """Return the years taken in, the newest first."""
    return list(session.scalars(sa.select(CalendarYear).order_by(CalendarYear.year.desc())))


def days_by_year(session: Session) -> dict[int, list[CalendarDay]]:
    """Return the days each notice moves, in order."""
    found: dict[int, list[CalendarDay]] = {}
    for day in session.scalars(sa.select(CalendarDay).order_by(CalendarDay.day)):
        found.setdefault(day.year, []).append(day)
    return found
