"""催办查询: countdowns whose nudges are not planned, nudges that are due, and whether they hold.

Each costs what is due: what has been planned and told stands in no index that is read.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries.reach import NO_RULE, OwnRule, OwnRules, within
from desk.cases.records import Case, Countdown, JointPart, RedAnnulment
from desk.cases.records.countdowns import TO_NUDGE
from desk.messages.rules.delivery import first_key
from desk.messages.rules.kinds import MessageKind, not_before
from desk.reminders.records import Nudge
from desk.reminders.rules.nudges import (
    HANDLERS,
    KEY_WORD,
    LATE,
    Hearer,
    NudgeKind,
    Standing,
    first_to_hear,
    heads_of,
    is_true,
    whole_key,
)
from duty_roster.queries import on_duty
from duty_roster.queries.people import whereabouts
from kernel.clock import town_day
from kernel.staff.queries import actor_of, holding
from kernel.staff.records import Staff
from services_catalog.rules.items import Window

#: what is late for longer stands on the board, which forgets nothing
LATELY = timedelta(days=60)
_TO_DO = sa.text("settled_at IS NULL")
_HANDLES = Staff.id == sa.func.coalesce(JointPart.taken_by_id, Case.handler_id)
_WHOLE = (
    sa.select(Nudge, Countdown, Case, RedAnnulment.countdown_id, JointPart, Staff.disabled_at)
    .join(Countdown, Countdown.id == Nudge.countdown_id)
    .join(Case, Case.id == Countdown.case_id)
    .outerjoin(RedAnnulment, RedAnnulment.countdown_id == Countdown.id)
    .outerjoin(JointPart, JointPart.leg_id == Countdown.leg_id)
    .outerjoin(Staff, _HANDLES)
)


@dataclass(frozen=True, slots=True)
class Due:
    """A nudge with the countdown and case it is about."""

    nudge: Nudge
    countdown: Countdown
    case: Case
    is_annulled: bool
    #: of another window's part of the case
    part: JointPart | None = None
    #: the handler's account is closed: whoever was told speaks for them
    is_orphaned: bool = False

    @property
    def window(self) -> Window:
        """Return the window whose time it is: of an assisting part, the one that was asked."""
        return self.part.window if self.part and self.part.window else self.case.window

    @property
    def handler_id(self) -> int | None:
        """Return whose it is to do: of an assisting part, whoever took it, or nobody yet."""
        if self.part and self.part.window:
            return self.part.taken_by_id
        return self.case.handler_id

    @property
    def stands(self) -> Standing:
        """Return how its countdown stands."""
        of = self.countdown
        return Standing(of.ended_at is None, of.due_on, of.over_at, self.is_annulled)

    def is_true(self, now: datetime) -> bool:
        """Say whether it still says what is so, to whoever it was meant for."""
        one, handler = self.nudge, self.handler_id
        is_theirs = one.kind in LATE or self.is_orphaned or handler is None
        is_theirs = is_theirs or one.staff_id in {None, handler}
        return is_theirs and is_true(one.kind, one.due_on, self.stands, now, town_day(now))


def to_plan(today: date) -> sa.Select[tuple[Countdown]]:
    """Select the countdowns that turn yellow and have no nudges yet for the day they are due."""
    return (
        sa.select(Countdown)
        .where(TO_NUDGE, Countdown.yellow_on <= today)
        .order_by(Countdown.yellow_on, Countdown.id)
    )


def to_tell(now: datetime) -> sa.Select[tuple[int]]:
    """Select the nudges that are due, by id."""
    return sa.select(Nudge.id).where(_TO_DO, Nudge.at <= now).order_by(Nudge.at, Nudge.id)


def is_any_due(session: Session, now: datetime) -> bool:
    """Say whether there is anything for a pass to do."""
    selects = (to_plan(town_day(now)), to_tell(now))
    return any(session.execute(select.limit(1)).first() for select in selects)


def due(session: Session, now: datetime, limit: int) -> list[Due]:
    """Lock the nudges that are due; those another scheduler holds are passed by."""
    locked = to_tell(now).limit(limit).with_for_update(skip_locked=True)
    ids = list(session.scalars(locked))
    return _found(session, Nudge.id.in_(ids)) if ids else []


def is_still_true(session: Session, key: str, now: datetime) -> bool:
    """Say whether the text of a key still says what is so: at least one of its nudges does."""
    whole = Nudge.message_key == whole_key(key)
    return any(one.is_true(now) for one in _found(session, whole))


def cases_nudged_of(session: Session, keys: Collection[str]) -> dict[str, int]:
    """Return what the nudges among some texts are about; one about several names none of them."""
    whole = {key: whole_key(first_key(key)) for key in keys if key.startswith(f"{KEY_WORD}:")}
    if not whole:
        return {}
    query = (
        sa.select(Nudge.message_key, Countdown.case_id)
        .join(Countdown, Countdown.id == Nudge.countdown_id)
        .where(Nudge.message_key.in_(set(whole.values())))
    )
    about = {row[0]: row[1] for row in session.execute(query)}
    return {key: about[told] for key, told in whole.items() if told in about}


def told_to(
    session: Session, staff_id: int, now: datetime, kinds: Collection[NudgeKind] = tuple(NudgeKind)
) -> list[Due]:
    """Return what somebody was told lately and still has to be done, the first due first."""
    since = town_day(now) - LATELY
    mine = (Nudge.staff_id == staff_id, Nudge.due_on >= since, Nudge.kind.in_(kinds))
    running = (Countdown.ended_at.is_(None), Nudge.due_on == Countdown.due_on)
    found = _found(session, sa.and_(*mine, *running))
    return [one for one in found if _is_open(one, now)]


def number_told(session: Session, staff_id: int, now: datetime) -> int:
    """Return of how many countdowns somebody was told that still need them."""
    return len({one.countdown.id for one in told_to(session, staff_id, now)})


def recipient(session: Session, one: Due, now: datetime, rules: OwnRules) -> int | None:
    """Return who is told, by account: the handler, the window's head, the leader on duty.

    The window's head speaks for a handler whose account is closed, and for a part that nobody
    has taken. Whom the window's own rule keeps from the case is passed by.
    """
    own = _own(one, rules)
    in_turn = (
        Hearer(who.id, own is NO_RULE or _may_know(session, one.case, own, who))
        for who in _in_turn(session, one, now)
    )
    return first_to_hear(one.nudge.kind, one.handler_id, in_turn)


def in_copy(
    session: Session, one: Due, told: int, now: datetime, rules: OwnRules
) -> tuple[int, ...]:
    """Return who is told as well, by account: who does the work of a handler that may be away."""
    if one.nudge.kind not in HANDLERS or told != one.handler_id:
        return ()
    others = _own(one, rules).stands_in(session, one.case)
    if not others or whereabouts(session, [told], town_day(now)).get(told):
        return ()
    return tuple(who for who in others if who != told and _account(session, who))


def _is_open(one: Due, now: datetime) -> bool:
    """Say whether a nudge still wants something done: a warning grows into a lateness."""
    kinds = (one.nudge.kind, NudgeKind.ON_THE_DAY, NudgeKind.WINDOW_HEAD)
    today, stands = town_day(now), one.stands
    is_theirs = one.nudge.kind in LATE or one.is_orphaned
    is_theirs = is_theirs or one.handler_id in {None, one.nudge.staff_id}
    return is_theirs and any(is_true(kind, one.nudge.due_on, stands, now, today) for kind in kinds)


def _in_turn(session: Session, one: Due, now: datetime) -> Iterator[Staff]:
    """Yield who could be told, each only when those before could not."""
    kind, handler = one.nudge.kind, one.handler_id
    if kind in HANDLERS and (found := _account(session, handler)):
        yield found
    if kind is NudgeKind.DUTY_LEADER and (found := _leader(session, now)):
        yield found
    for post in heads_of(one.window, kind):
        yield from holding(session, post)


def _own(one: Due, rules: OwnRules) -> OwnRule:
    """Return what a case's window says of it; of another window's part it says nothing."""
    return rules.get(one.window, NO_RULE) if one.window is one.case.window else NO_RULE


def _may_know(session: Session, case: Case, own: OwnRule, who: Staff) -> bool:
    return bool(within(session, [case.id], own.sees(actor_of(session, who.id))))


def _leader(session: Session, now: datetime) -> Staff | None:
    """Return the account of the leader on duty when the text will be read."""
    plate = on_duty(session, not_before(MessageKind.NUDGE, now))
    return _account(session, plate.leader.person.staff_id if plate.leader else None)


def _account(session: Session, staff_id: int | None) -> Staff | None:
    """Return an account that is in use."""
    mine = (Staff.id == staff_id, Staff.disabled_at.is_(None))
    return session.scalar(sa.select(Staff).where(*mine)) if staff_id else None


def _found(session: Session, where: sa.ColumnElement[bool]) -> list[Due]:
    rows = session.execute(_WHOLE.where(where).order_by(Nudge.due_on, Nudge.id))
    return [
        Due(row[0], row[1], row[2], row[3] is not None, row[4], row[5] is not None) for row in rows
    ]
