"""通知: record a call, an announcement to many, and the text that goes to everybody at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from desk.incidents import queries
from desk.incidents.actions.lines import add_line
from desk.incidents.queries import Listed
from desk.incidents.records import AlarmText, CallRecord, Incident, IncidentCall
from desk.incidents.rules.calls import (
    EverybodyReached,
    NobodyChosen,
    NobodyHasMobile,
    Outcome,
    Way,
    WordsNeeded,
    alarm_line,
    wide_line,
)
from desk.incidents.rules.kinds import AlreadyResolved, LineKind
from desk.messages.actions import Promise, queue
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.wording import emergency_text
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.contact import PhoneKind, parse_phone
from kernel.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Attempt:
    """通知: what came of it, how, and whether it was the deputy."""

    outcome: Outcome
    way: Way
    is_deputy: bool = False


def record_call(
    session: Session,
    called: tuple[Incident, IncidentCall],
    attempt: Attempt,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down one attempt at somebody."""
    incident, call = called
    _record(session, call, attempt, actor, now)
    facts = {"call": call.id, "outcome": attempt.outcome}
    audit.record(session, actor, "incident.called", f"incident:{incident.id}", now, **facts)


def announce(
    session: Session,
    incident: Incident,
    told: tuple[Way, Collection[int]],
    actor: Actor,
    now: datetime,
) -> None:
    """Write down an announcement that reached several: (way, whom). Raises NobodyChosen."""
    way, chosen = told
    calls = [queries.call(session, incident, one) for one in sorted(chosen)]
    if not calls:
        raise NobodyChosen
    for call in calls:
        _record(session, call, Attempt(Outcome.TOLD, way), actor, now)
    line = wide_line(way, [one.label for one in calls])
    add_line(session, incident, (LineKind.MEASURE, line, now), actor, now)
    facts = {"way": way, "number": len(calls)}
    audit.record(session, actor, "incident.announced", f"incident:{incident.id}", now, **facts)


def raise_alarm(
    session: Session, incident: Incident, said: tuple[str, str], actor: Actor, now: datetime
) -> int:
    """Promise a text to everybody who was not reached: (signature, words); return how many.

    From the second time on the deputies get it too. Raises: AlreadyResolved, WordsNeeded,
    EverybodyReached, NobodyHasMobile, and what no text may hold.
    """
    signature, words = said
    if incident.resolved_at:
        raise AlreadyResolved
    if not words:
        raise WordsNeeded
    waiting = [one for one in queries.listed(session, incident, now) if not one.is_reached]
    if not waiting:
        raise EverybodyReached
    turn = queries.last_turn(session, incident) + 1
    sent = sum(
        _send(session, one, turn, partial(_wording, signature, words), now) for one in waiting
    )
    if not sent:
        raise NobodyHasMobile
    line = alarm_line(turn, sent, words)
    add_line(session, incident, (LineKind.MEASURE, line, now), actor, now)
    facts = {"turn": turn, "texts": sent}
    audit.record(session, actor, "incident.alarm", f"incident:{incident.id}", now, **facts)
    return sent


def _wording(signature: str, words: str, mark: str) -> str:
    return emergency_text(signature, words, mark)


def _send(session: Session, one: Listed, turn: int, wording: partial[str], now: datetime) -> int:
    """Promise the texts of one place of the list; return how many."""
    numbers = [one.contact.phone, *([one.contact.deputy_phone] if turn > 1 else [])]
    mobiles = dict.fromkeys(filter(None, map(_mobile, numbers)))
    for place, mobile in enumerate(mobiles):
        key = f"alarm:{one.call.uuid}:{turn}:{place}"
        queue(session, Promise(key, MessageKind.EMERGENCY, mobile, wording), now)
        session.add(AlarmText(call_id=one.call.id, turn=turn, key=key, at=now))
    session.flush()
    return len(mobiles)


def _mobile(number: str) -> str:
    """Return a number as the outbox takes it; nothing where no text can go."""
    try:
        phone = parse_phone(number)
    except InvalidInput:
        return ""
    return phone.stored if phone.kind is PhoneKind.MOBILE else ""


def _record(
    session: Session, call: IncidentCall, attempt: Attempt, actor: Actor, now: datetime
) -> None:
    session.add(
        CallRecord(
            call_id=call.id,
            at=now,
            outcome=attempt.outcome,
            way=attempt.way,
            is_deputy=attempt.is_deputy,
            actor_id=actor.staff_id,
        )
    )
    session.flush()
