"""计时更正: facts of a count that were wrong are put right; what ended by mistake goes on."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions.countdowns import (
    Limits,
    columns_of,
    facts_of,
    holds_of,
    note_lights,
    recount,
    running,
    settings,
)
from desk.cases.records import Case, Countdown, LightThreshold
from desk.cases.rules.countdowns import CountdownKind, Threshold, dates
from kernel.calendar.rules import WorkingCalendar


def correct(
    session: Session,
    case: Case,
    limits: Mapping[CountdownKind, Limits],
    starts: Mapping[CountdownKind, datetime | None],
    when: tuple[datetime, WorkingCalendar],
) -> None:
    """Put the facts of what runs right: limits, start and threshold by kind; then count anew.

    The lights that have shown stay as they were seen: a wrong red is annulled, not recoloured.
    """
    now, calendar = when
    for countdown in running(session, case):
        note_lights(countdown, case.handler_id, now)
        if countdown.kind not in limits:
            continue
        (promised, statutory), starts_at = limits[countdown.kind], starts.get(countdown.kind)
        countdown.promised_amount, countdown.promised_unit = promised.amount, promised.unit
        countdown.statutory_amount, countdown.statutory_unit = statutory.amount, statutory.unit
        countdown.starts_at = starts_at or countdown.starts_at
        threshold = _own_threshold(session, case.item.item_id, countdown.kind)
        countdown.yellow_share, countdown.yellow_days = threshold.share, threshold.days
    session.flush()
    recount(session, case, calendar)


def resume(session: Session, case: Case, ended_at: datetime, calendar: WorkingCalendar) -> None:
    """Let go on what ended at that very moment, as if it had never ended; count anew."""
    mine = (Countdown.case_id == case.id, Countdown.ended_at == ended_at)
    for countdown in session.scalars(sa.select(Countdown).where(*mine)):
        countdown.ended_at = None
    recount(session, case, calendar)


def recount_ended(session: Session, case: Case, calendar: WorkingCalendar) -> None:
    """Derive the days of what has ended anew, after a hold that outlived it was ended."""
    mine = (Countdown.case_id == case.id, Countdown.ended_at.is_not(None))
    for countdown in session.scalars(sa.select(Countdown).where(*mine)):
        holds = holds_of(session, case.id, calendar, countdown.ended_at)
        for name, value in columns_of(dates(facts_of(countdown, holds), calendar)).items():
            setattr(countdown, name, value)


def _own_threshold(session: Session, item_id: int, kind: CountdownKind) -> Threshold:
    town = settings(session)
    own = session.get(LightThreshold, item_id) if kind is CountdownKind.HANDLING else None
    if own:
        return Threshold(own.share, own.days)
    return Threshold(town.yellow_share, town.yellow_days)
