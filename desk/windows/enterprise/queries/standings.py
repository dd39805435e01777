"""项目现状查询: how projects stand, as kept; which of them have to be reckoned again.

What is kept is true as long as nothing it was reckoned from has changed: the day, the calendar,
the catalogue, and the versions and holds of the project's cases and obstacles counted together,
which only grow. What else this room changes forgets the standing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.records import Case, CaseHold
from desk.windows.enterprise.queries.enterprises import by_whom
from desk.windows.enterprise.queries.road import ErrandRow, Road
from desk.windows.enterprise.queries.roads import roads
from desk.windows.enterprise.records import (
    Filing,
    Obstacle,
    Project,
    ProjectErrand,
    ProjectStanding,
)
from desk.windows.enterprise.rules.access import sees_all
from desk.windows.enterprise.rules.projects import Turn
from kernel.access import Actor
from kernel.calendar.rules import WorkingCalendar
from kernel.editions import Edition, editions

_OPEN = Project.archived_at.is_(None)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a project stands."""

    errands: int
    still_open: int
    #: how many errands wait for whom
    enterprise_waits: int
    agent_waits: int
    bureau_waits: int
    finish_on: date
    is_open_ended: bool

    @property
    def is_over(self) -> bool:
        """Say whether every errand is done or not needed."""
        return not self.still_open

    @property
    def waits(self) -> list[tuple[Turn, int]]:
        """Return how many errands wait for whom, where any do."""
        counts = (
            (Turn.ENTERPRISE, self.enterprise_waits),
            (Turn.AGENT, self.agent_waits),
            (Turn.BUREAU, self.bureau_waits),
        )
        return [(turn, count) for turn, count in counts if count]


STANDING = tuple(getattr(ProjectStanding, one.name) for one in fields(Standing))


@dataclass(frozen=True, slots=True)
class Marks:
    """What a standing was reckoned from."""

    reckoned_on: date
    calendar: int
    catalogue: int
    moved: int


def standing(road: Road) -> Standing:
    """Return how a project on its road stands."""
    turns = [one.turn for one in road.rows]
    return Standing(
        errands=len(road.rows),
        still_open=road.still_open,
        enterprise_waits=turns.count(Turn.ENTERPRISE),
        agent_waits=turns.count(Turn.AGENT),
        bureau_waits=turns.count(Turn.BUREAU),
        finish_on=road.schedule.finish_on,
        is_open_ended=road.schedule.is_open_ended,
    )


def is_ready(row: ErrandRow) -> bool:
    """Say whether an errand lies ready for the agent to carry."""
    return row.turn is Turn.AGENT


def marks(session: Session, project_ids: Collection[int], today: date) -> dict[int, Marks]:
    """Return what standings reckoned now would be reckoned from."""
    numbers = editions(session)
    ground = (today, numbers[Edition.CALENDAR], numbers[Edition.CATALOGUE])
    moved = _moved(Project.id.in_(project_ids))
    return {row[0]: Marks(*ground, row[1]) for row in session.execute(moved)}


def old_ones(session: Session, actor: Actor | None, today: date) -> list[int]:
    """Return the projects that go on whose standing is not, or not any more, what is kept.

    Those somebody may see; None: all.
    """
    numbers = editions(session)
    asked = {
        "me": actor.staff_id if actor else None,
        "today": today,
        "calendar": numbers[Edition.CALENDAR],
        "catalogue": numbers[Edition.CATALOGUE],
    }
    query = _old(whole=actor is None or sees_all(actor))
    return list(session.scalars(query, asked))


@cache
def _old(*, whole: bool) -> sa.Select[tuple[int]]:
    """Make the statement; making it anew for each look would cost more than asking it."""
    moved = _moved(_OPEN, by_whom(sees_all=whole)).subquery()
    kept = ProjectStanding
    is_old = sa.or_(
        kept.project_id.is_(None),
        kept.reckoned_on != sa.bindparam("today", type_=sa.Date),
        kept.calendar != sa.bindparam("calendar", type_=sa.Integer),
        kept.catalogue != sa.bindparam("catalogue", type_=sa.Integer),
        kept.moved != moved.c.moved,
    )
    query = sa.select(moved.c.id).outerjoin(kept, kept.project_id == moved.c.id)
    return query.where(is_old).order_by(moved.c.id)


def _moved(*among: sa.ColumnElement[bool]) -> sa.Select[tuple[int, int]]:
    """Select some projects, each with a number that grows whenever something of it moves."""
    held = sa.select(sa.func.count() + sa.func.count(CaseHold.ended_on))
    holds = held.where(CaseHold.case_id == Case.id).scalar_subquery()
    cases = (
        sa.select(sa.func.sum(Case.version + holds))
        .join(Filing, Filing.case_id == Case.id)
        .join(ProjectErrand, ProjectErrand.id == Filing.errand_id)
        .where(ProjectErrand.project_id == Project.id)
        .scalar_subquery()
    )
    obstacles = (
        sa.select(sa.func.sum(Obstacle.version))
        .where(Obstacle.project_id == Project.id)
        .scalar_subquery()
    )
    both = sa.func.coalesce(cases, 0) + sa.func.coalesce(obstacles, 0)
    return sa.select(Project.id, sa.cast(both, sa.Integer).label("moved")).where(*among)


def on_their_roads(
    session: Session, project_ids: Sequence[int], now: datetime, calendar: WorkingCalendar
) -> dict[int, Road]:
    """Return some projects on their roads, reckoned now."""
    query = sa.select(Project).where(Project.id.in_(project_ids)).order_by(Project.id)
    found = list(session.scalars(query)) if project_ids else []
    return {one.project.id: one for one in roads(session, found, now, calendar)}
