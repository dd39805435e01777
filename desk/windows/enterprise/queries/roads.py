"""项目进度查询: projects with everything that follows from their errands, in few queries.

However many projects there are, the number of queries is the same, and only what is asked for
is read: an archive costs nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries.lights import lights_of
from desk.cases.records import Case, CaseHold
from desk.cases.rules.countdowns import capped
from desk.cases.rules.deadlines import Hold
from desk.cases.rules.lights import Light
from desk.cases.rules.results import Result
from desk.cases.rules.stages import OPEN, Stage
from desk.windows.enterprise.queries.enterprises import kept_by
from desk.windows.enterprise.queries.obstacles import open_by_project
from desk.windows.enterprise.queries.projects import errands, filed
from desk.windows.enterprise.queries.road import ErrandRow, Road
from desk.windows.enterprise.queries.roadmaps import planned
from desk.windows.enterprise.records import Enterprise, Obstacle, Project, ProjectErrand
from desk.windows.enterprise.rules.dossier import Kept, Wanted, lacking
from desk.windows.enterprise.rules.projects import Turn, turn_of
from desk.windows.enterprise.rules.roadmaps import PlannedErrand
from desk.windows.enterprise.rules.schedule import (
    Almanac,
    ErrandFacts,
    Forecast,
    schedule,
)
from kernel.calendar.rules import WorkingCalendar
from kernel.clock import town_day
from services_catalog import queries as catalogue
from services_catalog.queries import Listed
from services_catalog.records import Material
from services_catalog.rules.items import Handling
from services_catalog.rules.limits import NO_LIMIT

#: how a case ends that brings its errand no further
FAILED = frozenset({Result.DENIED})


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read for all projects at once."""

    plans: dict[int, list[PlannedErrand]]
    cases: dict[int, Case]
    holds: dict[int, tuple[Hold, ...]]
    lights: dict[int, Light]
    items: dict[str, Listed]
    wanted: dict[int, list[Wanted]]
    kept: dict[int, list[Kept]]
    obstacles: dict[int, tuple[Obstacle, ...]]
    today: date
    almanac: Almanac


def roads(
    session: Session, found: Sequence[Project], now: datetime, calendar: WorkingCalendar
) -> list[Road]:
    """Return projects on their roads, as of now."""
    if not found:
        return []
    mine: dict[int, list[ProjectErrand]] = {one.id: [] for one in found}
    for errand in errands(session, list(mine)):
        mine[errand.project_id].append(errand)
    bodies = {one.enterprise_id for one in found}
    query = sa.select(Enterprise).where(Enterprise.id.in_(bodies))
    named = {one.id: one for one in session.scalars(query)}
    known = _known(session, found, mine, now, calendar)
    return [_road(one, named[one.enterprise_id], mine[one.id], known) for one in found]


def _known(
    session: Session,
    found: Sequence[Project],
    mine: Mapping[int, Sequence[ProjectErrand]],
    now: datetime,
    calendar: WorkingCalendar,
) -> _Known:
    maps = {one.map_id for rows in mine.values() for one in rows}
    plans, cases = planned(session, maps), filed(session, list(mine))
    ids = [one.id for one in cases.values() if one.stage in OPEN]
    codes = sorted({one.item for rows in plans.values() for one in rows})
    items = {one.code: one for one in catalogue.by_codes(session, codes)}
    today = town_day(now)
    return _Known(
        plans=plans,
        cases=cases,
        holds=_holds(session, ids, calendar),
        lights=lights_of(session, ids, now, today),
        items=items,
        wanted=wanted_by(session, [one.version_id for one in items.values()]),
        kept=kept_by(session, {one.enterprise_id for one in found}),
        obstacles=open_by_project(session, list(mine)),
        today=today,
        almanac=Almanac(calendar, min(one.began_on for one in found)),
    )


def _holds(
    session: Session, case_ids: Sequence[int], calendar: WorkingCalendar
) -> dict[int, tuple[Hold, ...]]:
    found: dict[int, tuple[Hold, ...]] = {}
    query = sa.select(CaseHold).where(CaseHold.case_id.in_(case_ids)).order_by(CaseHold.id)
    for one in session.scalars(query) if case_ids else ():
        held = capped(one.noticed_on, one.ended_on, one.cap_days, calendar)
        found[one.case_id] = (*found.get(one.case_id, ()), held)
    return found


