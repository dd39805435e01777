"""接力 as stored: a case's way from body to body, and from hand to hand inside the hall."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desk.cases.rules.legs import LegKind
from kernel.database import PrimaryKey, Record

_WAITS = sa.text("answered_at IS NULL")


class Leg(Record):
    """环节: one body has the case, until it hands it over. Its days are its countdown's."""

    __tablename__ = "leg"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[LegKind]
    #: in whose charge it is; whose time it costs
    from_body: Mapped[str]
    to_body: Mapped[str]
    task: Mapped[str]
    #: working days
    promised_days: Mapped[int]
    begun_at: Mapped[datetime]
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    #: 交接; None where nobody wrote a receipt
    handed_at: Mapped[datetime | None]
    handed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    gave: Mapped[str]
    took: Mapped[str]
    papers: Mapped[str]


class Transfer(Record):
    """转交: one colleague asks another to take a case over; the other takes it, or says why not."""

    __tablename__ = "transfer"
    __table_args__ = (
        sa.Index(
            "ix_transfer_waiting",
            "case_id",
            unique=True,
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
    )

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    is_accepted: Mapped[bool | None]
    answer: Mapped[str]
