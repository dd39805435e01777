"""统计查询: the cases a sheet counts, as it counts them. Costs what the span holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.board.rules.reports import NOBODY, Counted, Span
from desk.cases.queries.reach import EVERY_CASE, Condition
from desk.cases.queries.searching import follows
from desk.cases.records import Case, Countdown, RedAnnulment
from desk.cases.rules.countdowns import CountdownKind, midnight_after
from kernel.clock import TOWN_TZ
from kernel.staff.queries import names
from kernel.town.records import Village
from services_catalog.records import ItemVersion, ServiceItem
from services_catalog.rules.items import Window

_FACTS = (
    sa.select(
        Case.id,
        Case.window,
        ItemVersion.section,
        ServiceItem.code,
        ItemVersion.title,
        ItemVersion.handling,
        Village.name.label("village"),
        Case.handler_id,
        Case.stage,
        Case.received_at,
        Case.accepted_at,
        Case.closed_at,
    )
    .join(ItemVersion, ItemVersion.id == Case.version_of_item_id)
    .join(ServiceItem, ServiceItem.id == ItemVersion.item_id)
    .outerjoin(Village, Village.id == Case.village_id)
)
_LIMITS = (
    sa.select(
        Countdown.case_id,
        Countdown.due_on,
        Countdown.red_at,
        Countdown.red_handler_id,
        RedAnnulment.countdown_id.label("annulled"),
    )
    .outerjoin(RedAnnulment, RedAnnulment.countdown_id == Countdown.id)
    .where(Countdown.kind == CountdownKind.HANDLING)
    .order_by(Countdown.id)
)


@dataclass(slots=True)
class _Limit:
    """How a case stood to its limits: the last day counts, and any red."""

    due_on: date | None = None
    is_late: bool = False
    late_handler: int | None = None


def counted(
    session: Session, span: Span, windows: list[Window], reach: Condition = EVERY_CASE
) -> list[Counted]:
    """Return every case of these windows that was received, accepted or closed in a span.

    The town's own sheet counts them all; a report counts what its reader may see.
    """
    touched = _touched(span)
    limits = _limits(session, touched)
    known = names(session)
    query = _FACTS.where(Case.id.in_(touched), follows(Case.window).in_(windows), reach)
    return [_of(row, limits.get(row.id, _Limit()), known) for row in session.execute(query)]


def _touched(span: Span) -> sa.Select[tuple[int]]:
    """Select the ids: three ranges of three indexes."""
    first = datetime.combine(span.first, time(0), TOWN_TZ)
    after = midnight_after(span.last)
    moments = (Case.received_at, Case.accepted_at, Case.closed_at)
    ranges = [sa.select(Case.id).where(at >= first, at < after) for at in moments]
    return sa.select(sa.union(*ranges).subquery())


def _limits(session: Session, touched: sa.Select[tuple[int]]) -> dict[int, _Limit]:
    found: dict[int, _Limit] = {}
    for row in session.execute(_LIMITS.where(Countdown.case_id.in_(touched))):
        limit = found.setdefault(row.case_id, _Limit())
        limit.due_on = row.due_on
        if row.red_at and row.annulled is None:
            limit.is_late, limit.late_handler = True, row.red_handler_id
    return found


def _of(row: sa.Row[Any], limit: _Limit, known: dict[int, str]) -> Counted:
    return Counted(
        case_id=row.id,
        window=row.window,
        section=row.section,
        item_code=row.code,
        item=row.title,
        handling=row.handling,
        village=row.village or "",
        clerk=known.get(row.handler_id, NOBODY),
        stage=row.stage,
        received_at=row.received_at,
        accepted_at=row.accepted_at,
        closed_at=row.closed_at,
        due_on=limit.due_on,
        is_late=limit.is_late,
        late_clerk=known.get(limit.late_handler, "") if limit.late_handler else "",
    )


def by_ids(session: Session, ids: list[int]) -> list[Case]:
    """Return cases in the order of their ids given."""
    found = {case.id: case for case in _cases(session, ids)}
    return [found[one] for one in ids]


def _cases(session: Session, ids: list[int]) -> Iterator[Case]:
    if ids:
        yield from session.scalars(sa.select(Case).where(Case.id.in_(ids)))
