"""放假通知的草稿: enter a notice, give it up, put it in force; the cases are the desk's."""

from collections.abc import Sequence
from datetime import datetime

import chinese_calendar
import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.calendar import queries
from kernel.calendar.records import (
    CalendarDay,
    CalendarDraft,
    CalendarDraftDay,
    CalendarYear,
    NoticeKind,
)
from kernel.calendar.rules.notices import (
    AnotherIsWaiting,
    DraftStage,
    NotADraft,
    NothingToCorrect,
    Notice,
    NoticeSource,
    check_notice,
    first_moved_day,
)
from kernel.editions import Edition, raise_edition

OPEN = (DraftStage.DRAFT, DraftStage.APPLYING)


def enter(
    session: Session,
    notice: Notice,
    source: tuple[NoticeSource, str],
    actor: Actor,
    now: datetime,
) -> CalendarDraft:
    """Keep a notice as a draft; `source` is where it was read, and why it corrects another.

    Raises: NoticeNeedsNumber, CorrectionNeedsReason, NoticeDoubtful, NothingToCorrect,
    AnotherIsWaiting.
    """
    read_from, reason = source
    calendar = queries.working_calendar(session)
    check_notice(notice, read_from, calendar.published, reason)
    after = queries.calendar_with(session, notice)
    if first_moved_day(calendar, after, notice.year) is None:
        raise NothingToCorrect(year=notice.year)
    if any(one.year == notice.year and one.stage in OPEN for one in queries.drafts(session)):
        raise AnotherIsWaiting(year=notice.year)
    entered = CalendarDraft(
        year=notice.year,
        notice_number=notice.number,
        source=read_from,
        reason=reason if notice.year in calendar.published else "",
        stage=DraftStage.DRAFT,
        made_by_id=actor.staff_id,
        made_at=now,
        work_uuid="",
        **dict.fromkeys(("reached_id", "looked_at", "later", "earlier", "confirmed"), 0),
    )
    session.add(entered)
    session.flush()
    session.add_all(
        CalendarDraftDay(draft_id=entered.id, day=day, kind=kind) for day, kind in _days(notice)
    )
    _record(session, entered, "entered", actor, now)
    return entered


def discard(session: Session, entered: CalendarDraft, actor: Actor, now: datetime) -> None:
    """Give a draft up. Raises NotADraft."""
    check_draft(entered)
    entered.stage = DraftStage.DISCARDED
    entered.decided_by_id, entered.decided_at = actor.staff_id, now
    _record(session, entered, "discarded", actor, now)


def put_in_force(session: Session, entered: CalendarDraft, now: datetime) -> None:
    """Let the town's calendar say what an entered notice says; cases follow one by one.

    Raises NotADraft.
    """
    check_draft(entered)
    notice = queries.notice_of(session, entered)
    before, after = queries.working_calendar(session), queries.calendar_with(session, notice)
    entered.moves_from_on = first_moved_day(before, after, entered.year)
    entered.stage = DraftStage.APPLYING
    year = session.get(CalendarYear, entered.year)
    if year is None:
        session.add(CalendarYear(year=entered.year, notice_number="", taken_in_at=now))
        session.flush()
        year = session.get_one(CalendarYear, entered.year)
    year.notice_number, year.taken_in_at = entered.notice_number, now
    days = _days(notice)
    named = CalendarDay.day.in_([day for day, _ in days])
    old = sa.delete(CalendarDay).where((CalendarDay.year == entered.year) | named)
    session.execute(old)
    session.add_all(CalendarDay(day=day, year=entered.year, kind=kind) for day, kind in days)
    raise_edition(session, Edition.CALENDAR)
    actor = Actor(entered.decided_by_id, "")
    _record(session, entered, "put_in_force", actor, now)


def check_draft(entered: CalendarDraft) -> None:
    """Refuse what only a draft allows. Raises NotADraft."""
    if entered.stage is not DraftStage.DRAFT:
        raise NotADraft


def packaged(year: int) -> Notice:
    """Return a year's notice as the `chinesecalendar` package carries it: without its number."""
    off = frozenset(day for day in chinese_calendar.holidays if day.year == year)
    makeup = frozenset(day for day in chinese_calendar.workdays if day.year == year)
    return Notice(year, "", off, makeup)


def packaged_years(session: Session) -> list[int]:
    """Return the years that the package knows and the town's table lacks."""
    known = {entry.year for entry in queries.years(session)}
    return sorted({day.year for day in chinese_calendar.holidays} - known)


def _days(notice: Notice) -> Sequence[tuple[object, NoticeKind]]:
    kinds = ((NoticeKind.OFF, notice.days_off), (NoticeKind.MAKEUP, notice.makeup_days))
    return [(day, kind) for kind, days in kinds for day in sorted(days)]


def _record(
    session: Session, entered: CalendarDraft, verb: str, actor: Actor, now: datetime
) -> None:
    facts = {"draft": entered.id, "number": entered.notice_number, "source": entered.source}
    subject = f"calendar:{entered.year}"
    reason = entered.reason
    audit.record(session, actor, f"calendar.{verb}", subject, now, reason=reason, **facts)
