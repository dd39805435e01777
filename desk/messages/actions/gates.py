"""放行: whether a message that is due may go out at all, at the moment it would.

Still true, wanted, within the day's cap of its number and within what the town can pay. What may
not go out leaves the queue in the transaction that found out; what somebody has a right to hear
is then told by telephone.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from sqlalchemy.orm import Session

from desk.messages.actions.limits import take_place
from desk.messages.queries import keeping
from desk.messages.records import MessageSettings, OutboxMessage
from desk.messages.rules.delivery import Delivery, first_key
from desk.messages.rules.kinds import (
    AT_ONCE,
    MANNERS,
    TO_STAFF,
    UNCOUNTED,
    MessageKind,
    Quiet,
    Why,
    tomorrow,
)
from desk.messages.rules.shapes import TemplateName
from desk.messages.rules.templates import filled
from desk.messages.rules.wording import billed_parts, signature_of, signed
from kernel.clock import town_day

#: 复核: by kind, who says whether the message of a key still says what is so at this moment
Guards = Mapping[MessageKind, Callable[[Session, str, datetime], bool]]
UNGUARDED: Guards = MappingProxyType({})


@dataclass(slots=True)
class Gate:
    """What a lot of messages is measured by, looked up once for all of them."""

    now: datetime
    kept: MessageSettings
    guards: Guards
    #: what day and month may still cost
    left_li: int
    #: what was let through of this lot
    through: set[int] = field(default_factory=set)

    @property
    def quiet(self) -> Quiet:
        """Return the hours in which nobody is rung awake."""
        return Quiet.of_minutes(self.kept.quiet_from, self.kept.quiet_until)

    @property
    def can_pay(self) -> bool:
        """Say whether there is money for anything but what may not wait."""
        return self.left_li >= self.kept.part_li


def gate_at(session: Session, now: datetime, guards: Guards) -> Gate:
    """Return what the messages of this moment are measured by."""
    kept = keeping.settings(session)
    spent = keeping.spent(session, town_day(now))
    return Gate(now, kept, guards, keeping.budget(kept).left_li(spent))


def let_through(
    session: Session, messages: Iterable[OutboxMessage], gate: Gate
) -> list[OutboxMessage]:
    """Return those that may go out, each with its place of the day and its money taken."""
    asked = list(messages)
    out = keeping.opted_out(session, {one.reader for one in asked if one.reader})
    return [one for one in asked if _may_go(session, one, gate, out)]


def is_untrue(session: Session, guards: Guards, kind: MessageKind, key: str, now: datetime) -> bool:
    """Say whether a message says what is no longer so."""
    guard = guards.get(kind)
    return guard is not None and not guard(session, first_key(key), now)


def _may_go(session: Session, message: OutboxMessage, gate: Gate, out: set[bytes]) -> bool:
    if message.state is not Delivery.PENDING:
        return False  # said together with one before it
    if is_untrue(session, gate.guards, message.kind, message.key, gate.now):
        _let_go(message, Why.UNTRUE, gate.now)
        return False
    if message.kind not in UNCOUNTED | TO_STAFF and message.reader in out:
        _let_go(message, Why.OPTED_OUT, gate.now)
        return False
    if not (_can_be_paid(message, gate) and _has_place(session, message, gate)):
        return False
    gate.through.add(message.id)
    return True


def _can_be_paid(message: OutboxMessage, gate: Gate) -> bool:
    """Take the money for a message: the budget stops before it is passed."""
    cost_li = gate.kept.part_li * billed_parts(message.text)
    if message.kind not in AT_ONCE and cost_li > gate.left_li:
        return False
    gate.left_li -= cost_li
    return True


def _has_place(session: Session, message: OutboxMessage, gate: Gate) -> bool:
    """Take a place of the day; with the last one, everything of the person goes together.

    What was in a worker's hand before has its place.
    """
    if message.kind in UNCOUNTED or message.reader is None or message.fence:
        return True
    cap = gate.kept.daily_cap
    place = take_place(session, message.reader, town_day(gate.now), cap)
    if place == cap and MANNERS[message.kind].may_gather:
        _gather(session, message, gate)
    if place:
        return True
    morning = tomorrow(gate.now, gate.quiet)
    if MANNERS[message.kind].is_owed or morning >= message.expires_at:
        _let_go(message, Why.CAPPED, gate.now)
    else:
        message.not_before = morning
    return False


def _gather(session: Session, message: OutboxMessage, gate: Gate) -> None:
    """Say everything that waits for a person in one text."""
    waiting = keeping.gatherable(session, message, gate.now)
    others = [one for one in waiting if one.id not in gate.through]
    if not others:
        return
    template = keeping.in_force(session, TemplateName.GATHERED)
    signature = template.signature or signature_of(message.text)
    message.text = signed(signature, filled(template.wording, {}), message.mark)
    message.template_id, message.blanks = template.id, json.dumps({})
    for other in others:
        _let_go(other, Why.GATHERED, gate.now)


def _let_go(message: OutboxMessage, why: Why, now: datetime) -> None:
    message.state, message.why, message.settled_at = Delivery.WITHDRAWN, why, now
    if why in {Why.OPTED_OUT, Why.CAPPED} and MANNERS[message.kind].is_owed:
        message.rings_at = now
