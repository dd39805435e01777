"""节假日安排: the yearly notices as the town keeps them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Record


class NoticeKind(StrEnum):
    """What a notice does to a day."""

    OFF = "off"  # 放假
    MAKEUP = "makeup"  # 调休补班


class CalendarYear(Record):
    """One year's notice of the State Council's office."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: 国办发明电〔…〕号; the package carries none, so people type it in
    notice_number: Mapped[str]
    taken_in_at: Mapped[datetime]


class CalendarDay(Record):
    """One day that a notice takes out of, or puts into, the working days."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("calendar_year.year"), index=True)
    kind: Mapped[NoticeKind]
