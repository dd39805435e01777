"""环节查询: the legs begun in a span of days, each with the days it took."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.board.rules.legs import Walked
from desk.board.rules.reports import Span
from desk.cases.queries.reach import Condition
from desk.cases.queries.searching import follows
from desk.cases.records import Case, Countdown, Leg, RedAnnulment
from desk.cases.rules.countdowns import midnight_after
from desk.cases.rules.legs import Stretch, days_taken
from kernel.calendar.rules import WorkingCalendar
from kernel.clock import TOWN_TZ
from services_catalog.rules.items import Window


@dataclass(frozen=True, slots=True)
class LegOf:
    """A leg with its case and its time."""

    leg: Leg
    countdown: Countdown
    case: Case
    walked: Walked


def begun(
    session: Session,
    span: Span,
    among: tuple[list[Window], Condition],
    now: datetime,
    calendar: WorkingCalendar,
) -> list[LegOf]:
    """Return the legs begun in a span, of cases `among` some windows and within some reach."""
    windows, reach = among
    first = datetime.combine(span.first, time(0), TOWN_TZ)
    query = (
        sa.select(Leg, Countdown, Case, RedAnnulment.countdown_id)
        .join(Countdown, sa.and_(Countdown.case_id == Leg.case_id, Countdown.leg_id == Leg.id))
        .join(Case, Case.id == Leg.case_id)
        .outerjoin(RedAnnulment, RedAnnulment.countdown_id == Countdown.id)
        .where(Leg.begun_at >= first, Leg.begun_at < midnight_after(span.last))
        .where(follows(Case.window).in_(windows), reach)
        .order_by(Leg.begun_at)
    )
    return [_of(row, now, calendar) for row in session.execute(query)]


def _of(row: sa.Row[Any], now: datetime, calendar: WorkingCalendar) -> LegOf:
    leg, countdown, case, annulled = row
    until = countdown.ended_at or now
    taken = days_taken(countdown.starts_at, until, calendar)
    is_over = countdown.over_at is not None and countdown.over_at <= until
    walked = Walked(
        leg.kind,
        Stretch(leg.from_body, countdown.promised_amount, taken),
        is_late=annulled is None and (countdown.red_at is not None or is_over),
        is_open=countdown.ended_at is None,
    )
    return LegOf(leg, countdown, case, walked)