def wanted_by(session: Session, version_ids: Sequence[int]) -> dict[int, list[Wanted]]:
    """Return the papers that some versions of items ask for, in their order."""
    query = sa.select(Material).where(Material.version_id.in_(version_ids))
    found: dict[int, list[Wanted]] = {}
    ordered = query.order_by(Material.version_id, Material.position)
    for one in session.scalars(ordered) if version_ids else ():
        found.setdefault(one.version_id, []).append(Wanted(one.name, one.copies))
    return found


def _road(
    project: Project, enterprise: Enterprise, mine: Sequence[ProjectErrand], known: _Known
) -> Road:
    ordered = _ordered(project, mine, known)
    facts = {one.key: _facts(one, plan, known) for one, plan in ordered}
    reckoned = schedule(list(facts.values()), project.began_on, known.today, known.almanac)
    kept = known.kept.get(enterprise.id, [])
    rows = [
        _row((one, plan), facts[one.key], reckoned.errands[one.key], kept, known)
        for one, plan in ordered
    ]
    return Road(project, enterprise, tuple(rows), reckoned, known.obstacles.get(project.id, ()))


def _ordered(
    project: Project, mine: Sequence[ProjectErrand], known: _Known
) -> list[tuple[ProjectErrand, PlannedErrand]]:
    """Return the errands as the road map has them; those of an older edition come last."""
    plans = {map_id: {one.key: one for one in rows} for map_id, rows in known.plans.items()}
    places = {one.key: place for place, one in enumerate(known.plans[project.map_id])}
    found = [(one, plans[one.map_id][one.key]) for one in mine]
    return sorted(found, key=lambda pair: places.get(pair[0].key, len(places)))


def _facts(one: ProjectErrand, plan: PlannedErrand, known: _Known) -> ErrandFacts:
    case, item = known.cases.get(one.id), known.items.get(plan.item)
    facts = ErrandFacts(
        key=one.key,
        limit=item.promised if item else NO_LIMIT,
        needs=plan.needs,
        preparation_days=plan.preparation_days,
        is_skipped=bool(one.skip_reason),
    )
    if case is None or (case.stage not in OPEN and not is_success(case)):
        return facts
    # what no body has accepted yet begins to count today at the earliest
    begun = town_day(case.accepted_at) if case.accepted_at else known.today
    done = town_day(case.closed_at) if case.closed_at else None
    limit = case.item.promised
    return replace(
        facts, limit=limit, begun_on=begun, done_on=done, holds=known.holds.get(case.id, ())
    )


def is_success(case: Case) -> bool:
    """Say whether a case ended so that its errand is done."""
    return case.stage is Stage.COMPLETED and case.result not in FAILED


def _row(
    pair: tuple[ProjectErrand, PlannedErrand],
    facts: ErrandFacts,
    forecast: Forecast,
    kept: Sequence[Kept],
    known: _Known,
) -> ErrandRow:
    one, plan = pair
    item, case = known.items.get(plan.item), known.cases.get(one.id)
    lacks = lacking(known.wanted.get(item.version_id, ()), kept, known.today) if item else []
    stage = case.stage if case and case.stage in OPEN else None
    handling = item.handling if item else Handling.CARRIED
    blocking = _blocking(one, facts, known)
    waits = facts.is_over or (blocking and stage is None)
    turn = Turn.NOBODY if waits else turn_of(forecast, stage, handling, len(lacks))
    light = known.lights.get(case.id) if case else None
    return ErrandRow(
        one, plan, item, case, facts, forecast, light, tuple(lacks), turn, obstacles=blocking
    )


def _blocking(one: ProjectErrand, facts: ErrandFacts, known: _Known) -> tuple[Obstacle, ...]:
    if facts.is_over:
        return ()
    mine = known.obstacles.get(one.project_id, ())
    return tuple(each for each in mine if each.errand_key == one.key)
