"""今天可以递的查询: what lies ready by bureau, so that one trip carries many matters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.enterprise.queries.enterprises import by_whom
from desk.windows.enterprise.queries.road import Road
from desk.windows.enterprise.queries.standings import is_ready, old_ones, on_their_roads
from desk.windows.enterprise.records import Enterprise, Project, ProjectErrand
from desk.windows.enterprise.rules.access import sees_all
from kernel.access import Actor
from kernel.calendar.rules import WorkingCalendar
from kernel.clock import town_day

#: of what lies ready for a bureau, so much is named on the board, and on its own page
NAMED, MOST_NAMED = 5, 300


@dataclass(frozen=True, slots=True)
class Ready:
    """An errand that lies ready to be carried."""

    bureau: str
    project_id: int
    enterprise: str
    title: str


@dataclass(frozen=True, slots=True)
class Trip:
    """一趟: what can be carried to one bureau today; the first of it by name."""

    bureau: str
    count: int
    named: list[Ready]


def trips_now(
    session: Session, actor: Actor, now: datetime, calendar: WorkingCalendar
) -> list[Trip]:
    """Return all that lies ready by bureau, by name."""
    fresh = on_their_roads(session, old_ones(session, actor, town_day(now)), now, calendar)
    return trips(session, actor, fresh.values(), MOST_NAMED)


def trips(session: Session, actor: Actor, fresh: Iterable[Road], named: int = NAMED) -> list[Trip]:
    """Return what lies ready by bureau, where one trip spares the most first."""
    live = list(fresh)
    without = [one.project.id for one in live]
    asked = {"me": actor.staff_id, "without": without, "named": named}
    first = session.execute(_ready(whole=sees_all(actor)), asked)
    found: dict[str, Trip] = {}
    for bureau, rows in groupby(first, key=lambda row: row.carry_to):
        lying = list(rows)
        listed = [Ready(bureau, row.id, row.enterprise, row.carry_title) for row in lying]
        found[bureau] = Trip(bureau, lying[0].number, listed)
    for one in _ready_on(live):
        known = found.get(one.bureau, Trip(one.bureau, 0, []))
        both = [*known.named, one][:named]
        found[one.bureau] = Trip(one.bureau, known.count + 1, both)
    return sorted(found.values(), key=lambda trip: -trip.count)


@cache
def _ready(*, whole: bool) -> sa.Select[Any]:
    bureau, in_turn = ProjectErrand.carry_to, ProjectErrand.id
    place = sa.func.row_number().over(partition_by=bureau, order_by=in_turn)
    inner = (
        sa.select(
            bureau,
            ProjectErrand.carry_title,
            Project.id,
            Enterprise.name.label("enterprise"),
            place.label("place"),
            sa.func.count().over(partition_by=bureau).label("number"),
        )
        .join(Project, Project.id == ProjectErrand.project_id)
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .where(Project.archived_at.is_(None), by_whom(sees_all=whole))
        .where(Project.id.not_in(sa.bindparam("without", expanding=True)))
        .where(bureau != "")
        .subquery()
    )
    is_named = inner.c.place <= sa.bindparam("named", type_=sa.Integer)
    return sa.select(inner).where(is_named).order_by(inner.c.carry_to, inner.c.place)


def _ready_on(fresh: Iterable[Road]) -> Iterable[Ready]:
    for road in fresh:
        for row in road.rows:
            if is_ready(row):
                yield Ready(row.plan.lead, road.project.id, road.enterprise.name, row.title)
