"""信访件 as stored: what a petition adds to its case; and 检举控告, which is no case at all."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desk.windows.petitions.rules.answers import Ground, HandOn
from desk.windows.petitions.rules.kinds import (
    Channel,
    Matter,
    Outcome,
    Remedy,
    Satisfaction,
    Topic,
)
from kernel.database import PrimaryKey, Record
from services_catalog.rules.limits import LimitUnit


class Petition(Record):
    """信访件: one to one with its case. What people said is sealed by the town's key."""

    __tablename__ = "petition"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id"), primary_key=True, autoincrement=False
    )
    #: on the neutral slip, which looks the same for every kind of matter
    code: Mapped[str] = mapped_column(unique=True)
    matter: Mapped[Matter]
    channel: Mapped[Channel]
    topic: Mapped[Topic]
    people: Mapped[int]
    is_repeat: Mapped[bool]
    #: bound to `petition|<column>|<code>`
    gist_sealed: Mapped[str]
    asked_sealed: Mapped[str]
    representatives_sealed: Mapped[str]
    #: 包案领导
    leader_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    ground: Mapped[Ground | None]
    outcome: Mapped[Outcome | None]
    #: when the opinion reached the petitioner; the days for a review run from then
    delivered_on: Mapped[date | None]
    satisfaction: Mapped[Satisfaction | None]


class PetitionHandOn(Record):
    """转送、交办: to which body, and what it reported."""

    __tablename__ = "petition_hand_on"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    way: Mapped[HandOn]
    body: Mapped[str]
    note: Mapped[str]
    report_by_on: Mapped[date | None]
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class PetitionRemedy(Record):
    """复查、复核: asked when, of which body, and how it ended."""

    __tablename__ = "petition_remedy"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    remedy: Mapped[Remedy]
    asked_on: Mapped[date]
    body: Mapped[str]
    due_on: Mapped[date]
    result: Mapped[str]
    decided_on: Mapped[date | None]


class Denunciation(Record):
    """检举控告: sealed, for 纪检 alone. No case, no number of a window, no token to find it by."""

    __tablename__ = "denunciation"

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(unique=True)
    received_at: Mapped[datetime]
    received_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    #: everything that was said, by whom, about where; bound to `denunciation|said|<code>`
    said_sealed: Mapped[str]
    opened_at: Mapped[datetime | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    settled_at: Mapped[datetime | None]
    #: what 纪检 did; bound to `denunciation|outcome|<code>`
    outcome_sealed: Mapped[str]


class PetitionSettings(Record):
    """信访设置: one row. The 60 days are the catalogue's items', the 30 more are CaseSettings'."""

    __tablename__ = "petition_settings"

    id: Mapped[PrimaryKey]
    #: by when it is told whether a petition is taken up
    accept_days: Mapped[int]
    accept_unit: Mapped[LimitUnit]
    #: 12345: by when an order is signed for, working days
    sign_days: Mapped[int]
    #: this many people are a group visit
    group_size: Mapped[int]
    most_representatives: Mapped[int]
    review_days: Mapped[int]
    #: who is told upward of a group visit: a mobile, bound to `petition_settings|upward|1`
    upward_sealed: Mapped[str]
