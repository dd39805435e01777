"""应用放假通知: rewrite what a notice moves, some countdowns at a time, and tell of each.

Whoever is killed in the middle goes on where the last transaction ended; nothing is told twice.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from operator import attrgetter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions.countdowns import columns_of, note_lights, shown
from desk.cases.actions.reaching import reach
from desk.cases.queries import calendar_moves as queries
from desk.cases.queries import people_of
from desk.cases.queries.calendar_moves import Moving
from desk.cases.queries.lights import about_to_redden, about_to_yellow
from desk.cases.records import Case, Countdown, TimelineEntry
from desk.cases.rules.calendar_changes import (
    APPLY_TITLE,
    AlreadyOrdered,
    Derivation,
    Direction,
    change_line,
    notice_words,
    tally,
)
from desk.cases.rules.countdowns import Dates
from desk.cases.rules.notices import short_date
from desk.messages.actions import Promise, queue_all
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.wording import moved_text
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.calendar.actions.drafts import check_draft
from kernel.calendar.records import CalendarDraft
from kernel.calendar.rules.notices import DraftStage
from kernel.clock import town_day
from kernel.database import table_of, write_many
from kernel.work import actions as works
from kernel.work.queries import by_uuid
from kernel.work.records import LongWork
from kernel.work.rules import OPEN

KIND = "cases.calendar"
_COUNTDOWN, _CASE = table_of(Countdown), table_of(Case)
_REWRITE = sa.update(_COUNTDOWN).where(_COUNTDOWN.c.id == sa.bindparam("mine"))
_SHOW = (
    sa.update(_CASE).where(_CASE.c.id == sa.bindparam("mine")).values(version=_CASE.c.version + 1)
)
_WRITE_LINE = sa.insert(table_of(TimelineEntry)).inline()


def order(session: Session, entered: CalendarDraft, actor: Actor, now: datetime) -> LongWork:
    """Ask for a notice to be applied, as long work. Raises NotADraft, AlreadyOrdered."""
    check_draft(entered)
    refuse_while_being_done(session, entered)
    entered.decided_by_id, entered.decided_at = actor.staff_id, now
    facts = {"draft": entered.id}
    audit.record(session, actor, "calendar.ordered", f"calendar:{entered.year}", now, **facts)
    return ask(session, entered, actor, now)


def ask(session: Session, entered: CalendarDraft, actor: Actor, now: datetime) -> LongWork:
    """Ask for the work itself, at first or again after its worker was gone."""
    title = APPLY_TITLE.format(year=entered.year)
    work = works.ask(session, KIND, title, {"draft": entered.id}, (actor, now))
    entered.work_uuid = work.uuid
    return work


def is_being_done(session: Session, entered: CalendarDraft) -> bool:
    """Say whether somebody is at it, or it waits in the line."""
    return bool(entered.work_uuid) and by_uuid(session, entered.work_uuid).progress in OPEN


def refuse_while_being_done(session: Session, entered: CalendarDraft) -> None:
    """Refuse a second press on a notice that is on its way. Raises AlreadyOrdered."""
    if is_being_done(session, entered):
        raise AlreadyOrdered


def rewrite(
    session: Session,
    entered: CalendarDraft,
    ids: Sequence[int],
    by: tuple[Derivation, str],
    now: datetime,
) -> None:
    """Rewrite some countdowns as the calendar in force has them; `by` is (it, the signature)."""
    derivation, signature = by
    _note_lights(session, ids, now)
    found = queries.moving(session, queries.rows(session, ids), derivation)
    _write_days(session, [one for one in found if one.change.printed is None])
    changes = {id(one.change): one.change for one in found}
    visible, told = (
        {alike for alike, change in changes.items() if is_so(change)}
        for is_so in (attrgetter("direction"), attrgetter("tells_applicant"))
    )
    seen = [one for one in found if id(one.change) in visible]
    _write_lines(session, entered, seen, now)
    _tell(session, entered, [one for one in seen if id(one.change) in told], signature, now)
    _count(entered, seen)
    entered.reached_id, entered.looked_at = ids[-1], entered.looked_at + len(ids)
    if found:
        facts = {"draft": entered.id, "cases": sorted({one.row.case_id for one in found})}
        subject = f"calendar:{entered.year}"
        actor = Actor(entered.decided_by_id, "")
        audit.record(session, actor, "calendar.cases_rewritten", subject, now, **facts)


def finish(session: Session, entered: CalendarDraft, now: datetime) -> None:
    """Say that every case has followed."""
    entered.stage, entered.ended_at = DraftStage.APPLIED, now
    facts = {"later": entered.later, "earlier": entered.earlier, "confirmed": entered.confirmed}
    actor, subject = Actor(entered.decided_by_id, ""), f"calendar:{entered.year}"
    audit.record(session, actor, "calendar.applied", subject, now, draft=entered.id, **facts)


def _note_lights(session: Session, ids: Sequence[int], now: datetime) -> None:
    """Write down the lights that have shown: no notice recolours them."""
    mine = Countdown.id.between(ids[0], ids[-1])
    for coming in (about_to_redden(now), about_to_yellow(town_day(now))):
        for countdown, handler_id in session.execute(coming.where(mine)):
            note_lights(countdown, handler_id, now)
    session.flush()


def _write_days(session: Session, found: Sequence[Moving]) -> None:
    if not found:
        return
    alike = {id(one.derived): one for one in found}
    days = {which: columns_of(one.derived) for which, one in alike.items()}
    lines = [{"mine": one.row.id, **days[id(one.derived)]} for one in found]
    write_many(session, _REWRITE, lines)
    shows = {which: shown(one.row.kind, one.derived) for which, one in alike.items()}
    by_day = defaultdict(list)
    for one in found:
        if columns := shows[id(one.derived)]:
            by_day[one.row.kind].append({"mine": one.row.case_id, **columns})
    for rows in by_day.values():
        write_many(session, _SHOW, rows)
    session.expire_all()


def _write_lines(
    session: Session, entered: CalendarDraft, seen: Sequence[Moving], now: datetime
) -> None:
    what = notice_words(entered.year, entered.notice_number, is_correction=bool(entered.reason))
    # those that are alike share one change: it is put into words once
    changes = {id(one.change): one.change for one in seen}
    texts = {alike: change_line(change, what) for alike, change in changes.items()}
    lines = [{"case_id": one.row.case_id, "text": texts[id(one.change)]} for one in seen]
    by = entered.decided_by_id
    write_many(session, _WRITE_LINE, lines, at=now, is_public=True, actor_id=by)


def _tell(
    session: Session,
    entered: CalendarDraft,
    moved: Sequence[Moving],
    signature: str,
    now: datetime,
) -> None:
    """Promise a text about each moved promise: at once to a mobile of the case's own, else as ever.

    Who named a contact, or has no mobile, is told as of every other step.
    """
    phones = queries.own_mobiles(session, [one.row.case_id for one in moved])
    promises: list[Promise] = []
    days = {id(one.derived): one.derived for one in moved}
    texts = {alike: _due_text(derived) for alike, derived in days.items()}
    for one in moved:
        key = f"case:{one.row.case_id}:{MessageKind.MOVED}:notice{entered.id}"
        wording = partial(moved_text, signature, one.row.number, texts[id(one.derived)])
        if phone := phones.get(one.row.case_id):
            promises.append(Promise(key, MessageKind.MOVED, phone, wording))
        else:
            case = session.get_one(Case, one.row.case_id)
            what = (MessageKind.MOVED, key, wording)
            reach(session, case, people_of(session, case), what, now)
    queue_all(session, promises, now)


def _due_text(derived: Dates) -> str:
    day = derived.due_on
    return short_date(day, is_provisional=derived.is_provisional) if day else ""


def _count(entered: CalendarDraft, seen: Sequence[Moving]) -> None:
    counted = tally([one.change for one in seen])
    entered.later += counted[Direction.LATER]
    entered.earlier += counted[Direction.EARLIER]
    entered.confirmed += counted[Direction.CONFIRMED]
