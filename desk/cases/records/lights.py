"""红黄绿灯 as stored: when an item turns yellow, and which reds were wrong."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Record


class LightThreshold(Record):
    """黄灯线 of one item, instead of the town's own (CaseSettings)."""

    __tablename__ = "light_threshold"

    item_id: Mapped[int] = mapped_column(
        ForeignKey("service_item.id"), primary_key=True, autoincrement=False
    )
    #: yellow when this share of the limit is left, in percent, or this many days
    share: Mapped[int]
    days: Mapped[int]


class RedAnnulment(Record):
    """红灯撤销: a supervisor's word that a red was wrong. Never taken back."""

    __tablename__ = "red_annulment"

    countdown_id: Mapped[int] = mapped_column(
        ForeignKey("countdown.id"), primary_key=True, autoincrement=False
    )
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(index=True)
    reason: Mapped[str]
