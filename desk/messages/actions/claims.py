"""认领: a message as one worker holds it, and the only way to change one that is held.

Every change is one UPDATE that names the fence and the states it may come from, so that a
worker which comes back late changes nothing it should not, on SQLite and on PostgreSQL.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.messages.gateways import Answer, Outgoing
from desk.messages.records import CarrierAttempt, OutboxMessage
from desk.messages.rules.delivery import FIRST_LOOK, UNREACHED, Delivery, mobile_place, sources
from desk.messages.rules.kinds import (
    RUNG_UP,
    USUAL_QUIET,
    MessageKind,
    Quiet,
    not_before,
    valid_seconds,
)
from kernel.house_session import vault_of


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message as it was read: good until its fence is raised."""

    id: int
    key: str
    fence: int
    kind: MessageKind
    attempts: int
    not_found: int
    outgoing: Outgoing
    #: until when it is this worker's: to begin with, or to send the first byte
    lease_until: datetime | None
    #: who was asked, once somebody was
    carrier: str = ""


def reader_of(session: Session, digits: str) -> bytes:
    """Return what one person's messages are counted by."""
    return vault_of(session).blind("sms", digits)


def opened(
    session: Session, message: OutboxMessage, started_at: datetime, quiet: Quiet = USUAL_QUIET
) -> Claimed:
    """Return a message as a worker needs it when no transaction is open."""
    outgoing = Outgoing(
        uuid=message.uuid,
        mobile=vault_of(session).town.open(message.mobile, mobile_place(message.uuid)),
        text=message.text,
        mark=message.mark,
        started_at=started_at,
        valid_seconds=valid_seconds(message.kind, started_at, message.expires_at, quiet),
        blanks=json.loads(message.blanks or "{}"),
    )
    return Claimed(
        id=message.id,
        key=message.key,
        fence=message.fence,
        kind=message.kind,
        attempts=message.attempts,
        not_found=message.not_found,
        outgoing=outgoing,
        lease_until=message.lease_until,
    )


def change(
    session: Session, held: Claimed, where: tuple[sa.ColumnElement[bool], ...], **values: Any
) -> bool:
    """Change a message if its fence is still the one it was read with; say whether it was."""
    changed = session.scalar(
        sa.update(OutboxMessage)
        .where(OutboxMessage.id == held.id, OutboxMessage.fence == held.fence, *where)
        .values(**values)
        .returning(OutboxMessage.id)
    )
    return changed is not None


def move(session: Session, held: Claimed, to: Delivery, **values: Any) -> bool:
    """Move a message to `to` if the table allows it from where it stands by now."""
    return change(session, held, (OutboxMessage.state.in_(sources(to)),), state=to, **values)


def name(session: Session, held: Claimed, carrier_id: str | None) -> None:
    """Keep the carrier's own id of a message, whatever became of it meanwhile."""
    if carrier_id:
        change(session, held, (), carrier_id=carrier_id)


def consequences(to: Delivery, held: Claimed, now: datetime, wait: timedelta) -> dict[str, Any]:
    """Return what else changes with the step to `to`: above all, when to look at it again.

    What goes back to pending waits for `wait`, and through the night.
    """
    if to is Delivery.PENDING:
        ready_at = not_before(held.kind, now + wait)
        return {"not_before": ready_at, "settled_at": None, "lease_until": None}
    if to is Delivery.UNKNOWN:
        look_at = now + FIRST_LOOK
        return {"not_before": look_at, "settled_at": now, "lease_until": None, "not_found": 0}
    return {"settled_at": now, "lease_until": None, "rings_at": rings(to, held.kind, now)}


def rings(to: Delivery, kind: MessageKind, now: datetime) -> datetime | None:
    """Return since when somebody has to be rung up about a message that ended so."""
    return now if to in UNREACHED and kind in RUNG_UP else None


def end_attempt(session: Session, held: Claimed, answer: Answer, now: datetime) -> None:
    """Write down how an attempt ended."""
    session.execute(
        sa.update(CarrierAttempt)
        .where(CarrierAttempt.message_id == held.id, CarrierAttempt.fence == held.fence)
        .values(ended_at=now, outcome=answer.verdict, note=answer.note)
    )
