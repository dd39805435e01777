"""善后: what somebody does by hand about a message: ring up, send again, say what became of it."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.messages.actions import sending
from desk.messages.actions.claims import change, opened
from desk.messages.actions.promises import Promise, queue
from desk.messages.queries import promised
from desk.messages.queries.outbox import in_hand
from desk.messages.records import MessageCall, OutboxMessage
from desk.messages.rules.calls import DONE, CallResult, NobodyToRing, check_why
from desk.messages.rules.carriers import BY_HAND
from desk.messages.rules.delivery import (
    UNREACHED,
    Delivery,
    MayReachTwice,
    NotInDoubt,
    mobile_place,
    repeat_key,
)
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.house_session import vault_of

#: a file fetched in the morning is sent the same day
IN_HAND_FOR = timedelta(hours=12)
MOST_BY_HAND = 500


def note_call(
    session: Session,
    message: OutboxMessage,
    told: tuple[CallResult, str],
    actor: Actor,
    now: datetime,
) -> None:
    """Write down what came of ringing somebody up: (result, note). Raises: NobodyToRing."""
    result, note = told
    if message.rings_at is None:
        raise NobodyToRing
    session.add(
        MessageCall(
            message_id=message.id, at=now, actor_id=actor.staff_id, result=result, note=note
        )
    )
    if result in DONE:
        message.rings_at = None
    facts = {"result": result}
    audit.record(session, actor, "message.rung", f"message:{message.id}", now, **facts)


def send_again(
    session: Session, message: OutboxMessage, reason: str, actor: Actor, now: datetime
) -> None:
    """Promise a text anew that certainly reached nobody. Raises: WhyNeeded, MayReachTwice."""
    check_why(reason)
    if message.state not in UNREACHED:
        raise MayReachTwice
    text, mark = message.text, message.mark
    key = repeat_key(message.key, message.uuid)
    mobile = number_of(session, message)
    wording = lambda fresh: text[: -len(mark)] + fresh  # noqa: E731
    if not queue(session, Promise(key, message.kind, mobile, wording), now):
        raise MayReachTwice
    added = promised(session, key)
    assert added is not None
    added.template_id, added.blanks = message.template_id, message.blanks
    message.rings_at = None
    facts = {"reason": reason}
    audit.record(session, actor, "message.sent_again", f"message:{message.id}", now, **facts)


def reveal(
    session: Session, message: OutboxMessage, reason: str, actor: Actor, now: datetime
) -> str:
    """Return the whole number, and write down who looked and why. Raises: WhyNeeded."""
    check_why(reason)
    facts = {"reason": reason}
    audit.record(session, actor, "message.revealed", f"message:{message.id}", now, **facts)
    return number_of(session, message)


def say_what_became(
    session: Session, message: OutboxMessage, was_sent: bool, actor: Actor, now: datetime
) -> None:
    """End a doubt by what somebody saw at the carrier's. Raises: NotInDoubt."""
    held = opened(session, message, now)
    values = {"settled_at": now, "not_before": now}
    to = Delivery.ACCEPTED if was_sent else Delivery.PENDING
    if not change(session, held, (OutboxMessage.state == Delivery.UNKNOWN,), state=to, **values):
        raise NotInDoubt
    facts = {"was_sent": was_sent}
    audit.record(session, actor, "message.cleared_up", f"message:{message.id}", now, **facts)


def take_in_hand(session: Session, actor: Actor, now: datetime) -> list[tuple[str, str]]:
    """Take what is due out of the queue for the township's own console: (number, text)."""
    for claimed in sending.reserve(session, [BY_HAND], now, MOST_BY_HAND):
        if sending.begin(session, claimed, now):
            change(session, claimed, (), lease_until=now + IN_HAND_FOR)
    held = in_hand(session)
    facts = {"texts": len(held)}
    audit.record(session, actor, "messages.fetched", "messages:csv", now, **facts)
    return [(number_of(session, one), one.text) for one in held]


def sent_by_hand(session: Session, actor: Actor, now: datetime) -> int:
    """Say that everything fetched was handed to the carrier; return how many."""
    sent = session.scalars(
        sa.update(OutboxMessage)
        .where(OutboxMessage.state == Delivery.SENDING, OutboxMessage.carrier == BY_HAND)
        .values(state=Delivery.ACCEPTED, settled_at=now, lease_until=None)
        .returning(OutboxMessage.id)
    ).all()
    audit.record(session, actor, "messages.sent_by_hand", "messages:csv", now, texts=len(sent))
    return len(sent)


def number_of(session: Session, message: OutboxMessage) -> str:
    """Return a message's number in the clear: for the carrier, or after a recorded reveal."""
    return vault_of(session).town.open(message.mobile, mobile_place(message.uuid))
