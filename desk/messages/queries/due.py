"""待发短信查询: questions about the outbox."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.messages.records import OutboxMessage
from desk.messages.rules.delivery import ALARM_AFTER, Delivery
from desk.messages.rules.kinds import AT_ONCE, USUAL_QUIET, MessageKind, Quiet, kinds_awake

EVERY_KIND = frozenset(MessageKind)
#: an emergency never stands behind a receipt
_IN_TURN = (OutboxMessage.kind.not_in(sorted(AT_ONCE)), OutboxMessage.not_before, OutboxMessage.id)
Kinds = frozenset[MessageKind]


def is_any_due(
    session: Session, now: datetime, kinds: Kinds = EVERY_KIND, quiet: Quiet = USUAL_QUIET
) -> bool:
    """Say whether a message may go out now; asked before any worker takes the write lock."""
    query = sa.select(OutboxMessage.id).where(*_is_due(now, kinds, quiet)).limit(1)
    return session.scalar(query) is not None


def next_due(
    session: Session, now: datetime, kinds: Kinds = EVERY_KIND, quiet: Quiet = USUAL_QUIET
) -> OutboxMessage | None:
    """Lock the message that has been due longest; rows another worker holds are passed by."""
    query = (
        sa.select(OutboxMessage)
        .where(*_is_due(now, kinds, quiet))
        .order_by(*_IN_TURN)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return session.scalar(query)


def _is_due(now: datetime, kinds: Kinds, quiet: Quiet) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        OutboxMessage.state == Delivery.PENDING,
        OutboxMessage.not_before <= now,
        OutboxMessage.expires_at > now,
        OutboxMessage.kind.in_(kinds.intersection(kinds_awake(now, quiet))),
    )


def left_sending(session: Session, now: datetime) -> list[OutboxMessage]:
    """Return the messages whose worker did not come back within its lease."""
    query = sa.select(OutboxMessage).where(
        OutboxMessage.state == Delivery.SENDING, OutboxMessage.lease_until <= now
    )
    return list(session.scalars(query))


def doubtful(session: Session, carrier: str, now: datetime, limit: int) -> list[OutboxMessage]:
    """Return the unknown messages that are due to be looked for in the carrier's list."""
    query = (
        sa.select(OutboxMessage)
        .where(
            OutboxMessage.state == Delivery.UNKNOWN,
            OutboxMessage.not_before <= now,
            OutboxMessage.carrier == carrier,
        )
        .order_by(OutboxMessage.not_before, OutboxMessage.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def unknown_too_long(session: Session, now: datetime) -> int:
    """Return how many messages have been unknown long enough to concern a person."""
    query = sa.select(sa.func.count()).where(
        OutboxMessage.state == Delivery.UNKNOWN, OutboxMessage.settled_at <= now - ALARM_AFTER
    )
    return session.scalar(query) or 0


def counts(session: Session) -> dict[Delivery, int]:
    """Return how many messages stand where."""
    query = sa.select(OutboxMessage.state, sa.func.count().label("number")).group_by(
        OutboxMessage.state
    )
    return {row.state: row.number for row in session.execute(query)}


def promised_under(session: Session, keys: Collection[str]) -> dict[str, OutboxMessage]:
    """Return the messages promised under `keys`, by key."""
    query = sa.select(OutboxMessage).where(OutboxMessage.key.in_(keys))
    return {one.key: one for one in session.scalars(query)} if keys else {}


def promised(session: Session, key: str) -> OutboxMessage | None:
    """Return the message promised under `key`."""
    return session.scalar(sa.select(OutboxMessage).where(OutboxMessage.key == key))
