"""计时 as stored: which limits run on a case, and what moved them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, composite, mapped_column

from desk.cases.rules.countdowns import CountdownKind
from kernel.database import PrimaryKey, Record
from services_catalog.rules.limits import LimitUnit, TimeLimit

_NOT_RED = sa.text("ended_at IS NULL AND red_at IS NULL")
_NOT_YELLOW = sa.text("ended_at IS NULL AND yellow_at IS NULL")
_RUNNING = sa.text("ended_at IS NULL")
#: no nudges have been planned yet for the day it is due on
TO_NUDGE = sa.text(
    "ended_at IS NULL AND due_on IS NOT NULL AND (nudged_for_on IS NULL OR nudged_for_on <> due_on)"
)


class Countdown(Record):
    """计时: one limit at work on a case, from its day zero to its end.

    The limits are facts, as they stood when it began. The days are derived
    (rules.countdowns); the lights are events and stay as they were seen first.
    """

    __tablename__ = "countdown"
    __table_args__ = (
        sa.Index(
            "ix_countdown_to_redden", "over_at", sqlite_where=_NOT_RED, postgresql_where=_NOT_RED
        ),
        sa.Index(
            "ix_countdown_to_yellow",
            "yellow_on",
            sqlite_where=_NOT_YELLOW,
            postgresql_where=_NOT_YELLOW,
        ),
        sa.Index(
            "ix_countdown_running", "due_on", sqlite_where=_RUNNING, postgresql_where=_RUNNING
        ),
        sa.Index(
            "ix_countdown_to_nudge", "yellow_on", sqlite_where=TO_NUDGE, postgresql_where=TO_NUDGE
        ),
    )

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[CountdownKind]
    #: of a leg: which
    leg_id: Mapped[int | None] = mapped_column(ForeignKey("leg.id"))
    #: its town day is day zero
    starts_at: Mapped[datetime]
    promised_amount: Mapped[int]
    promised_unit: Mapped[LimitUnit]
    statutory_amount: Mapped[int]
    statutory_unit: Mapped[LimitUnit]
    #: 延长, in the unit of each limit; 0 or once
    extension_days: Mapped[int]
    #: 黄灯: yellow when this share of the limit is left, in percent, or this many days
    yellow_share: Mapped[int]
    yellow_days: Mapped[int]
    #: derived; None where no day can be told: no limit, by batch, or stopped by an open hold
    due_on: Mapped[date | None]
    #: derived: the moment from which it is late, at the end of that day or hour
    over_at: Mapped[datetime | None]
    is_provisional: Mapped[bool]
    #: derived: the first day of yellow
    yellow_on: Mapped[date | None]
    #: the moments at which it first was yellow and red; no later change recolours them
    yellow_at: Mapped[datetime | None]
    red_at: Mapped[datetime | None]
    #: who had the case when it turned red
    red_handler_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]
    #: the due day for which nudges were planned; when the day moves, they are planned anew
    nudged_for_on: Mapped[date | None]

    promised: Mapped[TimeLimit] = composite("promised_amount", "promised_unit")
    statutory: Mapped[TimeLimit] = composite("statutory_amount", "statutory_unit")


class HoldType(Record):
    """不计时类型: what may stop the count. The law's own, and the town's."""

    __tablename__ = "hold_type"

    id: Mapped[PrimaryKey]
    name: Mapped[str] = mapped_column(unique=True)
    #: article of law, or the town's own document
    source: Mapped[str]
    #: working days after which the count goes on whatever happens; None: no cap
    cap_days: Mapped[int | None]
    is_retired: Mapped[bool]


class CaseHold(Record):
    """不计时段: from the day after its notice until the day it ended."""

    __tablename__ = "case_hold"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    hold_type_id: Mapped[int] = mapped_column(ForeignKey("hold_type.id"))
    #: S, the day of the written notice: the last that counts
    noticed_on: Mapped[date]
    expected_end_on: Mapped[date]
    #: E, the last day that does not count; None while it is open
    ended_on: Mapped[date | None]
    #: the cap of its type when it was approved
    cap_days: Mapped[int | None]
    reason: Mapped[str]
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[datetime]


class Extension(Record):
    """延长: once a case. Source: 行政许可法 §42."""

    __tablename__ = "extension"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id"), primary_key=True, autoincrement=False
    )
    days: Mapped[int]
    reason: Mapped[str]
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    granted_at: Mapped[datetime]


class CaseSettings(Record):
    """时限设置: what the town itself decides about time; one row."""

    __tablename__ = "case_settings"

    id: Mapped[PrimaryKey]
    #: 收件审查, working days. Source of the default: 行政许可法 §32
    intake_days: Mapped[int]
    #: 补正: the applicant's own time, calendar days
    supplement_days: Mapped[int]
    #: 容缺补齐, working days
    owed_days: Mapped[int]
    #: 超期视为受理 for every type, as the town's own promise; the law has it for permits only
    accepts_all_by_silence: Mapped[bool]
    #: 送达, working days. Source of the default: 行政许可法 §44
    delivery_days: Mapped[int]
    #: 延长 at most. Source of the default: 行政许可法 §42
    extension_days: Mapped[int]
    yellow_share: Mapped[int]
    yellow_days: Mapped[int]
    #: 回访, working days after a matter was carried or referred
    follow_up_days: Mapped[int]
    #: 环节, working days where a body promised nothing else
    leg_days: Mapped[int]
