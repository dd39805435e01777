"""值班表 as stored: the town's terms, a month's sheets, their turns, and swaps."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from duty_roster.rules.sheets import SheetStage
from duty_roster.rules.shifts import Duty, Pattern, ShiftKind
from duty_roster.rules.swaps import SwapStage
from kernel.database import PrimaryKey, Record


class DutySettings(Record):
    """值班设置: one row. The flood season is the log's."""

    __tablename__ = "duty_settings"

    id: Mapped[PrimaryKey]
    workday: Mapped[Pattern]
    restday: Mapped[Pattern]
    day_from: Mapped[time]
    night_from: Mapped[time]
    officers: Mapped[int]
    drivers: Mapped[int]
    gap_days: Mapped[int]
    approves_swaps: Mapped[bool]
    nudge_minutes: Mapped[int]


class DutySheet(Record):
    """One edition of a month. At most one of a month is published, at most one a draft."""

    __tablename__ = "duty_sheet"
    __table_args__ = (UniqueConstraint("month", "number"),)

    id: Mapped[PrimaryKey]
    #: its first day
    month: Mapped[date]
    #: 第几版
    number: Mapped[int]
    stage: Mapped[SheetStage]
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    drawn_at: Mapped[datetime]
    #: 签发
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class DutyTurn(Record):
    """One place of a sheet and who has it; on a published sheet, swaps included."""

    __tablename__ = "duty_turn"
    __table_args__ = (UniqueConstraint("sheet_id", "day", "kind", "duty", "place"),)

    id: Mapped[PrimaryKey]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("duty_sheet.id"))
    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[ShiftKind]
    duty: Mapped[Duty]
    place: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("duty_person.id"), index=True)


class DutySwap(Record):
    """换班: a turn of a published sheet that goes, or was to go, to a named deputy."""

    __tablename__ = "duty_swap"

    id: Mapped[PrimaryKey]
    turn_id: Mapped[int] = mapped_column(ForeignKey("duty_turn.id"), index=True)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("duty_person.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("duty_person.id"), index=True)
    reason: Mapped[str]
    stage: Mapped[SwapStage] = mapped_column(index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]
    #: by the deputy
    agreed_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    #: when it came into force, or was refused or withdrawn
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
