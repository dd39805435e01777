"""值日簿 as stored. Every table of it only grows; triggers see to that."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from duty_roster.rules.log import LogFigureName, LogKind
from kernel.database import PrimaryKey, Record


class LogPage(Record):
    """值日簿的一页: one turn of duty, from the moment it was taken over."""

    __tablename__ = "log_page"
    __table_args__ = (UniqueConstraint("year", "number"),)

    id: Mapped[PrimaryKey]
    #: of the moment it was taken over, in the township
    year: Mapped[int]
    number: Mapped[int]
    taken_at: Mapped[datetime] = mapped_column(index=True)
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    #: 带班领导 as the rota had it, (title and name)
    leader: Mapped[str]


class LogHandover(Record):
    """交班: who handed a page over, when, and whether there was nothing to write."""

    __tablename__ = "log_handover"

    page_id: Mapped[int] = mapped_column(
        ForeignKey("log_page.id"), primary_key=True, autoincrement=False
    )
    handed_at: Mapped[datetime] = mapped_column(index=True)
    handed_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    is_zero: Mapped[bool]
    #: why somebody else did it
    reason: Mapped[str]


class LogFigure(Record):
    """当班数字: what the desk had counted when the page was handed over."""

    __tablename__ = "log_figure"

    page_id: Mapped[int] = mapped_column(ForeignKey("log_page.id"), primary_key=True)
    name: Mapped[LogFigureName] = mapped_column(primary_key=True)
    number: Mapped[int]


class LogEntry(Record):
    """值日记录: one thing that happened. It belongs to the page in whose time it was written."""

    __tablename__ = "log_entry"

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[LogKind] = mapped_column()
    #: when it was written
    at: Mapped[datetime] = mapped_column(index=True)
    happened_at: Mapped[datetime]
    party: Mapped[str]
    #: sealed by the town's key, bound to `log_entry|<column>|<uuid>`
    caller_sealed: Mapped[str]
    phone_sealed: Mapped[str]
    content: Mapped[str]
    instruction: Mapped[str]
    result: Mapped[str]
    is_open: Mapped[bool] = mapped_column(index=True)
    #: the entry that this one puts right
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("log_entry.id"), index=True)
    link: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class LogStep(Record):
    """后续办理: what became of an open entry; the last one closes it."""

    __tablename__ = "log_step"

    id: Mapped[PrimaryKey]
    entry_id: Mapped[int] = mapped_column(ForeignKey("log_entry.id"), index=True)
    at: Mapped[datetime]
    text: Mapped[str]
    closes: Mapped[bool]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class LogSettings(Record):
    """值日簿设置: one row. The flood season as month * 100 + day, both days included (s)."""

    __tablename__ = "log_settings"

    id: Mapped[PrimaryKey]
    flood_from: Mapped[int]
    flood_to: Mapped[int]
