"""检举控告的动作: 纪检 opens what was sealed, and notes what was done. Every look is recorded."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.windows.petitions.records import Denunciation
from desk.windows.petitions.rules.afterwards import ResultNeeded
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.house_session import vault_of


def open_sealed(session: Session, found: Denunciation, actor: Actor, now: datetime) -> None:
    """Record that somebody of 纪检 reads it."""
    if found.opened_at is None:
        found.opened_at, found.opened_by_id = now, actor.staff_id
    audit.record(session, actor, "visit.revealed", f"visit:{found.code}", now)


def settle(
    session: Session, found: Denunciation, outcome: str, actor: Actor, now: datetime
) -> None:
    """Note what was done about it, sealed. Raises: ResultNeeded."""
    if not outcome:
        raise ResultNeeded
    place = f"denunciation|outcome|{found.code}"
    found.outcome_sealed = vault_of(session).town.seal(outcome, place)
    found.settled_at = now
    audit.record(session, actor, "visit.settled", f"visit:{found.code}", now)
