"""不计时查询: holds that may hide lateness: begun at the last moment, repeated, or overrun."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.board.rules.reports import Span, is_last_tenth
from desk.cases.queries.reach import EVERY_CASE, Condition
from desk.cases.queries.searching import follows
from desk.cases.records import Case, CaseHold, Countdown, HoldType
from desk.cases.rules.countdowns import HELD, Facts, capped, dates
from kernel.calendar.rules import WorkingCalendar
from services_catalog.rules.items import Window

_HOLDS = (
    sa.select(CaseHold, Case, HoldType.name)
    .join(Case, Case.id == CaseHold.case_id)
    .join(HoldType, HoldType.id == CaseHold.hold_type_id)
)


@dataclass(frozen=True, slots=True)
class Held:
    """A hold, its case, its type; where that is asked, counted days in all and left."""

    hold: CaseHold
    case: Case
    type_name: str
    total: int = 0
    left: int = 0


def begun_late(
    session: Session,
    span: Span,
    windows: list[Window],
    calendar: WorkingCalendar,
    reach: Condition = EVERY_CASE,
) -> list[Held]:
    """Return the holds begun in a span when no more than a tenth of the time was left."""
    found = []
    for held in _begun(session, span, windows, reach):
        days = _counted_days(session, held, calendar)
        left = sum(day > held.hold.noticed_on for day in days)
        if days and is_last_tenth(len(days), left):
            found.append(replace(held, total=len(days), left=left))
    return found


def held_twice(
    session: Session, span: Span, windows: list[Window], reach: Condition = EVERY_CASE
) -> list[Held]:
    """Return the holds of cases that had one begun in a span, and more than one in all."""
    begun = sa.select(CaseHold.case_id).where(CaseHold.noticed_on.between(span.first, span.last))
    twice = (
        sa.select(CaseHold.case_id)
        .where(CaseHold.case_id.in_(begun))
        .group_by(CaseHold.case_id)
        .having(sa.func.count() > 1)
    )
    query = _HOLDS.where(CaseHold.case_id.in_(twice), follows(Case.window).in_(windows), reach)
    ordered = query.order_by(CaseHold.case_id, CaseHold.noticed_on)
    return [Held(*row) for row in session.execute(ordered)]


def overrun(
    session: Session, windows: list[Window], today: date, reach: Condition = EVERY_CASE
) -> list[Held]:
    """Return the open holds that were to have ended before today."""
    mine = (CaseHold.ended_on.is_(None), CaseHold.expected_end_on < today)
    query = _HOLDS.where(*mine, follows(Case.window).in_(windows), reach)
    return [Held(*row) for row in session.execute(query.order_by(CaseHold.expected_end_on))]


def _begun(session: Session, span: Span, windows: list[Window], reach: Condition) -> Iterator[Held]:
    mine = (CaseHold.noticed_on.between(span.first, span.last), follows(Case.window).in_(windows))
    query = _HOLDS.where(*mine, reach).order_by(CaseHold.noticed_on)
    for row in session.execute(query).all():
        yield Held(*row)


def _counted_days(session: Session, held: Held, calendar: WorkingCalendar) -> list[date]:
    """Return the days that counted, or would have, as things stood before this hold."""
    of_case = sa.select(Countdown).where(
        Countdown.case_id == held.case.id, Countdown.kind.in_(HELD)
    )
    newest = session.scalar(of_case.order_by(Countdown.id.desc()).limit(1))
    if newest is None:
        return []
    earlier = sa.select(CaseHold).where(
        CaseHold.case_id == held.case.id, CaseHold.id < held.hold.id
    )
    holds = [
        capped(one.noticed_on, one.ended_on, one.cap_days, calendar)
        for one in session.scalars(earlier)
    ]
    facts = Facts(newest.kind, newest.starts_at, newest.promised, newest.statutory, holds=holds)
    binding = dates(facts, calendar).due.binding
    return [step.day for step in binding.steps if step.counts] if binding else []
