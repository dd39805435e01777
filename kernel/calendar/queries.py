"""节假日查询: questions about the calendar."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.calendar.records import (
    CalendarDay,
    CalendarDraft,
    CalendarDraftDay,
    CalendarYear,
    NoticeKind,
    OpeningException,
    OpeningWeek,
)
from kernel.calendar.rules import WorkingCalendar
from kernel.calendar.rules.notices import DraftStage, Notice, with_notice
from kernel.calendar.rules.opening import Opening, OpeningDays
from kernel.errors import NotFound

MOST_DRAFTS = 30


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


def drafts(session: Session) -> list[CalendarDraft]:
    """Return the notices that were entered, the newest first."""
    newest = sa.select(CalendarDraft).order_by(CalendarDraft.id.desc()).limit(MOST_DRAFTS)
    return list(session.scalars(newest))


def draft(session: Session, draft_id: int, *, locked: bool = False) -> CalendarDraft:
    """Return a notice that was entered, locked where it is about to change. Raises NotFound."""
    query = sa.select(CalendarDraft).where(CalendarDraft.id == draft_id)
    found = session.scalar(query.with_for_update() if locked else query)
    if found is None:
        raise NotFound
    return found


def being_applied(session: Session) -> list[CalendarDraft]:
    """Return the notices that are in force while cases still wait to be rewritten."""
    query = sa.select(CalendarDraft).where(CalendarDraft.stage == DraftStage.APPLYING)
    return list(session.scalars(query.order_by(CalendarDraft.id)))


def notice_of(session: Session, entered: CalendarDraft) -> Notice:
    """Return what an entered notice says."""
    mine = CalendarDraftDay.draft_id == entered.id
    days = session.execute(sa.select(CalendarDraftDay.day, CalendarDraftDay.kind).where(mine)).all()
    return Notice(
        entered.year,
        entered.notice_number,
        frozenset(day for day, kind in days if kind == NoticeKind.OFF),
        frozenset(day for day, kind in days if kind == NoticeKind.MAKEUP),
    )


def calendar_with(session: Session, notice: Notice) -> WorkingCalendar:
    """Return the working calendar as it would be with a notice in force."""
    of_year = sa.select(CalendarDay.day).where(CalendarDay.year == notice.year)
    replaced = frozenset(session.scalars(of_year))
    return with_notice(working_calendar(session), notice, replaced)


def calendar_before(session: Session, entered: CalendarDraft, packaged: Notice) -> WorkingCalendar:
    """Return the calendar as it was before an entered notice, in force by now or not.

    Before a correction the notice stood that was applied last; where none was ever entered, what
    the town was founded with: `packaged`.
    """
    now = working_calendar(session)
    if entered.stage is DraftStage.DRAFT:
        return now
    notice = notice_of(session, entered)
    before = WorkingCalendar(
        now.published - {entered.year},
        now.days_off - notice.days_off,
        now.makeup_days - notice.makeup_days,
    )
    if not entered.reason:
        return before
    return with_notice(before, _applied_before(session, entered) or packaged, frozenset())


def _applied_before(session: Session, entered: CalendarDraft) -> Notice | None:
    mine = (CalendarDraft.year == entered.year, CalendarDraft.stage == DraftStage.APPLIED)
    query = sa.select(CalendarDraft).where(*mine, CalendarDraft.id < entered.id)
    former = session.scalar(query.order_by(CalendarDraft.id.desc()).limit(1))
    return notice_of(session, former) if former else None


def opening_days(session: Session) -> OpeningDays:
    """Return on which days the hall is open, as one value."""
    week = session.scalar(sa.select(OpeningWeek.weekdays)) or ""
    return OpeningDays(
        frozenset(int(digit) for digit in week),
        {
            one.day: Opening(one.is_open, one.hours, one.note)
            for one in session.scalars(sa.select(OpeningException))
        },
    )
