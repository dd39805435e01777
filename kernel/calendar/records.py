"""节假日安排 as stored: the yearly notices, the drafts of them, and when the hall opens."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.calendar.rules.notices import DraftStage, NoticeSource
from kernel.database import PrimaryKey, Record


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


class CalendarDraft(Record):
    """A year's notice that was entered: a draft until somebody has seen what it moves."""

    __tablename__ = "calendar_draft"

    id: Mapped[PrimaryKey]
    year: Mapped[int] = mapped_column(index=True)
    notice_number: Mapped[str]
    source: Mapped[NoticeSource]
    #: of a correction: why what was applied was wrong
    reason: Mapped[str]
    stage: Mapped[DraftStage]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    #: who applied or discarded it
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None]
    #: the long work that rewrites the cases
    work_uuid: Mapped[str]
    #: no count that ends before it is touched
    moves_from_on: Mapped[date | None]
    #: the countdown up to which the cases are rewritten, and how many have been looked at
    reached_id: Mapped[int]
    looked_at: Mapped[int]
    #: what was rewritten so far
    later: Mapped[int]
    earlier: Mapped[int]
    confirmed: Mapped[int]
    ended_at: Mapped[datetime | None]


class CalendarDraftDay(Record):
    """One day that an entered notice moves."""

    __tablename__ = "calendar_draft_day"

    draft_id: Mapped[int] = mapped_column(ForeignKey("calendar_draft.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[NoticeKind]


class OpeningWeek(Record):
    """开放日: the usual week of the hall; one row."""

    __tablename__ = "opening_week"

    id: Mapped[PrimaryKey]
    #: the open ones, Monday being 0: "0123456"
    weekdays: Mapped[str]


class OpeningException(Record):
    """A day on which the hall is open, or closed, otherwise than usual."""

    __tablename__ = "opening_exception"

    day: Mapped[date] = mapped_column(primary_key=True)
    is_open: Mapped[bool]
    #: of this day; empty: the usual ones
    hours: Mapped[str]
    note: Mapped[str]
