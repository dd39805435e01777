"""值日表 as stored."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import PrimaryKey, Record


class DutyDay(Record):
    """One leader on one civil day. What the public reads: no private mobile."""

    __tablename__ = "duty_day"

    id: Mapped[PrimaryKey]
    day: Mapped[date] = mapped_column(unique=True)
    leader: Mapped[str]
    title: Mapped[str]
