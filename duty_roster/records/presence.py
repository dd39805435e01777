"""签到与查岗 as stored: who took up a shift, where they are, who missed it, who looked."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from duty_roster.rules.people import Whereabouts
from duty_roster.rules.presence import CheckFinding, CheckWay
from duty_roster.rules.shifts import ShiftKind
from kernel.database import PrimaryKey, Record


class DutyPresence(Record):
    """签到: somebody's own word that they took a shift up, where they are, and when they left."""

    __tablename__ = "duty_presence"
    __table_args__ = (UniqueConstraint("day", "kind", "person_id"),)

    id: Mapped[PrimaryKey]
    day: Mapped[date]
    kind: Mapped[ShiftKind]
    person_id: Mapped[int] = mapped_column(ForeignKey("duty_person.id"))
    in_at: Mapped[datetime]
    out_at: Mapped[datetime | None]
    whereabouts: Mapped[Whereabouts]
    moved_at: Mapped[datetime]


class DutyMissed(Record):
    """未签到: noted once for each person and shift, to be reminded of and shown on the board."""

    __tablename__ = "duty_missed"
    __table_args__ = (UniqueConstraint("day", "kind", "person_id"),)

    id: Mapped[PrimaryKey]
    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[ShiftKind]
    person_id: Mapped[int] = mapped_column(ForeignKey("duty_person.id"))
    noted_at: Mapped[datetime]


class SpotCheck(Record):
    """查岗: somebody looked, or rang, whether a post was kept."""

    __tablename__ = "spot_check"

    id: Mapped[PrimaryKey]
    at: Mapped[datetime] = mapped_column(index=True)
    day: Mapped[date]
    kind: Mapped[ShiftKind]
    person_id: Mapped[int] = mapped_column(ForeignKey("duty_person.id"))
    way: Mapped[CheckWay]
    finding: Mapped[CheckFinding]
    note: Mapped[str]
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
