"""审批 as stored: what somebody asked a leader to decide about a case, and the answer."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desk.cases.rules.approvals import ApprovalKind
from kernel.database import PrimaryKey, Record


class Approval(Record):
    """请示: asked once, decided once, by another person."""

    __tablename__ = "approval"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[ApprovalKind]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]
    reason: Mapped[str]
    #: of an extension
    days: Mapped[int | None]
    #: of a hold
    hold_type_id: Mapped[int | None] = mapped_column(ForeignKey("hold_type.id"))
    until_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    is_granted: Mapped[bool | None]
    answer: Mapped[str]
    #: when the act it was asked for was done; it allows no second one
    used_at: Mapped[datetime | None]
    #: 随办件撤回: its case ended before anybody answered
    withdrawn_at: Mapped[datetime | None]
