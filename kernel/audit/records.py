"""审计记录 as stored. Triggers refuse to change or delete a row."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Record


class AuditEntry(Record):
    """One change or one reveal: who, when, what, about what."""

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    #: None: the house itself (scheduler, shell)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    verb: Mapped[str]
    #: `kind:id`; personal values never stand here
    subject: Mapped[str] = mapped_column(index=True)
    facts: Mapped[str]
    digest: Mapped[bytes]


class AuditHead(Record):
    """The newest record: its row lock puts writers in one line on PostgreSQL."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    at: Mapped[datetime | None]
    digest: Mapped[bytes]
