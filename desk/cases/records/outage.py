"""停电登记 as stored: numbers set aside for paper, and what became of each."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import PrimaryKey, Record
from services_catalog.rules.items import Window


class NumberBlock(Record):
    """预留编号: taken from the window's own series at one stroke."""

    __tablename__ = "number_block"

    id: Mapped[PrimaryKey]
    window: Mapped[Window]
    count: Mapped[int]
    reason: Mapped[str]
    reserved_at: Mapped[datetime]
    reserved_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class ReservedNumber(Record):
    """预留的一个编号: open, then either used by a case that was entered afterwards, or void."""

    __tablename__ = "reserved_number"

    number: Mapped[str] = mapped_column(primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("number_block.id"), index=True)
    #: of the case to come, so that the code on the paper stays good
    case_uuid: Mapped[str] = mapped_column(unique=True)
    lookup_hash: Mapped[bytes] = mapped_column(unique=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), unique=True)
    #: when the papers were taken in, as the paper slip says
    true_at: Mapped[datetime | None]
    entered_at: Mapped[datetime | None]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    voided_at: Mapped[datetime | None]
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    #: why it was entered so late, or why it is void
    reason: Mapped[str]
