"""投资项目的动作: draw one up, file its errands, leave one out, move it to another road map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from desk.windows.enterprise.actions.standings import forget
from desk.windows.enterprise.queries.projects import (
    errands,
    filed,
)
from desk.windows.enterprise.queries.road import Road
from desk.windows.enterprise.queries.roadmaps import planned
from desk.windows.enterprise.records import (
    Enterprise,
    Project,
    ProjectErrand,
    RoadMap,
)
from desk.windows.enterprise.rules.projects import (
    ErrandBegun,
    ProjectOver,
    SameDeputy,
    SkipNeedsReason,
)
from desk.windows.enterprise.rules.roadmaps import Difference, difference
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.clock import town_day
from kernel.errors import Conflict


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What an enterprise wants to build, and who walks it through."""

    name: str
    industry: str
    investment_fen: int
    land_area: int
    agent_id: int
    deputy_id: int | None
    target_on: date | None


def draw_up(
    session: Session,
    of: Enterprise,
    told: Undertaking,
    road_map: RoadMap,
    actor: Actor,
    now: datetime,
) -> Project:
    """Begin a project by an edition of a road map. Raises SameDeputy."""
    if told.deputy_id == told.agent_id:
        raise SameDeputy
    row = Project(
        enterprise_id=of.id,
        map_id=road_map.id,
        name=told.name,
        industry=told.industry,
        investment_fen=told.investment_fen,
        land_area=told.land_area,
        agent_id=told.agent_id,
        deputy_id=told.deputy_id,
        began_on=town_day(now),
        target_on=told.target_on,
        made_at=now,
    )
    session.add(row)
    session.flush()
    _add_errands(session, row, [one.key for one in planned(session, [road_map.id])[road_map.id]])
    audit.record(session, actor, "project.drawn_up", _subject(row), now, map=road_map.id)
    return row


def give_to(
    session: Session,
    of: Project,
    agents: tuple[int, int | None, date | None],
    actor: Actor,
    now: datetime,
) -> None:
    """Let others walk a project, by another day: (agent, deputy, target). Raises SameDeputy."""
    agent_id, deputy_id, target_on = agents
    if agent_id == deputy_id:
        raise SameDeputy
    of.agent_id, of.deputy_id, of.target_on = agent_id, deputy_id, target_on
    session.flush()
    facts = {"agent": agent_id, "deputy": deputy_id}
    audit.record(session, actor, "project.given", _subject(of), now, **facts)


def leave_out(
    session: Session, road: Road, errand: ProjectErrand, reason: str, actor: Actor, now: datetime
) -> None:
    """Say that a project does not need an errand; without a reason: that it does after all.

    Raises: ProjectOver, ErrandBegun, SkipNeedsReason.
    """
    of, row = road.project, road.row(errand.key)
    if of.archived_at is not None:
        raise ProjectOver
    if row.case is not None and (row.is_open or row.facts.is_over):
        raise ErrandBegun(title=row.title, number=row.case.number)
    if not errand.skip_reason and not reason:
        raise SkipNeedsReason
    errand.skip_reason = "" if errand.skip_reason else reason
    session.flush()
    forget(session, Project.id == of.id)
    facts = {"key": errand.key, "reason": errand.skip_reason}
    audit.record(session, actor, "errand.left_out", _subject(of), now, **facts)


def moving(session: Session, of: Project, to: RoadMap) -> Difference:
    """Return what moving a project to another edition would do, and change nothing.

    Every errand is compared as the edition has it that it is walked by: one begun may be on an
    older edition than its project.
    """
    if to.id == of.map_id:
        return Difference()
    mine = errands(session, [of.id])
    plans = planned(session, {to.id, *(one.map_id for one in mine)})
    by_key = {map_id: {one.key: one for one in rows} for map_id, rows in plans.items()}
    walked = [by_key[one.map_id][one.key] for one in mine]
    return difference(walked, plans[to.id], _begun(session, of))


def move(
    session: Session, of: Project, to: RoadMap, version: int, actor: Actor, now: datetime
) -> None:
    """Move a running project to another edition; what was begun is walked to its end.

    Raises: ProjectOver, Conflict.
    """
    if of.archived_at is not None:
        raise ProjectOver
    if of.version != version:
        raise Conflict
    found, known = moving(session, of, to), {one.key: one for one in errands(session, [of.id])}
    for key in found.dropped:
        session.delete(known.pop(key))
    of.map_id = to.id
    begun = _begun(session, of)
    for key, row in known.items():
        if key not in found.kept_beside and not (key in found.changed and key in begun):
            row.map_id = to.id
    session.flush()
    _add_errands(session, of, found.added)
    forget(session, Project.id == of.id)
    audit.record(session, actor, "project.moved", _subject(of), now, map=to.id)


def _add_errands(session: Session, of: Project, keys: Sequence[str]) -> None:
    session.add_all(
        ProjectErrand(project_id=of.id, key=key, map_id=of.map_id, skip_reason="") for key in keys
    )
    session.flush()


def _begun(session: Session, of: Project) -> frozenset[str]:
    cases = filed(session, [of.id])
    return frozenset(one.key for one in errands(session, [of.id]) if one.id in cases)


def _subject(of: Project) -> str:
    return f"project:{of.id}"
