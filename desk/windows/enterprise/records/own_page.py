"""企业专页 as stored: the token of an enterprise's own page, what is written there, its rating."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.windows.enterprise.rules.own_page import RatingLevel
from kernel.database import PrimaryKey, Record

_UNSEEN = text("seen_at IS NULL")


class EnterprisePage(Record):
    """企业专页: opens to who holds its code. Issuing it anew raises the generation."""

    __tablename__ = "enterprise_page"

    enterprise_id: Mapped[int] = mapped_column(
        ForeignKey("enterprise.id"), primary_key=True, autoincrement=False
    )
    uuid: Mapped[str] = mapped_column(unique=True)
    #: of the code that opens it; None: it is closed
    code_hash: Mapped[bytes | None] = mapped_column(unique=True)
    generation: Mapped[int]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class ProjectMessage(Record):
    """项目留言: between an enterprise and its agent; sealed, `project_message|words|<uuid>`."""

    __tablename__ = "project_message"
    __table_args__ = (
        Index(
            "ix_project_message_unseen",
            "project_id",
            sqlite_where=_UNSEEN,
            postgresql_where=_UNSEEN,
        ),
    )

    id: Mapped[PrimaryKey]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    words_sealed: Mapped[str]
    at: Mapped[datetime]
    #: None: the enterprise wrote it
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    #: when somebody of the window said that it was read
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class ProjectRating(Record):
    """好差评: what an enterprise thinks of how its project was walked; given once."""

    __tablename__ = "project_rating"

    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id"), primary_key=True, autoincrement=False
    )
    level: Mapped[RatingLevel]
    #: bound to `project_rating|words|<project>`
    words_sealed: Mapped[str]
    at: Mapped[datetime]
