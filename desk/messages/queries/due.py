"""待发短信查询: questions about the outbox."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.messages.records import OutboxMessage
from desk.messages.rules.delivery import ALARM_AFTER, Delivery, repeat_key
from desk.messages.rules.kinds import AT_ONCE, USUAL_QUIET, MessageKind, Quiet, kinds_awake

EVERY_KIND = frozenset(MessageKind)
Kinds = frozenset[MessageKind]
FEW = 3
_UNKNOWN = sa.select(OutboxMessage.key).where(
    OutboxMessage.state == Delivery.UNKNOWN,
    OutboxMessage.settled_at <= sa.bindparam("before"),
)


def is_any_due(
    session: Session, now: datetime, kinds: Kinds = EVERY_KIND, quiet: Quiet = USUAL_QUIET
) -> bool:
    """Say whether a message may go out now; asked before any worker takes the write lock."""
    awake = kinds.intersection(kinds_awake(now, quiet))
    query = sa.select(OutboxMessage.id).where(*_is_due(now, awake)).limit(1)
    return session.scalar(query) is not None


def longest_due(
    session: Session, now: datetime, limit: int, kinds: Kinds, quiet: Quiet
) -> list[OutboxMessage]:
    """Lock what has been due longest; what another worker holds is passed by.

    An emergency never stands behind a receipt: it is asked for first, by itself, because an
    order by kind would have to sort everything that waits.
    """
    first = _of_kinds(session, now, limit, kinds & AT_ONCE, quiet)
    return [*first, *_of_kinds(session, now, limit - len(first), kinds - AT_ONCE, quiet)]


def _of_kinds(
    session: Session, now: datetime, limit: int, kinds: Kinds, quiet: Quiet
) -> list[OutboxMessage]:
    """Few kinds are sought each by itself; of many, what is due is walked in its order."""
    awake = kinds.intersection(kinds_awake(now, quiet))
    lots = [{kind} for kind in sorted(awake)] if len(awake) <= FEW else [awake]
    found = [message for lot in lots for message in _in_order(session, now, limit, lot)]
    return sorted(found, key=lambda one: (one.not_before, one.id))[:limit]


def _in_order(
    session: Session, now: datetime, limit: int, kinds: Collection[MessageKind]
) -> Sequence[OutboxMessage]:
    query = (
        sa.select(OutboxMessage)
        .where(*_is_due(now, kinds))
        .order_by(OutboxMessage.not_before, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(query).all() if limit else []


def _is_due(now: datetime, kinds: Collection[MessageKind]) -> tuple[sa.ColumnElement[bool], ...]:
    lease = OutboxMessage.lease_until
    return (
        OutboxMessage.state == Delivery.PENDING,
        OutboxMessage.not_before <= now,
        OutboxMessage.expires_at > now,
        _is_of(kinds),
        sa.or_(lease.is_(None), lease <= now),
    )


def _is_of(kinds: Collection[MessageKind]) -> sa.ColumnElement[bool]:
    """Say which kinds so that the right index is walked: by kind for few, by time for many."""
    if len(kinds) <= FEW:
        return OutboxMessage.kind.in_(sorted(kinds))
    return OutboxMessage.kind.not_in(sorted(EVERY_KIND.difference(kinds)))


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


def unknown_too_long(session: Session, now: datetime) -> Sequence[str]:
    """Return the keys of messages that are unknown long enough to concern a person."""
    return session.scalars(_UNKNOWN, {"before": now - ALARM_AFTER}).all()


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


def promised_with_repeats(session: Session, keys: Collection[str]) -> list[OutboxMessage]:
    """Return the messages promised under `keys`, and those sent again in their place."""
    found: list[OutboxMessage] = []
    while keys:
        some = promised_under(session, keys).values()
        found += some
        keys = [repeat_key(one.key, one.uuid) for one in some]
    return found
