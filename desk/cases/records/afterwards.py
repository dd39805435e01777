"""办结之后 as stored: how the result reached the applicant, and whether they were helped."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desk.cases.rules.delivery import Manner
from desk.cases.rules.follow_ups import Helped
from desk.cases.rules.people import Relation
from kernel.database import Record

_TO_ASK = sa.text("answered_at IS NULL")


class DeliveryRecord(Record):
    """送达: what became of the result. Who took it is sealed like everybody in a case."""

    __tablename__ = "delivery"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id"), primary_key=True, autoincrement=False
    )
    manner: Mapped[Manner]
    arranged_at: Mapped[datetime]
    #: when it could be fetched
    ready_at: Mapped[datetime | None]
    posted_at: Mapped[datetime | None]
    #: of the post
    tracking: Mapped[str]
    delivered_at: Mapped[datetime | None]
    delivered_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    #: of the taker; empty until somebody has taken it
    uuid: Mapped[str]
    wrapped_key: Mapped[str]
    taker_sealed: Mapped[str]
    #: None: the applicant in person
    relation: Mapped[Relation | None]


class FollowUp(Record):
    """回访: asked until it is known whether a carried or referred matter was settled."""

    __tablename__ = "follow_up"
    __table_args__ = (
        sa.Index("ix_follow_up_due", "due_on", sqlite_where=_TO_ASK, postgresql_where=_TO_ASK),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id"), primary_key=True, autoincrement=False
    )
    due_on: Mapped[date]
    tries: Mapped[int]
    helped: Mapped[Helped | None]
    note: Mapped[str]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
