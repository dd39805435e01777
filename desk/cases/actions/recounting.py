"""复算: derive every stored day anew from its facts, and name what disagrees. Changes nothing."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions.countdowns import columns_of, facts_of, holds_of
from desk.cases.records import Case, Countdown
from desk.cases.rules.countdowns import CountdownKind, dates
from kernel.calendar.rules import WorkingCalendar


def disagreements(session: Session, calendar: WorkingCalendar) -> list[str]:
    """Return what stands otherwise than its facts say: of countdowns, and of their cases."""
    query = sa.select(Countdown, Case).join(Case, Case.id == Countdown.case_id)
    found = session.execute(query.order_by(Countdown.id))
    return [words for one, case in found for words in _of(session, one, case, calendar)]


def _of(
    session: Session, countdown: Countdown, case: Case, calendar: WorkingCalendar
) -> Iterator[str]:
    holds = holds_of(session, countdown.case_id, calendar, countdown.ended_at)
    derived = dates(facts_of(countdown, holds), calendar)
    for name, value in columns_of(derived).items():
        if getattr(countdown, name) != value:
            yield f"countdown {countdown.id} {countdown.kind}: {name}"
    if countdown.kind is CountdownKind.HANDLING and countdown.ended_at is None:
        kept = (case.due_on, case.is_provisional)
        if kept != (derived.due_on, derived.is_provisional):
            yield f"case {case.id}: due_on"
