"""查证: a message in doubt leaves doubt by evidence only: the carrier's list, or its callback."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.messages import queries
from desk.messages.actions.claims import Claimed, change, consequences, move, name, opened
from desk.messages.records import OutboxMessage
from desk.messages.rules.delivery import (
    FIRST_LOOK,
    SECOND_LOOK,
    UNREACHED,
    Delivery,
    after_not_found,
    below,
)
from desk.messages.rules.kinds import RUNG_UP
from kernel.database import UtcDateTime


def doubts(session: Session, carrier: str, now: datetime, limit: int) -> list[Claimed]:
    """Return the messages in doubt that are to be looked for now in the carrier's list."""
    found = queries.doubtful(session, carrier, now, limit)
    return [opened(session, message, message.settled_at or now) for message in found]


def found_listed(
    session: Session, doubt: Claimed, carrier_id: str, now: datetime
) -> Delivery | None:
    """The carrier's list has it: it was accepted."""
    name(session, doubt, carrier_id)
    values = consequences(Delivery.ACCEPTED, doubt, now, wait=timedelta())
    return Delivery.ACCEPTED if move(session, doubt, Delivery.ACCEPTED, **values) else None


def not_listed(session: Session, doubt: Claimed, now: datetime) -> Delivery | None:
    """The carrier's list lacks it: for the second time, the settle times apart, it may go again.

    Counted only if nobody else counted this look already.
    """
    times = doubt.not_found + 1
    to = after_not_found(times, doubt.attempts)
    values = {"not_before": now + (SECOND_LOOK - FIRST_LOOK)}
    if to is not Delivery.UNKNOWN:
        values = consequences(to, doubt, now, wait=timedelta())
    seen = (
        OutboxMessage.state == Delivery.UNKNOWN,
        OutboxMessage.not_found == doubt.not_found,
    )
    return to if change(session, doubt, seen, state=to, not_found=times, **values) else None


def callback(
    session: Session, uuid: str, told: Delivery, now: datetime, carrier_id: str | None = None
) -> bool:
    """Write down what a carrier reports; say whether that was news. Rank only rises.

    Reports come late, twice and out of order.
    """
    unreached = sa.and_(sa.literal(told in UNREACHED), OutboxMessage.kind.in_(sorted(RUNG_UP)))
    rung = sa.case((unreached, sa.literal(now, UtcDateTime)), else_=None)
    known = sa.func.coalesce(OutboxMessage.carrier_id, carrier_id)
    lifted = session.scalar(
        sa.update(OutboxMessage)
        .where(OutboxMessage.uuid == uuid, OutboxMessage.state.in_(below(told)))
        .values(state=told, settled_at=now, lease_until=None, carrier_id=known, rings_at=rung)
        .returning(OutboxMessage.id)
    )
    return lifted is not None
