"""发送: reserve a lot of messages, begin with each, and settle what the carrier answered.

Reserving is one transaction for the whole lot; what is reserved stays pending until its own
first byte, so that a crash leaves only the one text in doubt that was on the line. Between
beginning and settling no transaction is open.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.messages import queries
from desk.messages.actions.claims import (
    Claimed,
    change,
    consequences,
    end_attempt,
    move,
    name,
    opened,
)
from desk.messages.actions.gates import UNGUARDED, Gate, Guards, gate_at, is_untrue, let_through
from desk.messages.actions.limits import NOT_BILLED, charge, heard, take_back
from desk.messages.gateways import Answer
from desk.messages.queries import keeping
from desk.messages.records import CarrierAttempt, OutboxMessage
from desk.messages.rules.delivery import LEASE, Delivery, Verdict, after, backoff
from desk.messages.rules.kinds import AT_ONCE, MessageKind, Why
from desk.messages.rules.wording import billed_parts
from kernel.clock import town_day

__all__ = ["UNGUARDED", "Guards", "abandon", "begin", "claim", "release", "reserve", "settle"]
#: so many lots in which nothing may go out are cleared away in one transaction
STALE_LOTS = 50
_UNBEGUN = (OutboxMessage.state == Delivery.PENDING,)


def reserve(
    session: Session,
    carriers: Sequence[str],
    now: datetime,
    limit: int,
    kinds: queries.Kinds = queries.EVERY_KIND,
    guards: Guards = UNGUARDED,
) -> list[Claimed]:
    """Reserve what has been due longest, for as long as a lease: nobody else begins with it.

    `carriers` in the town's order; one that keeps failing is left alone, one that refused the
    message is not asked again. What may not go out leaves the queue on the way.
    """
    measure, alone = gate_at(session, now, guards), keeping.left_alone(session, now)
    awake = [carrier for carrier in carriers if carrier not in alone]
    allowed = kinds if measure.can_pay else kinds & AT_ONCE
    seen: set[int] = set()
    for _ in range(STALE_LOTS if awake and allowed else 0):
        lot = queries.longest_due(session, now, limit, allowed, measure.quiet)
        if seen.issuperset(message.id for message in lot):
            break
        seen.update(message.id for message in lot)
        if held := _held(session, lot, awake, measure):
            return held
    return []


def _held(
    session: Session, lot: Sequence[OutboxMessage], carriers: Sequence[str], measure: Gate
) -> list[Claimed]:
    """Take those of a lot that may go out and find a carrier."""
    doors = {message.id: _carrier(session, message, carriers) for message in lot}
    through = let_through(session, [one for one in lot if doors[one.id]], measure)
    if not through:
        return []
    session.flush()
    taken = sa.update(OutboxMessage).where(OutboxMessage.id.in_([one.id for one in through]))
    until = {"fence": OutboxMessage.fence + 1, "lease_until": measure.now + LEASE}
    session.execute(taken.values(until).execution_options(synchronize_session=False))
    # whose lease ran out was paid for when it was first taken
    fresh = [one for one in through if one.lease_until is None]
    charge(session, town_day(measure.now), [(one.kind, billed_parts(one.text)) for one in fresh])
    templates = keeping.carrier_templates(session, {one.template_id for one in through})
    names = [(doors[one.id] or "", templates.get(one.template_id, "")) for one in through]
    return [_reserved(session, *each, measure) for each in zip(through, names, strict=True)]


def _reserved(
    session: Session, message: OutboxMessage, names: tuple[str, str], measure: Gate
) -> Claimed:
    """Return a message as reserved: names are (the carrier, its template there)."""
    carrier, template = names
    found = opened(session, message, measure.now, measure.quiet)
    worth = timedelta(seconds=found.outgoing.valid_seconds)
    return replace(
        found,
        fence=found.fence + 1,
        lease_until=measure.now + min(LEASE, worth),
        carrier=carrier,
        outgoing=replace(found.outgoing, template=template),
    )


def _carrier(session: Session, message: OutboxMessage, carriers: Sequence[str]) -> str | None:
    """Return the first carrier that has not refused a message."""
    refused = _refusals(session, message.id) if message.attempts else set()
    return next((carrier for carrier in carriers if carrier not in refused), None)


def _refusals(session: Session, message_id: int) -> set[str]:
    query = sa.select(CarrierAttempt.carrier).where(
        CarrierAttempt.message_id == message_id, CarrierAttempt.outcome == Verdict.REFUSED
    )
    return set(session.scalars(query))


def begin(
    session: Session, held: Claimed, now: datetime, guards: Guards = UNGUARDED
) -> Claimed | None:
    """Begin with a reserved message; commit before its first byte. None: not any more.

    It was taken back, its lease ran out, the night or its last hour began; or what it says
    ceased to be so meanwhile.
    """
    if held.lease_until is None or now >= held.lease_until:
        return None
    if is_untrue(session, guards, held.kind, held.key, now):
        _let_go(session, held, now)
        return None
    gone = int((now - held.outgoing.started_at).total_seconds())
    valid = max(1, held.outgoing.valid_seconds - gone)
    mine = replace(
        held,
        attempts=held.attempts + 1,
        lease_until=now + LEASE,
        outgoing=replace(held.outgoing, started_at=now, valid_seconds=valid),
    )
    kept = {"attempts": mine.attempts, "lease_until": mine.lease_until, "carrier": mine.carrier}
    if not move(session, held, Delivery.SENDING, **kept):
        return None
    session.add(_attempt(mine, now))
    return mine


def claim(
    session: Session,
    carriers: Sequence[str],
    now: datetime,
    kinds: queries.Kinds = queries.EVERY_KIND,
    guards: Guards = UNGUARDED,
) -> Claimed | None:
    """Take the one message that has been due longest and begin with it."""
    held = reserve(session, carriers, now, 1, kinds, guards)
    return begin(session, held[0], now, guards) if held else None


def release(session: Session, held: Sequence[Claimed], now: datetime) -> None:
    """Put back what was reserved and not begun with, and the money for it."""
    back = [one for one in held if change(session, one, _UNBEGUN, lease_until=None)]
    take_back(session, town_day(now), [_parts(one) for one in back])


def _let_go(session: Session, held: Claimed, now: datetime) -> None:
    """Withdraw what ceased to be so since it was reserved."""
    values = {"why": Why.UNTRUE, "settled_at": now, "lease_until": None}
    if change(session, held, _UNBEGUN, state=Delivery.WITHDRAWN, **values):
        take_back(session, town_day(now), [_parts(held)])


def _parts(held: Claimed) -> tuple[MessageKind, int]:
    return held.kind, billed_parts(held.outgoing.text)


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
        take_back(session, town_day(now), [_parts(held)])
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


def _attempt(mine: Claimed, now: datetime) -> CarrierAttempt:
    return CarrierAttempt(
        message_id=mine.id, fence=mine.fence, carrier=mine.carrier, started_at=now, note=""
    )
