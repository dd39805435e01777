"""预约 as stored: when and where somebody and the hall meet about a case, and how that ended."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desk.cases.rules.appointments import AppointmentEnd, Venue
from kernel.database import PrimaryKey, Record

_STANDS = sa.text("ended_at IS NULL")


class Appointment(Record):
    """预约: one at a time stands for a case; those before it stay."""

    __tablename__ = "appointment"
    __table_args__ = (
        sa.Index(
            "ix_appointment_standing",
            "case_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        sa.Index("ix_appointment_coming", "at", sqlite_where=_STANDS, postgresql_where=_STANDS),
    )

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime]
    venue: Mapped[Venue]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    how: Mapped[AppointmentEnd | None]
