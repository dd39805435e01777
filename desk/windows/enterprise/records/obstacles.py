"""问题与会商 as stored: an obstacle with all its steps; minutes of meetings, never changed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desk.windows.enterprise.rules.obstacles import ObstacleKind, ObstacleVerb
from kernel.database import PrimaryKey, Record


class Obstacle(Record):
    """问题: what stands in a project's way, as it stands now; how it came to that: its steps."""

    __tablename__ = "obstacle"

    id: Mapped[PrimaryKey]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    #: of the errand it blocks; empty: the project as a whole
    errand_key: Mapped[str]
    kind: Mapped[ObstacleKind]
    words: Mapped[str]
    raised_at: Mapped[datetime]
    #: None: the enterprise itself
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    due_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ObstacleStep(Record):
    """问题的经过: one thing that was done about it, with who owned it from then on."""

    __tablename__ = "obstacle_step"

    id: Mapped[PrimaryKey]
    obstacle_id: Mapped[int] = mapped_column(ForeignKey("obstacle.id"), index=True)
    verb: Mapped[ObstacleVerb]
    words: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    due_on: Mapped[date]
    at: Mapped[datetime]
    #: None: the enterprise itself
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class Meeting(Record):
    """会商: the head of its minutes."""

    __tablename__ = "project_meeting"

    id: Mapped[PrimaryKey]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    number: Mapped[str] = mapped_column(unique=True)
    held_on: Mapped[date]
    place: Mapped[str]
    present: Mapped[str]
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class MeetingPoint(Record):
    """议定事项: who does what by when."""

    __tablename__ = "meeting_point"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("project_meeting.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str]
    what: Mapped[str]
    by_on: Mapped[date | None]


class MeetingObstacle(Record):
    """会商议到的问题: an obstacle that a meeting moved."""

    __tablename__ = "meeting_obstacle"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("project_meeting.id"), primary_key=True)
    obstacle_id: Mapped[int] = mapped_column(ForeignKey("obstacle.id"), primary_key=True)
