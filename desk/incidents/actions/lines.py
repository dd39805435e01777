"""处置过程: write a line of the timeline."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.incidents.records import Incident, IncidentLine
from desk.incidents.rules.kinds import EmptyLine, LineKind
from duty_roster.rules.log import check_moment
from kernel.access import Actor
from kernel.audit import actions as audit


def add_line(
    session: Session,
    incident: Incident,
    line: tuple[LineKind, str, datetime],
    actor: Actor,
    now: datetime,
) -> None:
    """Write a line: (kind, words, when it happened). Raises: EmptyLine, MomentAhead."""
    kind, text, happened_at = line
    if not text:
        raise EmptyLine
    check_moment(happened_at, now)
    session.add(
        IncidentLine(
            incident_id=incident.id,
            at=now,
            happened_at=happened_at,
            kind=kind,
            text=text,
            actor_id=actor.staff_id,
        )
    )
    session.flush()
    audit.record(session, actor, "incident.noted", f"incident:{incident.id}", now, kind=kind)
