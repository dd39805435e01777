"""发送: claim a message, and settle what the carrier answered. Two transactions, none between."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa
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
from desk.messages.actions.gates import UNGUARDED, Guards, next_allowed
from desk.messages.actions.limits import NOT_BILLED, charge, has_room, heard
from desk.messages.gateways import Answer
from desk.messages.queries import keeping
from desk.messages.records import CarrierAttempt, OutboxMessage
from desk.messages.rules.delivery import LEASE, Delivery, Verdict, after, backoff
from desk.messages.rules.kinds import AT_ONCE
from desk.messages.rules.wording import billed_parts
from kernel.clock import town_day

__all__ = ["UNGUARDED", "Guards", "abandon", "claim", "settle"]


def claim(
    session: Session,
    carriers: Sequence[str],
    now: datetime,
    kinds: queries.Kinds = queries.EVERY_KIND,
    guards: Guards = UNGUARDED,
) -> Claimed | None:
    """Take the message that has been due longest. Commit before the first byte goes out.

    `carriers` in the town's order; one that keeps failing is left alone, one that refused the
    message is not asked again. What may not go out leaves the queue on the way.
    """
    alone = keeping.left_alone(session, now)
    awake = [carrier for carrier in carriers if carrier not in alone]
    allowed = kinds if has_room(session, town_day(now)) else kinds & AT_ONCE
    message = next_allowed(session, now, allowed, guards) if awake and allowed else None
    carrier = _carrier(session, message, awake) if message else None
    if message is None or carrier is None:
        return None
    return _taken(session, message, carrier, now)


def _carrier(session: Session, message: OutboxMessage, carriers: Sequence[str]) -> str | None:
    """Return the first carrier that has not refused a message; the first again if all have."""
    refused = _refusals(session, message.id) if message.attempts else set()
    return next((carrier for carrier in carriers if carrier not in refused), None)


def _refusals(session: Session, message_id: int) -> set[str]:
    query = sa.select(CarrierAttempt.carrier).where(
        CarrierAttempt.message_id == message_id, CarrierAttempt.outcome == Verdict.REFUSED
    )
    return set(session.scalars(query))


def _taken(session: Session, message: OutboxMessage, carrier: str, now: datetime) -> Claimed | None:
    found = opened(session, message, now, keeping.quiet_hours(session))
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
    charge(session, mine.kind, town_day(now), 1, billed_parts(message.text))
    return replace(mine, carrier=carrier)


def settle(
    session: Session,
    held: Claimed,
    answer: Answer,
    now: datetime,
    carriers: Sequence[str] = (),
) -> Delivery | None:
    """Write down what an attempt came to; return the new state, or None if it changed nothing.

    An answer that comes after a callback, or after the lease, still counts for what it proves.
    `failed` only when no carrier of `carriers` is left that has not refused it.
    """
    end_attempt(session, held, answer, now)
    name(session, held, answer.carrier_id)
    if held.carrier:
        heard(session, held.carrier, answer.verdict, now)
    if answer.verdict in NOT_BILLED:
        charge(session, held.kind, town_day(now), -1, -billed_parts(held.outgoing.text))
    to, wait = after(answer.verdict, held.attempts), backoff(held.attempts)
    if answer.verdict is Verdict.REFUSED and set(carriers) - _refusals(session, held.id):
        to, wait = Delivery.PENDING, timedelta()
    values = consequences(to, held, now, wait=wait)
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
