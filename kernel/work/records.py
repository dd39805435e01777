"""长活 as stored."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import PrimaryKey, Record
from kernel.work.rules import Progress


class LongWork(Record):
    """One piece of long work: what, for whom, how far, and its result."""

    __tablename__ = "long_work"

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(unique=True)
    #: which function does it; app.py knows them by this name
    kind: Mapped[str]
    title: Mapped[str]
    #: what it was asked to do, as JSON; no personal values
    wanted: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    progress: Mapped[Progress] = mapped_column(index=True)
    done: Mapped[int]
    total: Mapped[int]
    #: a sentence about how it ended
    note: Mapped[str]
    #: of the result, inside the works folder of `var`
    file_name: Mapped[str]
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    heard_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
