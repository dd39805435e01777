"""发送: claim a message, and settle what the carrier answered. Two transactions, none between."""

from dataclasses import replace
from datetime import datetime

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
from desk.messages.gateways import Answer
from desk.messages.records import CarrierAttempt
from desk.messages.rules.delivery import LEASE, Delivery, Verdict, after, backoff


def claim(
    session: Session,
    carrier: str,
    now: datetime,
    kinds: queries.Kinds = queries.EVERY_KIND,
) -> Claimed | None:
    """Take the message that has been due longest. Commit before the first byte goes out."""
    message = queries.next_due(session, now, kinds)
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
