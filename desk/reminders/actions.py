"""催办的动作: plan what a countdown gives rise to, and tell what is due, once and in time."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from desk.cases.queries.reach import NO_RULES, OwnRules
from desk.cases.records import Countdown
from desk.cases.rules.countdowns import APPLICANTS, COUNTDOWN_NAMES
from desk.cases.rules.notices import short_date
from desk.messages.actions import Promise, queue
from desk.messages.rules.kinds import MessageKind, not_before
from desk.messages.rules.wording import duty_text, late_text, nudge_text, several_text
from desk.reminders.queries.duty import reachable, to_remind
from desk.reminders.queries.nudges import Due, due, in_copy, recipient, to_plan
from desk.reminders.records import Nudge
from desk.reminders.rules.duty import DutyReminder, DutyWord
from desk.reminders.rules.nudges import (
    LATE,
    Term,
    copy_key,
    first_kind,
    planned,
    several_key,
    single_key,
)
from duty_roster.actions.presence import note_missed
from kernel.access import HOUSE
from kernel.audit import actions as audit
from kernel.clock import town_day, town_time
from kernel.database import prebuilt, table_of
from kernel.hall import Hall
from kernel.staff.queries import by_id, mobile_of

_COLUMNS = ("countdown_id", "kind", "due_on", "at")
_PLAN = prebuilt(
    sqlite.insert(table_of(Nudge))
    .values({name: sa.bindparam(name) for name in _COLUMNS})
    .on_conflict_do_nothing(index_elements=["countdown_id", "kind", "due_on"])
)


def plan(session: Session, now: datetime, limit: int) -> int:
    """Plan the nudges of every countdown that turns yellow; return how many countdowns.

    Once for each due day: a day that moves is planned anew. The applicant's own time gives none.
    """
    locked = to_plan(town_day(now)).limit(limit).with_for_update(skip_locked=True)
    found = list(session.scalars(locked))
    rows = [row for one in found if one.kind not in APPLICANTS for row in _rows(one)]
    if rows:
        session.execute(_PLAN, rows)
    for one in found:
        one.nudged_for_on = one.due_on
    return len(found)


def tell(
    session: Session, now: datetime, hall: Hall, limit: int, rules: OwnRules = NO_RULES
) -> int:
    """Tell what is due to whoever it is for; drop what is true no longer; return how many.

    One person gets one text at a time, however much there is to say.
    """
    found = due(session, now, limit)
    theirs: dict[int, list[Due]] = {}
    copies: dict[int, set[int]] = {}
    for one in found:
        one.nudge.settled_at = now
        who = recipient(session, one, now, rules) if one.is_true(now) else None
        if who is not None:
            one.nudge.staff_id = who
            theirs.setdefault(who, []).append(one)
            copies.setdefault(who, set()).update(in_copy(session, one, who, now, rules))
    for staff_id, mine in theirs.items():
        people = (staff_id, *sorted(copies[staff_id]))
        _tell_one(session, people, mine, hall.town.signature, now)
    return len(found)


def tell_of_duty(session: Session, now: datetime, hall: Hall) -> int:
    """Remind whose turn comes soon, and who has not signed in; return how many texts.

    A missed sign-in is noted once, phone or none; the screen tells who has no work phone.
    """
    missed = [
        DutyReminder(DutyWord.MISSED, one.shift, one.person.id) for one in note_missed(session, now)
    ]
    wanted = [*reachable(session, missed), *to_remind(session, now)]
    for told, mobile in wanted:
        day = short_date(told.shift.day)
        wording = partial(duty_text, hall.town.signature, day, told.words)
        queue(session, Promise(told.key, MessageKind.DUTY, mobile, wording), now)
        subject = f"duty_person:{told.person_id}"
        audit.record(session, HOUSE, "duty.reminded", subject, now, about=told.word)
    return len(wanted)


def _tell_one(
    session: Session, people: Sequence[int], mine: Sequence[Due], signature: str, now: datetime
) -> None:
    """Promise one text to somebody who has a work phone, and to who is told in copy.

    The screen tells the others.
    """
    staff_id = people[0]
    key, wording = _text(staff_id, mine, signature, now)
    phones = {who: mobile_of(session, by_id(session, who)) for who in people}
    reached = {who: mobile for who, mobile in phones.items() if mobile}
    for who, mobile in reached.items():
        own_key = key if who == staff_id else copy_key(key, who)
        queue(session, Promise(own_key, MessageKind.NUDGE, mobile, wording), now)
    for one in mine if reached else ():
        one.nudge.message_key = key
    facts = {"number": len(mine), "text": staff_id in reached, "copies": list(people[1:])}
    audit.record(session, HOUSE, "nudge.told", f"staff:{staff_id}", now, **facts)


def _text(
    staff_id: int, mine: Sequence[Due], signature: str, now: datetime
) -> tuple[str, Callable[[str], str]]:
    """Return the key and the wording of one person's text."""
    if len({one.countdown.id for one in mine}) > 1:
        ready_at = town_time(not_before(MessageKind.NUDGE, now))
        return several_key(staff_id, ready_at), partial(several_text, signature)
    one = mine[0]
    kind, due_on = first_kind({each.nudge.kind for each in mine}), one.nudge.due_on
    about = (one.case.number, COUNTDOWN_NAMES[one.countdown.kind])
    day = short_date(due_on, is_provisional=one.countdown.is_provisional)
    wording = late_text if kind in LATE else nudge_text
    return single_key(one.countdown.id, kind, due_on), partial(wording, signature, about, day)


def _rows(one: Countdown) -> list[dict[str, object]]:
    """Return what is planned for a countdown that has a last day."""
    if one.due_on is None or one.yellow_on is None or one.over_at is None:
        return []
    term = Term(town_day(one.starts_at), one.yellow_on, one.due_on, one.over_at)
    whose = {"countdown_id": one.id, "due_on": one.due_on}
    return [{**whose, "kind": kind, "at": at} for kind, at in planned(term).items()]
