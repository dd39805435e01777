"""接力 as stored: a case's way from body to body, and from hand to hand inside the hall."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desk.cases.rules.joint import Opinion
from desk.cases.rules.legs import LegKind
from kernel.database import PrimaryKey, Record
from services_catalog.rules.items import Window

_WAITS = sa.text("answered_at IS NULL")
_RUNS = sa.text("ended_at IS NULL")


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
    begun_at: Mapped[datetime] = mapped_column(index=True)
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    #: 交接; None where nobody wrote a receipt
    handed_at: Mapped[datetime | None]
    handed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    gave: Mapped[str]
    took: Mapped[str]
    papers: Mapped[str]


class JointPart(Record):
    """协办部分: what another window or body does for a case that it does not lead.

    Its days are its leg's: the leg's receipt is written when it answers.
    """

    __tablename__ = "joint_part"
    __table_args__ = (
        sa.Index("ix_joint_part_waiting", "window", sqlite_where=_RUNS, postgresql_where=_RUNS),
    )

    leg_id: Mapped[int] = mapped_column(ForeignKey("leg.id"), primary_key=True, autoincrement=False)
    #: of this hall; None: a body outside, for which the lead window writes the answer down
    window: Mapped[Window | None]
    #: 接收: by somebody of that window, who answers for it from then on
    taken_at: Mapped[datetime | None]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    opinion: Mapped[Opinion | None]
    answer: Mapped[str]
    #: answered, no longer waited for, or over with its case
    ended_at: Mapped[datetime | None]
    #: 不再等: why the lead window goes on without it; empty where it did not
    let_go_why: Mapped[str]


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
