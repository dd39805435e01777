"""发送: claim a message, and settle what the carrier answered. Two transactions, none between."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from sqlalchemy.orm import Session

from desk.messages import queries
from desk.messages.actions.claims import (
    Claimed,
    consequences,
    end_attempt,
    move,
    name,
    opened,
)
from desk.messages.actions.promises import withdraw
from desk.messages.gateways import Answer
from desk.messages.records import CarrierAttempt, OutboxMessage
from desk.messages.rules.delivery import LEASE, Delivery, Verdict, after, backoff
from desk.messages.rules.kinds import MessageKind

#: 复核: by kind, who says whether the message of a key still says what is so at this moment
Guards = Mapping[MessageKind, Callable[[Session, str, datetime], bool]]
UNGUARDED: Guards = MappingProxyType({})
#: withdrawn in one transaction; what is left waits for the next pass
STALE_LIMIT = 50


def claim(
    session: Session,
    carrier: str,
    now: datetime,
    kinds: queries.Kinds = queries.EVERY_KIND,
    guards: Guards = UNGUARDED,
) -> Claimed | None:
    """Take the message that has been due longest. Commit before the first byte goes out.

    What its guard says is true no longer is withdrawn on the way, in the same transaction.
    """
    message = _next_true(session, now, kinds, guards)
    if message is None:
        return None
    found = opened(session, message, now)
    mine = replace(
        found, fence=found.fence + 1, attempts=found.attempts + 1, lease_until=now + LEASE
    )
    if not move(
        session,
        found,
        Delivery.SENDING,
        fence=mine.fence,
        attempts=mine.attempts,
        lease_until=mine.lease_until,
        carrier=carrier,
    ):
        return None
    session.add(_attempt(mine, carrier, now))
    return mine


def _next_true(
    session: Session, now: datetime, kinds: queries.Kinds, guards: Guards
) -> OutboxMessage | None:
    """Return the next message that still says what is so."""
    for _ in range(STALE_LIMIT):
        message = queries.next_due(session, now, kinds)
        if message is None or message.kind not in guards:
            return message
        if guards[message.kind](session, message.key, now):
            return message
        withdraw(session, message.key, now)
    return None


def settle(session: Session, held: Claimed, answer: Answer, now: datetime) -> Delivery | None:
    """Write down what an attempt came to; return the new state, or None if it changed nothing.

    An answer that comes after a callback, or after the lease, still counts for what it proves.
    """
    end_attempt(session, held, answer, now)
    name(session, held, answer.carrier_id)
    to = after(answer.verdict, held.attempts)
    values = consequences(to, held, now, wait=backoff(held.attempts))
    return to if move(session, held, to, **values) else None


def abandon(session: Session, now: datetime) -> int:
    """Turn what a worker left in the middle into doubt: never back into something to send."""
    left = [opened(session, message, now) for message in queries.left_sending(session, now)]
    return sum(_abandon_one(session, held, now) for held in left)


def _abandon_one(session: Session, held: Claimed, now: datetime) -> bool:
    to = after(Verdict.ABANDONED, held.attempts)
    moved = move(session, held, to, **consequences(to, held, now, wait=backoff(held.attempts)))
    if moved:
        end_attempt(session, held, Answer(Verdict.ABANDONED), now)
    return moved


def _attempt(mine: Claimed, carrier: str, now: datetime) -> CarrierAttempt:
    return CarrierAttempt(
        message_id=mine.id, fence=mine.fence, carrier=carrier, started_at=now, note=""
    )
