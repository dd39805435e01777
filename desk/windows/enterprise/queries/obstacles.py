"""问题查询: what stands in the way of projects somebody may see, and how it came to that."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.enterprise.queries.enterprises import own_projects
from desk.windows.enterprise.records import Enterprise, Obstacle, ObstacleStep, Project
from desk.windows.enterprise.rules.access import OWNERS
from desk.windows.enterprise.rules.obstacles import ObstacleFacts
from kernel.access import Actor
from kernel.clock import town_day
from kernel.errors import NotFound
from kernel.staff import queries as staff

LIST_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Standing:
    """An obstacle with whose it is: for lists over many projects."""

    obstacle: Obstacle
    project: Project
    enterprise: Enterprise

    @property
    def facts(self) -> ObstacleFacts:
        """Return what the rules know of it."""
        return facts_of(self.obstacle)


def facts_of(one: Obstacle) -> ObstacleFacts:
    """Return what the rules know of an obstacle."""
    return ObstacleFacts(town_day(one.raised_at), one.due_on, one.closed_at is not None)


def obstacles(session: Session, project_id: int) -> list[Obstacle]:
    """Return a project's obstacles, the open ones first, of those the oldest."""
    query = sa.select(Obstacle).where(Obstacle.project_id == project_id)
    order = (Obstacle.closed_at.is_not(None), Obstacle.id)
    return list(session.scalars(query.order_by(*order)))


def obstacle(session: Session, of: Project, obstacle_id: int) -> Obstacle:
    """Return one of a project's obstacles. Raises NotFound."""
    found = session.get(Obstacle, obstacle_id)
    if found is None or found.project_id != of.id:
        raise NotFound
    return found


def steps_of(session: Session, found: Sequence[Obstacle]) -> dict[int, list[ObstacleStep]]:
    """Return what was done about some obstacles, the oldest first."""
    mine = ObstacleStep.obstacle_id.in_([one.id for one in found])
    steps: dict[int, list[ObstacleStep]] = {one.id: [] for one in found}
    for step in session.scalars(sa.select(ObstacleStep).where(mine).order_by(ObstacleStep.id)):
        steps[step.obstacle_id].append(step)
    return steps


def open_by_project(
    session: Session, project_ids: Collection[int]
) -> dict[int, tuple[Obstacle, ...]]:
    """Return what stands in the way of some projects, the oldest first, in one query."""
    found: dict[int, tuple[Obstacle, ...]] = {}
    query = sa.select(Obstacle).where(
        Obstacle.project_id.in_(project_ids), Obstacle.closed_at.is_(None)
    )
    for one in session.scalars(query.order_by(Obstacle.id)) if project_ids else ():
        found[one.project_id] = (*found.get(one.project_id, ()), one)
    return found


def all_open(session: Session, actor: Actor) -> list[Standing]:
    """Return what stands in the way of running projects somebody may see, the oldest first."""
    query = (
        sa.select(Obstacle, Project, Enterprise)
        .join(Project, Project.id == Obstacle.project_id)
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .where(Obstacle.closed_at.is_(None), Project.archived_at.is_(None), own_projects(actor))
        .order_by(Obstacle.raised_at, Obstacle.id)
        .limit(LIST_LIMIT)
    )
    return [Standing(*row) for row in session.execute(query)]


def number_open(session: Session, project_id: int) -> int:
    """Return how many obstacles of a project are not closed."""
    mine = (Obstacle.project_id == project_id, Obstacle.closed_at.is_(None))
    return session.scalar(sa.select(sa.func.count()).select_from(Obstacle).where(*mine)) or 0


def owners(session: Session, of: Project) -> list[tuple[int, str]]:
    """Return who can be made to answer for an obstacle: who may look at its project and act."""
    mine = {of.agent_id, of.deputy_id}
    found = [one for one in staff.everyone(session) if one.id in mine and one.disabled_at is None]
    known = {one.id for one in found}
    found += [one for one in staff.holding(session, *OWNERS) if one.id not in known]
    return [(one.id, one.name) for one in found]
