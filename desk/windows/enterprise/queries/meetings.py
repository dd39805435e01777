"""会商查询: the minutes of meetings about a project."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.enterprise.records import (
    Meeting,
    MeetingObstacle,
    MeetingPoint,
    Obstacle,
    Project,
)
from desk.windows.enterprise.rules.meetings import Agreed
from kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting with what was agreed and which obstacles it moved."""

    meeting: Meeting
    agreed: tuple[Agreed, ...]
    obstacles: tuple[Obstacle, ...]


def meetings(session: Session, project_id: int) -> list[Held]:
    """Return the meetings about a project, the newest first."""
    query = sa.select(Meeting).where(Meeting.project_id == project_id).order_by(Meeting.id.desc())
    return _whole(session, list(session.scalars(query)))


def meeting(session: Session, of: Project, meeting_id: int) -> Held:
    """Return one of a project's meetings. Raises NotFound."""
    found = session.get(Meeting, meeting_id)
    if found is None or found.project_id != of.id:
        raise NotFound
    return _whole(session, [found])[0]


def _whole(session: Session, found: Sequence[Meeting]) -> list[Held]:
    ids = [one.id for one in found]
    points: dict[int, tuple[Agreed, ...]] = {}
    query = sa.select(MeetingPoint).where(MeetingPoint.meeting_id.in_(ids))
    for one in session.scalars(query.order_by(MeetingPoint.meeting_id, MeetingPoint.position)):
        known = points.get(one.meeting_id, ())
        points[one.meeting_id] = (*known, Agreed(one.who, one.what, one.by_on))
    moved: dict[int, tuple[Obstacle, ...]] = {}
    both = (
        sa.select(MeetingObstacle.meeting_id, Obstacle)
        .join(Obstacle, Obstacle.id == MeetingObstacle.obstacle_id)
        .where(MeetingObstacle.meeting_id.in_(ids))
        .order_by(Obstacle.id)
    )
    for meeting_id, row in session.execute(both):
        moved[meeting_id] = (*moved.get(meeting_id, ()), row)
    return [Held(one, points.get(one.id, ()), moved.get(one.id, ())) for one in found]
