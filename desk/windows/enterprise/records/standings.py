"""项目现状 as stored: derived, with the marks of what it was reckoned from."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Record


class ProjectStanding(Record):
    """项目现状: how a project stands, as its board shows it. Old marks: it is reckoned again."""

    __tablename__ = "project_standing"

    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id"), primary_key=True, autoincrement=False
    )
    reckoned_on: Mapped[date]
    #: the editions of calendar and catalogue
    calendar: Mapped[int]
    catalogue: Mapped[int]
    #: the versions of its cases and obstacles together, which only grow
    moved: Mapped[int]
    errands: Mapped[int]
    still_open: Mapped[int]
    #: how many errands wait for whom
    enterprise_waits: Mapped[int]
    agent_waits: Mapped[int]
    bureau_waits: Mapped[int]
    #: the earliest end of everything
    finish_on: Mapped[date]
    is_open_ended: Mapped[bool]
