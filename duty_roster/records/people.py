"""值班人员 as stored: who stands on the rota, their photo, and when they are away."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from duty_roster.rules.people import AwayKind, Seat
from duty_roster.rules.shifts import Duty
from kernel.database import PrimaryKey, Record


class DutyPerson(Record):
    """Somebody on the rota. Everything here may be shown to the public; no mobile is kept."""

    __tablename__ = "duty_person"

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(unique=True)
    #: the account they log in with, where they have one
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), unique=True)
    name: Mapped[str]
    title: Mapped[str]
    duty: Mapped[Duty]
    seat: Mapped[Seat]
    #: 分管工作
    responsibilities: Mapped[str]
    #: first and last day on the rota; None: from always, for good
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    #: of the calendar's address, once asked for; a new one raises it, and the old address dies
    calendar_generation: Mapped[int]
    calendar_hash: Mapped[bytes | None] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class DutyPhoto(Record):
    """照片 of the post plate, without what a camera writes beside the picture."""

    __tablename__ = "duty_photo"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("duty_person.id"), primary_key=True, autoincrement=False
    )
    media_type: Mapped[str]
    #: in its address: another picture has another address, so a browser may keep it
    digest: Mapped[str]
    content: Mapped[bytes]


class DutyAbsence(Record):
    """外出: days, both included, on which somebody cannot be on duty."""

    __tablename__ = "duty_absence"

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("duty_person.id"), index=True)
    kind: Mapped[AwayKind]
    first_on: Mapped[date]
    last_on: Mapped[date] = mapped_column(index=True)
    note: Mapped[str]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    added_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
