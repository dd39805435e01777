"""突发事件查询: incidents, their lists with where everybody stands, and what is owed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.records import Case
from desk.incidents.queries.lists import opened_contact
from desk.incidents.records import (
    AlarmText,
    CallRecord,
    Incident,
    IncidentCall,
    IncidentCase,
    IncidentLine,
    IncidentReport,
    IncidentSettings,
)
from desk.incidents.rules.calls import (
    REACHED,
    Answered,
    Contact,
    Review,
    Standing,
    Text,
    Told,
    place_of,
    reached_at,
    review,
    standing,
)
from desk.incidents.rules.reporting import Times
from desk.messages.queries import promised_under
from kernel.errors import NotFound
from kernel.staff.queries import names

ONLY_ROW = 1
PAST_LIMIT = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on a list, with what was tried and where that leaves them."""

    call: IncidentCall
    contact: Contact
    told: Sequence[Told]
    texts: Sequence[Text]
    standing: Standing

    @property
    def is_reached(self) -> bool:
        """Say whether the message has arrived there."""
        return self.standing in REACHED

    @property
    def reached_at(self) -> datetime | None:
        """Return when it first did."""
        return reached_at(self.told, self.texts)


def times(session: Session) -> Times:
    """Return the town's reporting times."""
    found = settings(session)
    return Times(
        found.phone_minutes,
        found.written_minutes,
        found.follow_up_minutes,
        found.final_minutes,
        found.text_minutes,
    )


def settings(session: Session) -> IncidentSettings:
    """Return the row of settings."""
    return session.get_one(IncidentSettings, ONLY_ROW)


def running(session: Session) -> list[Incident]:
    """Return what is not over yet, the newest first."""
    query = sa.select(Incident).where(Incident.resolved_at.is_(None))
    return list(session.scalars(query.order_by(Incident.id.desc())))


def past(session: Session) -> list[Incident]:
    """Return what is over, the newest first."""
    query = sa.select(Incident).where(Incident.resolved_at.is_not(None))
    return list(session.scalars(query.order_by(Incident.id.desc()).limit(PAST_LIMIT)))


def incident(session: Session, uuid: str) -> Incident:
    """Return an incident. Raises NotFound."""
    found = session.scalar(sa.select(Incident).where(Incident.uuid == uuid))
    if found is None:
        raise NotFound
    return found


def lines(session: Session, of: Incident) -> list[IncidentLine]:
    """Return the timeline, in the order in which things happened."""
    query = sa.select(IncidentLine).where(IncidentLine.incident_id == of.id)
    return list(session.scalars(query.order_by(IncidentLine.happened_at, IncidentLine.id)))


def reports(session: Session, of: Incident) -> list[IncidentReport]:
    """Return what was and is to be reported, dropped ones left out."""
    mine = (IncidentReport.incident_id == of.id, IncidentReport.is_dropped.is_(False))
    query = sa.select(IncidentReport).where(*mine)
    return list(session.scalars(query.order_by(IncidentReport.due_at, IncidentReport.id)))


def owed(session: Session, of: Incident) -> list[IncidentReport]:
    """Return what has still to be reported."""
    return [one for one in reports(session, of) if one.done_at is None]


def next_owed(session: Session) -> dict[int, IncidentReport]:
    """Return what has to be reported next of every incident that owes a report, by incident."""
    mine = (IncidentReport.done_at.is_(None), IncidentReport.is_dropped.is_(False))
    latest_first = sa.select(IncidentReport).where(*mine).order_by(IncidentReport.due_at.desc())
    return {one.incident_id: one for one in session.scalars(latest_first)}


def cases(session: Session, of: Incident) -> list[Case]:
    """Return the cases that follow an incident up."""
    query = sa.select(Case).join(IncidentCase, IncidentCase.case_id == Case.id)
    return list(session.scalars(query.where(IncidentCase.incident_id == of.id).order_by(Case.id)))


def call(session: Session, of: Incident, call_id: int) -> IncidentCall:
    """Return one place of the list. Raises NotFound."""
    found = session.get(IncidentCall, call_id)
    if found is None or found.incident_id != of.id:
        raise NotFound
    return found


def listed(session: Session, of: Incident, now: datetime) -> list[Listed]:
    """Return the list: who has to be reached first, then those who were."""
    query = sa.select(IncidentCall).where(IncidentCall.incident_id == of.id)
    calls = list(session.scalars(query.order_by(IncidentCall.position)))
    told, texts = _told(session, of), _texts(session, of)
    wait = timedelta(minutes=settings(session).text_minutes)
    found = []
    for one in calls:
        mine, sent = told.get(one.id, ()), texts.get(one.id, ())
        where = standing(mine, sent, now, wait)
        found.append(Listed(one, opened_contact(session, one), mine, sent, where))
    return sorted(found, key=lambda one: (place_of(one.standing), one.call.position))


def reviewed(of: Incident, everybody: Sequence[Listed]) -> Review:
    """Return how the list of an incident was worked through."""
    in_order = sorted(everybody, key=lambda one: one.call.position)
    return review(of.opened_at, [_answered(one) for one in in_order])


def _answered(one: Listed) -> Answered:
    tries = [told.at for told in one.told] + [text.queued_at for text in one.texts]
    is_village = one.call.village_id is not None
    return Answered(one.call.label, is_village, min(tries, default=None), one.reached_at)


def last_turn(session: Session, of: Incident) -> int:
    """Return how often the alarm was given by text; 0 before the first time."""
    query = sa.select(sa.func.max(AlarmText.turn)).join(
        IncidentCall, IncidentCall.id == AlarmText.call_id
    )
    return session.scalar(query.where(IncidentCall.incident_id == of.id)) or 0


def _told(session: Session, of: Incident) -> dict[int, list[Told]]:
    query = sa.select(CallRecord).join(IncidentCall, IncidentCall.id == CallRecord.call_id)
    mine = query.where(IncidentCall.incident_id == of.id).order_by(CallRecord.id)
    who = names(session)
    found: dict[int, list[Told]] = {}
    for one in session.scalars(mine):
        attempt = Told(one.at, one.outcome, one.way, one.is_deputy, who[one.actor_id])
        found.setdefault(one.call_id, []).append(attempt)
    return found


def _texts(session: Session, of: Incident) -> dict[int, list[Text]]:
    query = sa.select(AlarmText).join(IncidentCall, IncidentCall.id == AlarmText.call_id)
    sent = list(session.scalars(query.where(IncidentCall.incident_id == of.id)))
    promises = promised_under(session, [one.key for one in sent])
    found: dict[int, list[Text]] = {}
    for one in sent:
        if promise := promises.get(one.key):
            text = Text(one.at, promise.state, promise.settled_at)
            found.setdefault(one.call_id, []).append(text)
    return found
