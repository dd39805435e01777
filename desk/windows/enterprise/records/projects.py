"""投资项目 as stored: a project with its mandates, its errands, what was filed, the seven steps."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.windows.enterprise.rules.mandates import MandateWay
from desk.windows.enterprise.rules.projects import ProxyStep
from kernel.database import PrimaryKey, Record

_READY = text("carry_to <> ''")


class Project(Record):
    """投资项目: an enterprise's whole undertaking, and who walks it."""

    __tablename__ = "project"

    id: Mapped[PrimaryKey]
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    #: the edition it goes by
    map_id: Mapped[int] = mapped_column(ForeignKey("road_map.id"))
    name: Mapped[str]
    industry: Mapped[str]
    investment_fen: Mapped[int] = mapped_column(BigInteger)
    #: square metres
    land_area: Mapped[int]
    #: 代办员, and who stands in
    agent_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    began_on: Mapped[date]
    #: by when the enterprise wants to produce
    target_on: Mapped[date | None]
    #: 归档: it leaves the board
    archived_at: Mapped[datetime | None] = mapped_column(index=True)
    made_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Mandate(Record):
    """委托书: of one project. It ends by itself; the columns only say what was said."""

    __tablename__ = "mandate"

    id: Mapped[PrimaryKey]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    way: Mapped[MandateWay]
    #: milestones, a line each
    covers: Mapped[str]
    #: who may act, as they stood when it was printed: 代办员 and deputy
    agents: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date]
    printed_at: Mapped[datetime]
    printed_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    signed_on: Mapped[date | None]
    media_type: Mapped[str]
    #: the signed paper; bound to `mandate|content|<uuid>`
    content_sealed: Mapped[str] = mapped_column(deferred=True)
    revoked_on: Mapped[date | None]
    revoke_reason: Mapped[str]


class ProjectErrand(Record):
    """代办事项: an errand of a project, as an edition of its road map has it."""

    __tablename__ = "project_errand"
    __table_args__ = (
        UniqueConstraint("project_id", "key"),
        Index("ix_project_errand_ready", "carry_to", sqlite_where=_READY, postgresql_where=_READY),
    )

    id: Mapped[PrimaryKey]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    key: Mapped[str]
    #: of the edition it was last on: what is walked to its end beside a newer one keeps its own
    map_id: Mapped[int] = mapped_column(ForeignKey("road_map.id"))
    #: why this project does not need it; empty: it does
    skip_reason: Mapped[str]
    #: derived with the project's standing: where the agent can carry it today, and what it is
    carry_to: Mapped[str] = mapped_column(server_default="")
    carry_title: Mapped[str] = mapped_column(server_default="")


class Filing(Record):
    """递件: a case that was opened for an errand; the newest is the one that counts."""

    __tablename__ = "project_filing"

    id: Mapped[PrimaryKey]
    errand_id: Mapped[int] = mapped_column(ForeignKey("project_errand.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    #: under which mandate
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandate.id"))
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class ProjectStep(Record):
    """七步: when each was taken, and by whom. Nobody takes one back."""

    __tablename__ = "project_step"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    step: Mapped[ProxyStep] = mapped_column(primary_key=True)
    note: Mapped[str]
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
