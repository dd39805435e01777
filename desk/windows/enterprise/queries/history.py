"""办理历史查询: how many working days the errands of the desk really took, by item."""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.records import Case
from desk.cases.rules.results import Result
from desk.cases.rules.stages import Stage
from desk.windows.enterprise.queries.road import Road
from desk.windows.enterprise.queries.settings import settings
from desk.windows.enterprise.records import Filing
from desk.windows.enterprise.rules.history import LOOK_BACK_DAYS, Pace, Range, by_history, pace
from desk.windows.enterprise.rules.schedule import Almanac
from kernel.calendar.rules import WorkingCalendar
from kernel.clock import town_day
from services_catalog.records import ItemVersion, ServiceItem

#: the newest tell enough
MOST = 2000


def paces(
    session: Session, items: Collection[str], now: datetime, calendar: WorkingCalendar
) -> dict[str, Pace]:
    """Return how long some items take, where enough of them have ended."""
    least = settings(session).least_history
    known = {code: pace(days, least) for code, days in _taken(session, items, now, calendar)}
    return {code: one for code, one in known.items() if one is not None}


def expected(
    session: Session, road: Road, now: datetime, calendar: WorkingCalendar
) -> Range | None:
    """Return between which days a project ends, as far as history tells."""
    left = [one for one in road.rows if not one.facts.is_over]
    known = paces(session, {one.plan.item for one in left}, now, calendar)
    by_key = {one.errand.key: known[one.plan.item] for one in left if one.plan.item in known}
    began, facts = road.project.began_on, [one.facts for one in road.rows]
    return by_history(facts, by_key, began, town_day(now), Almanac(calendar, began))


def _taken(
    session: Session, items: Collection[str], now: datetime, calendar: WorkingCalendar
) -> list[tuple[str, list[int]]]:
    first = now - timedelta(days=LOOK_BACK_DAYS)
    query = (
        sa.select(ServiceItem.code, Case.accepted_at, Case.closed_at)
        .join(ItemVersion, ItemVersion.item_id == ServiceItem.id)
        .join(Case, Case.version_of_item_id == ItemVersion.id)
        .join(Filing, Filing.case_id == Case.id)
        .where(ServiceItem.code.in_(items), Case.closed_at >= first)
        .where(Case.stage == Stage.COMPLETED, Case.accepted_at.is_not(None))
        .where(Case.result.is_distinct_from(Result.DENIED))
        .order_by(Case.closed_at.desc())
        .limit(MOST)
    )
    found: dict[str, list[int]] = {}
    almanac = Almanac(calendar, town_day(first) - timedelta(days=LOOK_BACK_DAYS))
    for code, accepted_at, closed_at in session.execute(query) if items else ():
        took = almanac.between(town_day(accepted_at), town_day(closed_at))
        found.setdefault(code, []).append(took)
    return list(found.items())
