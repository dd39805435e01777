"""看板查询: a page of projects, and what lies ready by bureau, read as it was kept.

What has changed since is reckoned on the way; that is little, for the scheduler keeps up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries.lights import lights_of
from desk.cases.records import Case
from desk.cases.rules.lights import Light
from desk.cases.rules.stages import OPEN
from desk.windows.enterprise.queries.carrying import Trip, trips
from desk.windows.enterprise.queries.enterprises import by_whom
from desk.windows.enterprise.queries.projects import archived
from desk.windows.enterprise.queries.road import Road
from desk.windows.enterprise.queries.roads import roads
from desk.windows.enterprise.queries.standings import (
    STANDING,
    Standing,
    old_ones,
    on_their_roads,
    standing,
)
from desk.windows.enterprise.records import (
    Enterprise,
    Filing,
    Project,
    ProjectErrand,
    ProjectStanding,
)
from desk.windows.enterprise.rules.access import sees_all
from kernel.access import Actor
from kernel.calendar.rules import WorkingCalendar
from kernel.clock import town_day

#: projects on a page of the board, and on a sheet
PAGE, MOST_LINES = 50, 5000
TO_WARN = (Light.YELLOW, Light.RED)
_PROJECT = (
    Project.id,
    Project.name,
    Enterprise.name.label("enterprise"),
    Project.agent_id,
    Project.deputy_id,
    Project.began_on,
    Project.target_on,
)
_UNDER_WAY = (
    sa.select(Filing.case_id, ProjectErrand.project_id)
    .join(ProjectErrand, ProjectErrand.id == Filing.errand_id)
    .join(Case, Case.id == Filing.case_id)
    .where(ProjectErrand.project_id.in_(sa.bindparam("mine", expanding=True)))
    .where(Case.stage.in_(OPEN))
)


@dataclass(frozen=True, slots=True)
class Line:
    """A project as a line of the board."""

    id: int
    name: str
    enterprise: str
    agent_id: int
    deputy_id: int | None
    began_on: date
    target_on: date | None
    standing: Standing

    @property
    def days_late(self) -> int:
        """Return by how many civil days the earliest end misses the target."""
        late = (self.standing.finish_on - self.target_on).days if self.target_on else 0
        return max(0, late)


@dataclass(frozen=True, slots=True)
class Board:
    """What an agent looks at in the morning."""

    lines: list[Line]
    #: where the next page begins; None: this is the last
    after: int | None
    trips: list[Trip]
    #: of projects on this page: how many errands show a light that warns
    lights: dict[int, dict[Light, int]] = field(default_factory=dict)


def board(
    session: Session, actor: Actor, now: datetime, calendar: WorkingCalendar, after: int = 0
) -> Board:
    """Return a page of the projects that go on and somebody may see."""
    today = town_day(now)
    fresh = on_their_roads(session, old_ones(session, actor, today), now, calendar)
    asked = {"me": actor.staff_id, "after": after, "most": PAGE + 1}
    rows = session.execute(_page(whole=sees_all(actor)), asked).all()
    lines = [_line(row, fresh.get(row.id)) for row in rows[:PAGE]]
    return Board(
        lines,
        lines[-1].id if len(rows) > PAGE else None,
        trips(session, actor, fresh.values()),
        _lights(session, [one.id for one in lines], now, today),
    )


def all_lines(
    session: Session, actor: Actor, now: datetime, calendar: WorkingCalendar
) -> list[Line]:
    """Return every project that goes on and somebody may see, as a line."""
    fresh = on_their_roads(session, old_ones(session, actor, town_day(now)), now, calendar)
    asked = {"me": actor.staff_id, "after": 0, "most": MOST_LINES}
    rows = session.execute(_page(whole=sees_all(actor)), asked)
    return [_line(row, fresh.get(row.id)) for row in rows]


def archive(
    session: Session, actor: Actor, now: datetime, calendar: WorkingCalendar, after: int = 0
) -> Board:
    """Return a page of what is in the archive."""
    found = archived(session, actor, after, PAGE + 1)
    shown = roads(session, found[:PAGE], now, calendar)
    return Board([line(one) for one in shown], found[PAGE - 1].id if found[PAGE:] else None, [])


def line(road: Road) -> Line:
    """Return a project on its road as a line."""
    one = road.project
    return Line(
        one.id,
        one.name,
        road.enterprise.name,
        one.agent_id,
        one.deputy_id,
        one.began_on,
        one.target_on,
        standing(road),
    )


@cache
def _page(*, whole: bool) -> sa.Select[Any]:
    return (
        sa.select(*_PROJECT, *STANDING)
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .outerjoin(ProjectStanding, ProjectStanding.project_id == Project.id)
        .where(Project.archived_at.is_(None), by_whom(sees_all=whole))
        .where(Project.id > sa.bindparam("after", type_=sa.Integer))
        .order_by(Project.id)
        .limit(sa.bindparam("most", type_=sa.Integer))
    )


def _line(row: sa.Row[Any], fresh: Road | None) -> Line:
    if fresh is not None:
        return line(fresh)
    own = len(_PROJECT)
    return Line(*row[:own], Standing(*row[own:]))  # type: ignore[call-arg]


def _lights(
    session: Session, project_ids: Sequence[int], now: datetime, today: date
) -> dict[int, dict[Light, int]]:
    """Return how many errands of some projects show a light that warns."""
    rows = session.execute(_UNDER_WAY, {"mine": list(project_ids)}) if project_ids else ()
    of = {row[0]: row[1] for row in rows}
    found: dict[int, dict[Light, int]] = {}
    for case_id, light in lights_of(session, list(of), now, today).items():
        if light in TO_WARN:
            mine = found.setdefault(of[case_id], {})
            mine[light] = mine.get(light, 0) + 1
    return found
