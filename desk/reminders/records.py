"""催办 as stored: what was planned for a countdown, whom it reached, and under which text."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.reminders.rules.nudges import NudgeKind
from kernel.database import PrimaryKey, Record

_TO_DO = sa.text("settled_at IS NULL")


class Nudge(Record):
    """催办, 督办: once for each countdown, kind and due day; a moved day is another one."""

    __tablename__ = "nudge"
    __table_args__ = (
        UniqueConstraint("countdown_id", "kind", "due_on"),
        sa.Index("ix_nudge_to_do", "at", sqlite_where=_TO_DO, postgresql_where=_TO_DO),
        sa.Index("ix_nudge_told", "staff_id", "due_on"),
    )

    id: Mapped[PrimaryKey]
    countdown_id: Mapped[int] = mapped_column(ForeignKey("countdown.id"))
    kind: Mapped[NudgeKind]
    due_on: Mapped[date]
    #: from when on it is due
    at: Mapped[datetime]
    #: when it was told, or found to be true no longer
    settled_at: Mapped[datetime | None]
    #: who was told; None: nobody, because it was true no longer
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    #: of the text; None: on the screen alone
    message_key: Mapped[str | None] = mapped_column(index=True)
