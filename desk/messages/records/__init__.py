"""短信的记录 as stored: the outbox, and what the town decided about it."""

from desk.messages.records.keeping import (
    CarrierBreaker,
    MessageSettings,
    MessageSpending,
    MessageTemplate,
    OptOut,
    ReaderDay,
)
from desk.messages.records.outbox import CarrierAttempt, MessageCall, OutboxMessage

__all__ = [
    "CarrierAttempt",
    "CarrierBreaker",
    "MessageCall",
    "MessageSettings",
    "MessageSpending",
    "MessageTemplate",
    "OptOut",
    "OutboxMessage",
    "ReaderDay",
]
