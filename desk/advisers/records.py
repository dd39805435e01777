"""咨询员的记录 as stored."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import PrimaryKey, Record


class Training(Record):
    """培训记录: one day of an adviser's training."""

    __tablename__ = "training"

    id: Mapped[PrimaryKey]
    adviser_id: Mapped[int] = mapped_column(ForeignKey("adviser.id"), index=True)
    held_on: Mapped[date]
    subject: Mapped[str]
    result: Mapped[str]


class Enquiry(Record):
    """咨询登记: a neighbour's question and what was answered. No names."""

    __tablename__ = "enquiry"

    id: Mapped[PrimaryKey]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    asked_at: Mapped[datetime]
    question: Mapped[str]
    answer: Mapped[str]
    #: the item it was about, where there is one
    item_id: Mapped[int | None] = mapped_column(ForeignKey("service_item.id"))
    #: still to be answered by the hall
    is_open: Mapped[bool]
