"""突发事件的动作: open, record, follow, report, end. The timeline writes itself along the way."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from desk.cases.records import Case
from desk.incidents import queries
from desk.incidents.actions.lines import add_line
from desk.incidents.actions.reporting import drop_owed, owe, owe_first
from desk.incidents.queries.lists import callees, contact_place, sealed_contact
from desk.incidents.records import Incident, IncidentCall, IncidentCase
from desk.incidents.rules.kinds import (
    LINKED_LINE,
    LOG_OUTCOME,
    RESOLVED_LINE,
    AlreadyResolved,
    IncidentKind,
    LineKind,
    OutcomeNeeded,
    check_gist,
    log_words,
    opened_line,
)
from desk.incidents.rules.reporting import ReportKind
from duty_roster.actions import log
from duty_roster.rules.log import LogKind, Written
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.clock import town_day
from kernel.town.records import Village

__all__ = ["First", "add_line", "link", "open_incident", "resolve"]


@dataclass(frozen=True, slots=True)
class First:
    """接报: what is known in the first ten seconds."""

    kind: IncidentKind
    village: Village | None
    place: str
    gist: str
    source: str = ""

    @property
    def where(self) -> str:
        """Return village and place in words."""
        return where_words(self.village, self.place)


def where_words(village: Village | None, place: str) -> str:
    """Return village and place in words."""
    return (village.name if village else "") + place


def open_incident(session: Session, first: First, actor: Actor, now: datetime) -> Incident:
    """Open an incident: its list is ready, its reporting clocks run, the duty log has it.

    Raises: NothingHappened.
    """
    check_gist(first.gist)
    uuid = uuid4().hex
    words = log_words(first.kind, first.where, first.gist)
    written = Written(LogKind.INCIDENT, words, now, is_open=True, link=f"/incidents/{uuid}")
    entry = log.write(session, written, actor, now)
    incident = Incident(
        uuid=uuid,
        kind=first.kind,
        village_id=first.village.id if first.village else None,
        place=first.place,
        gist=first.gist,
        source=first.source,
        opened_at=now,
        opened_by_id=actor.staff_id,
        log_entry_id=entry.id,
        outcome="",
    )
    session.add(incident)
    session.flush()
    _draw_up_the_list(session, incident, now)
    owe_first(session, incident, now)
    line = opened_line(first.gist, first.source)
    add_line(session, incident, (LineKind.SITUATION, line, now), actor, now)
    audit.record(session, actor, "incident.opened", f"incident:{incident.id}", now, kind=first.kind)
    return incident


def resolve(
    session: Session, incident: Incident, outcome: str, actor: Actor, now: datetime
) -> None:
    """End an incident: the final report is owed, the duty log's entry is closed.

    Raises: AlreadyResolved, OutcomeNeeded.
    """
    if incident.resolved_at:
        raise AlreadyResolved
    if not outcome:
        raise OutcomeNeeded
    incident.resolved_at, incident.outcome = now, outcome
    drop_owed(session, incident, ReportKind.FOLLOW_UP)
    owe(session, incident, ReportKind.FINAL, now)
    line = RESOLVED_LINE.format(outcome=outcome)
    add_line(session, incident, (LineKind.DECISION, line, now), actor, now)
    step = log.Step(LOG_OUTCOME.format(outcome=outcome), closes=True)
    log.follow_up(session, incident.log_entry_id, step, actor, now)
    audit.record(session, actor, "incident.resolved", f"incident:{incident.id}", now)


def link(session: Session, incident: Incident, case: Case, actor: Actor, now: datetime) -> None:
    """Note that a case follows an incident up; a second time changes nothing."""
    if case.id in {one.id for one in queries.cases(session, incident)}:
        return
    session.add(IncidentCase(incident_id=incident.id, case_id=case.id))
    session.flush()
    line = LINKED_LINE.format(number=case.number)
    add_line(session, incident, (LineKind.MEASURE, line, now), actor, now)
    audit.record(session, actor, "incident.linked", f"incident:{incident.id}", now, case=case.id)


def _draw_up_the_list(session: Session, incident: Incident, now: datetime) -> None:
    """Copy whom to ring, as of this moment: what was on the list tonight stays to be read."""
    found = callees(session, incident.kind, incident.village_id, town_day(now))
    for position, one in enumerate(found, start=1):
        uuid = uuid4().hex
        place = contact_place(IncidentCall.__tablename__, uuid)
        session.add(
            IncidentCall(
                uuid=uuid,
                incident_id=incident.id,
                position=position,
                label=one.label,
                village_id=one.village_id,
                contact_sealed=sealed_contact(session, one.contact, place),
            )
        )
