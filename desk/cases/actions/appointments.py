"""预约的动作: agree on a time, agree on another, say what came of it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions.telling import tell_appointment
from desk.cases.actions.versions import touch
from desk.cases.actions.writing import write_line
from desk.cases.queries.appointments import standing
from desk.cases.records import Appointment, Case, CaseCall
from desk.cases.rules.appointments import (
    AppointmentEnd,
    Meeting,
    SameAppointment,
    check_end,
    check_meeting,
    check_met_about,
    ended_line,
    key_of,
    made_line,
)
from desk.cases.rules.contacts import contact_key
from desk.cases.rules.stages import STAGE_NAMES
from desk.messages.actions import withdraw
from desk.messages.queries import promised_with_repeats
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.calendar.queries import opening_days
from kernel.clock import town_day
from kernel.errors import NotFound

SUBJECT = "case:{id}"


def agree(
    session: Session, case: Case, meeting: Meeting, actor: Actor, now: datetime, signature: str
) -> Appointment:
    """Agree on a time and tell it once; one that stood before is moved, its text withdrawn.

    Raises: NobodyToMeet, TimeIsOver, TooFarAhead, HallIsClosed, SameAppointment.
    """
    check_met_about(case.stage, STAGE_NAMES[case.stage])
    check_meeting(meeting, opening_days(session).on(town_day(meeting.at)), now)
    before = standing(session, case)
    if before and (before.at, before.venue) == (meeting.at, meeting.venue):
        raise SameAppointment
    if before:
        _end(session, before, AppointmentEnd.MOVED, actor, now)
    made = Appointment(
        case_id=case.id,
        at=meeting.at,
        venue=meeting.venue,
        made_at=now,
        made_by_id=actor.staff_id,
    )
    session.add(made)
    session.flush()
    write_line(session, case, made_line(meeting, is_moved=before is not None), actor, now)
    tell_appointment(session, case, (made.id, meeting), signature, now)
    touch(case)
    facts = {"at": meeting.at.isoformat(), "venue": meeting.venue}
    audit.record(session, actor, "appointment.agreed", SUBJECT.format(id=case.id), now, **facts)
    return made


def end(session: Session, case: Case, how: AppointmentEnd, actor: Actor, now: datetime) -> None:
    """Say what came of the appointment that stands. Raises: NotFound, NotYetOver."""
    found = standing(session, case)
    if found is None:
        raise NotFound
    check_end(how, found.at, now)
    _end(session, found, how, actor, now)
    is_public = how is AppointmentEnd.CANCELLED
    write_line(session, case, ended_line(how, found.at), actor, now, public=is_public)
    touch(case)
    audit.record(session, actor, "appointment.ended", SUBJECT.format(id=case.id), now, how=how)


def _end(
    session: Session, one: Appointment, how: AppointmentEnd, actor: Actor, now: datetime
) -> None:
    """End an appointment, take its texts back, and ring nobody up about it any more."""
    one.ended_at, one.ended_by_id, one.how = now, actor.staff_id, how
    session.flush()
    key = key_of(one.case_id, one.id)
    for text in promised_with_repeats(session, [key, contact_key(key)]):
        withdraw(session, text.key, now)
        text.rings_at = None
    to_tell = (CaseCall.key == key, CaseCall.settled_at.is_(None))
    session.execute(sa.update(CaseCall).where(*to_tell).values(settled_at=now))
