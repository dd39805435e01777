"""待发短信 as stored: promises to send, every attempt at a carrier, every call instead of one."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.messages.rules.calls import CallResult
from desk.messages.rules.delivery import Delivery, Verdict
from desk.messages.rules.kinds import MessageKind, Why
from kernel.database import PrimaryKey, Record

_TO_RING = sa.text("rings_at IS NOT NULL")


class OutboxMessage(Record):
    """待发短信: written in the same transaction as the fact it reports."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        Index("ix_outbox_message_due", "state", "not_before"),
        #: an emergency is looked for every second, however much else is due
        Index("ix_outbox_message_kind_due", "state", "kind", "not_before"),
        Index("ix_outbox_message_reader", "reader", "state"),
        Index(
            "ix_outbox_message_to_ring",
            "rings_at",
            sqlite_where=_TO_RING,
            postgresql_where=_TO_RING,
        ),
    )

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(unique=True)
    #: what was promised to whom; a second promise with the same key is the first one
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[MessageKind]
    #: sealed by the town's key, bound to `outbox_message|mobile|<uuid>`
    mobile: Mapped[str]
    #: holds no personal data: a case number and the mark
    text: Mapped[str]
    mark: Mapped[str]
    state: Mapped[Delivery]
    #: raised by every claim: what an older claim still says is not believed
    fence: Mapped[int]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int]
    #: how often the carrier's list lacked it, since the doubt began
    not_found: Mapped[int]
    #: when there is something to do: sending while pending, looking while unknown
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime]
    queued_at: Mapped[datetime]
    #: when the present state was learnt; None while pending or sending
    settled_at: Mapped[datetime | None]
    carrier: Mapped[str | None]
    #: the carrier's own name for it (Twilio: sid; by hand: the file it was in)
    carrier_id: Mapped[str | None]
    #: the number as a blind token: one person's messages are counted by it
    reader: Mapped[bytes | None]
    template_id: Mapped[int | None] = mapped_column(ForeignKey("message_template.id"))
    #: the template's variables, as JSON; nothing personal, as in the text
    blanks: Mapped[str | None]
    #: why it was withdrawn, where nobody took the promise back
    why: Mapped[Why | None]
    #: since when somebody has to be rung up instead; None when nobody, or when it was done
    rings_at: Mapped[datetime | None]


class CarrierAttempt(Record):
    """提交记录: one attempt at a carrier; without an end while it runs or after a crash."""

    __tablename__ = "carrier_attempt"
    __table_args__ = (UniqueConstraint("message_id", "fence"),)

    id: Mapped[PrimaryKey]
    message_id: Mapped[int] = mapped_column(ForeignKey("outbox_message.id"))
    fence: Mapped[int]
    carrier: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[Verdict | None]
    #: the carrier's code, never its sentence: that may repeat the number
    note: Mapped[str]


class MessageCall(Record):
    """电话告知: one try to tell by telephone what a text did not. Nobody edits it."""

    __tablename__ = "message_call"

    id: Mapped[PrimaryKey]
    message_id: Mapped[int] = mapped_column(ForeignKey("outbox_message.id"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    result: Mapped[CallResult]
    note: Mapped[str]
