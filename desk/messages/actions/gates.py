"""放行: whether a message that is due may go out at all, at the moment it would.

Still true, wanted, within the day's cap of its number. What may not go out leaves the queue in
the transaction that found out; what somebody has a right to hear is then told by telephone.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy.orm import Session

from desk.messages import queries
from desk.messages.actions.limits import places_taken, take_place
from desk.messages.queries import keeping
from desk.messages.records import MessageSettings, OutboxMessage
from desk.messages.rules.delivery import Delivery
from desk.messages.rules.kinds import (
    MANNERS,
    TO_STAFF,
    UNCOUNTED,
    MessageKind,
    Quiet,
    Why,
    tomorrow,
)
from desk.messages.rules.templates import TemplateName, filled
from desk.messages.rules.wording import signature_of, signed
from kernel.clock import town_day

#: 复核: by kind, who says whether the message of a key still says what is so at this moment
Guards = Mapping[MessageKind, Callable[[Session, str, datetime], bool]]
UNGUARDED: Guards = MappingProxyType({})
#: so many leave the queue in one transaction; what is left waits for the next pass
STALE_LIMIT = 50


def next_allowed(
    session: Session, now: datetime, kinds: queries.Kinds, guards: Guards
) -> OutboxMessage | None:
    """Return the next message that may go out, with its place of the day taken."""
    kept = keeping.settings(session)
    quiet = Quiet.of_minutes(kept.quiet_from, kept.quiet_until)
    for _ in range(STALE_LIMIT):
        message = queries.next_due(session, now, kinds, quiet)
        if message is None or _may_go(session, message, now, guards, kept):
            return message
        session.flush()
    return None


def _may_go(
    session: Session,
    message: OutboxMessage,
    now: datetime,
    guards: Guards,
    kept: MessageSettings,
) -> bool:
    guard = guards.get(message.kind)
    if guard is not None and not guard(session, message.key, now):
        _let_go(message, Why.UNTRUE, now)
        return False
    if message.kind in UNCOUNTED or message.reader is None:
        return True
    if message.kind not in TO_STAFF and keeping.has_opted_out(session, message.reader):
        _let_go(message, Why.OPTED_OUT, now)
        return False
    return message.attempts > 0 or _has_place(session, message, now, kept)


def _has_place(
    session: Session, message: OutboxMessage, now: datetime, kept: MessageSettings
) -> bool:
    """Take a place of the day; with the last one, everything of the person goes together."""
    assert message.reader is not None
    today = town_day(now)
    if places_taken(session, message.reader, today) == kept.daily_cap - 1:
        _gather(session, message, now)
    if take_place(session, message.reader, today, kept.daily_cap):
        return True
    morning = tomorrow(now, Quiet.of_minutes(kept.quiet_from, kept.quiet_until))
    if MANNERS[message.kind].is_owed or morning >= message.expires_at:
        _let_go(message, Why.CAPPED, now)
    else:
        message.not_before = morning
    return False


def _gather(session: Session, message: OutboxMessage, now: datetime) -> None:
    """Say everything that waits for a person in one text."""
    others = keeping.gatherable(session, message, now)
    if not others or not MANNERS[message.kind].may_gather:
        return
    template = keeping.in_force(session, TemplateName.GATHERED)
    signature = template.signature or signature_of(message.text)
    message.text = signed(signature, filled(template.wording, {}), message.mark)
    message.template_id, message.blanks = template.id, json.dumps({})
    for other in others:
        _let_go(other, Why.GATHERED, now)


def _let_go(message: OutboxMessage, why: Why, now: datetime) -> None:
    message.state, message.why, message.settled_at = Delivery.WITHDRAWN, why, now
    if why in {Why.OPTED_OUT, Why.CAPPED} and MANNERS[message.kind].is_owed:
        message.rings_at = now
