"""答复 as stored: what some answers need besides a stage: refusal, pledge, acceptance by law."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desk.cases.rules.declining import Ground
from kernel.database import Record


class Decline(Record):
    """不予受理: on which ground, why, and which body is the right one."""

    __tablename__ = "decline"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id"), primary_key=True, autoincrement=False
    )
    ground: Mapped[Ground]
    reason: Mapped[str]
    #: empty where no body is
    right_body: Mapped[str]


class Pledge(Record):
    """容缺承诺: the applicant's written word to bring what is owed by the day it is due."""

    __tablename__ = "pledge"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id"), primary_key=True, autoincrement=False
    )
    made_at: Mapped[datetime]
    #: None until somebody at the counter has seen the signature
    signed_at: Mapped[datetime | None]
    signed_before_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class DeemedAcceptance(Record):
    """视为受理: nobody answered in time, so the case counts as accepted from its receipt."""

    __tablename__ = "deemed_acceptance"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id"), primary_key=True, autoincrement=False
    )
    #: when the house found it; the acceptance itself is as old as the receipt
    found_at: Mapped[datetime]
    #: None until a clerk has looked and let the notice go to the applicant
    told_at: Mapped[datetime | None]
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
