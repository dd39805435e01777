"""报告: what is owed to the district, and saying that it was told."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.incidents import queries
from desk.incidents.actions.lines import add_line
from desk.incidents.records import Incident, IncidentReport, IncidentSettings
from desk.incidents.rules.kinds import LineKind
from desk.incidents.rules.reporting import (
    AlreadyReported,
    ReceiverNeeded,
    ReportKind,
    Times,
    first_reports,
    follows,
    reported_line,
)
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.errors import NotFound


def owe_first(session: Session, incident: Incident, now: datetime) -> None:
    """Start the clocks of an incident that was just opened."""
    for kind, due_at in first_reports(now, queries.times(session)):
        _add(session, incident, kind, now, due_at)


def owe(session: Session, incident: Incident, kind: ReportKind, now: datetime) -> None:
    """Start one more clock."""
    _add(session, incident, kind, now, now + queries.times(session).of(kind))


def drop_owed(session: Session, incident: Incident, kind: ReportKind) -> None:
    """Stop a clock that has no point any more."""
    mine = (IncidentReport.incident_id == incident.id, IncidentReport.kind == kind)
    unmade = sa.update(IncidentReport).where(*mine, IncidentReport.done_at.is_(None))
    session.execute(unmade.values(is_dropped=True))


def report(
    session: Session,
    incident: Incident,
    made: tuple[int, str, str],
    actor: Actor,
    now: datetime,
) -> None:
    """Note that a report was made: (which, to whom, a word with it); the next one is then owed.

    Raises: NotFound, AlreadyReported, ReceiverNeeded.
    """
    report_id, to_whom, note = made
    found = session.get(IncidentReport, report_id)
    if found is None or found.incident_id != incident.id or found.is_dropped:
        raise NotFound
    if found.done_at:
        raise AlreadyReported
    if not to_whom:
        raise ReceiverNeeded
    found.done_at, found.done_by_id, found.to_whom = now, actor.staff_id, to_whom
    line = reported_line(found.kind, to_whom, note)
    add_line(session, incident, (LineKind.REPORT, line, now), actor, now)
    following = follows(found.kind, is_resolved=incident.resolved_at is not None)
    if following:
        owe(session, incident, following, now)
    facts = {"kind": found.kind}
    audit.record(session, actor, "incident.reported", f"incident:{incident.id}", now, **facts)


def set_times(session: Session, times: Times, actor: Actor, now: datetime) -> None:
    """Change the reporting times, for incidents opened from now on."""
    values = {
        "phone_minutes": times.phone,
        "written_minutes": times.written,
        "follow_up_minutes": times.follow_up,
        "final_minutes": times.final,
        "text_minutes": times.text,
    }
    session.execute(sa.update(IncidentSettings).values(**values))
    audit.record(session, actor, "incident.times_set", "incident:settings", now, **values)


def _add(
    session: Session, incident: Incident, kind: ReportKind, now: datetime, due_at: datetime
) -> None:
    session.add(
        IncidentReport(
            incident_id=incident.id,
            kind=kind,
            starts_at=now,
            due_at=due_at,
            to_whom="",
            is_dropped=False,
        )
    )
    session.flush()
