"""不变式: what is true of every case after every press."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions import countdowns
from desk.cases.records import (
    Approval,
    Case,
    CaseHold,
    Countdown,
    JointPart,
    Leg,
    Paper,
    ReservedNumber,
    Serial,
    TimelineEntry,
)
from desk.cases.rules.approvals import ApprovalKind
from desk.cases.rules.countdowns import LEGS, CountdownKind, dates
from desk.cases.rules.reopening import REOPENABLE
from desk.cases.rules.stages import MOVES, OPEN, Stage
from kernel.audit.queries import first_broken_record
from kernel.calendar.rules import WorkingCalendar

Lights = dict[int, tuple[datetime | None, datetime | None]]
AFTER_THE_END = LEGS | {CountdownKind.DELIVERY}
ACCEPTED = frozenset({Stage.IN_PROGRESS, Stage.ON_HOLD})


def of_a_case(session: Session, case: Case, calendar: WorkingCalendar) -> Iterator[str]:
    """Yield what is wrong with a case."""
    everything = session.scalars(sa.select(Countdown).where(Countdown.case_id == case.id)).all()
    running = [one for one in everything if one.ended_at is None]
    yield from _of_days(session, case, running, calendar)
    kinds = Counter(one.kind for one in running)
    if case.stage in ACCEPTED and (kinds[CountdownKind.HANDLING] != 1 or not case.accepted_at):
        yield "an accepted case without its one countdown"
    if case.stage not in OPEN and set(kinds) - AFTER_THE_END:
        yield "a countdown runs on a case that has ended"
    if (case.stage in OPEN) is not (case.closed_at is None):
        yield "a case is open and ended, or neither"
    yield from _of_parts(session, case, running)
    yield from _of_holds(session, case)
    yield from _of_approvals(session, case)


def _of_days(
    session: Session, case: Case, running: list[Countdown], calendar: WorkingCalendar
) -> Iterator[str]:
    holds = countdowns.holds_of(session, case.id, calendar)
    for one in running:
        derived = dates(countdowns.facts_of(one, holds), calendar)
        kept = {name: getattr(one, name) for name in countdowns.columns_of(derived)}
        if kept != countdowns.columns_of(derived):
            yield "a stored day is not what its facts give"
        shown = countdowns.shown(one.kind, derived)
        if any(getattr(case, name) != value for name, value in shown.items()):
            yield "a case shows another day than its countdown"


def _of_holds(session: Session, case: Case) -> Iterator[str]:
    holds = session.scalars(sa.select(CaseHold).where(CaseHold.case_id == case.id)).all()
    if any(one.ended_on is not None and one.ended_on < one.noticed_on for one in holds):
        yield "a hold ended before it began"
    is_open = any(one.ended_on is None for one in holds)
    if case.stage in ACCEPTED and is_open != (case.stage is Stage.ON_HOLD):
        yield "stage and holds disagree"


def _of_parts(session: Session, case: Case, running: list[Countdown]) -> Iterator[str]:
    """Yield parts of others whose time and whose row disagree, or that outlive their case."""
    mine = sa.select(JointPart).join(Leg, Leg.id == JointPart.leg_id)
    waiting = {
        one.leg_id
        for one in session.scalars(mine.where(Leg.case_id == case.id))
        if one.ended_at is None
    }
    if waiting != {one.leg_id for one in running if one.kind is CountdownKind.ASSIST}:
        yield "a part is waited for whose time is over, or the other way round"
    if waiting and case.stage not in OPEN:
        yield "a part is waited for although its case has ended"


def _of_approvals(session: Session, case: Case) -> Iterator[str]:
    for one in session.scalars(sa.select(Approval).where(Approval.case_id == case.id)):
        decided = (one.decided_by_id, one.decided_at, one.is_granted)
        if any(value is None for value in decided) != all(value is None for value in decided):
            yield "an approval half decided"
        if one.decided_by_id == one.asked_by_id:
            yield "an approval decided by who asked for it"
        if one.used_at is not None and not one.is_granted:
            yield "an approval used that was not granted"
        waits = one.decided_at is None and one.withdrawn_at is None
        if waits and case.stage not in OPEN and one.kind is not ApprovalKind.REOPENING:
            yield "a request waits although its case has ended"


def of_a_move(before: Stage, after: Stage) -> Iterator[str]:
    """Yield what is wrong with a step from one stage to another, or by way of a third."""
    reachable = MOVES[before] | {further for next_ in MOVES[before] for further in MOVES[next_]}
    if before in REOPENABLE:
        reachable = reachable | {Stage.IN_PROGRESS, Stage.EXAMINING}
    if before is Stage.MERGED:
        reachable = reachable | OPEN
    if before is not after and after not in reachable:
        yield f"a case went from {before} to {after}"


def of_lights(seen: Lights, now_seen: Lights) -> Iterator[str]:
    """Yield lights that were recoloured."""
    for number, earlier in seen.items():
        pairs = zip(earlier, now_seen.get(number, (None, None)), strict=True)
        if any(was is not None and was != is_now for was, is_now in pairs):
            yield "a light that had shown was recoloured"


def lights(session: Session, case: Case | None = None) -> Lights:
    """Return the moments of every light that has shown, in a case or in all."""
    query = sa.select(Countdown.id, Countdown.yellow_at, Countdown.red_at)
    rows = session.execute(query.where(Countdown.case_id == case.id) if case else query)
    return {number: (yellow, red) for number, yellow, red in rows}


def history(session: Session, case: Case) -> list[tuple[int, str]]:
    """Return the lines of a case as they stand."""
    mine = sa.select(TimelineEntry.id, TimelineEntry.text).where(TimelineEntry.case_id == case.id)
    return [(number, text) for number, text in session.execute(mine.order_by(TimelineEntry.id))]


def of_the_town(session: Session) -> Iterator[str]:
    """Yield what is wrong with the town as a whole."""
    given = session.scalar(sa.select(sa.func.sum(Serial.last))) or 0
    rows = sum(
        session.scalar(sa.select(sa.func.count()).select_from(one)) or 0 for one in _NUMBERED
    )
    aside = sa.select(sa.func.count()).where(ReservedNumber.case_id.is_(None))
    if given != rows + (session.scalar(aside) or 0):
        yield "a number was given and not used, or used and not given"
    if first_broken_record(session) is not None:
        yield "the audit chain is broken"


_NUMBERED = (Case, Paper)
