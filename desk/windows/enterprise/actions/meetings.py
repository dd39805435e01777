"""会商的动作: write the minutes of a meeting; they are numbered and stay as they are."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.cases.actions.numbering import next_serial
from desk.windows.enterprise.queries.obstacles import obstacle
from desk.windows.enterprise.records import Meeting, MeetingObstacle, MeetingPoint, Project
from desk.windows.enterprise.rules.meetings import Minutes, check_minutes, meeting_number
from desk.windows.enterprise.rules.projects import ProjectOver
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.clock import town_day

SERIES = "meeting"


def write_minutes(
    session: Session, of: Project, told: Minutes, actor: Actor, now: datetime
) -> Meeting:
    """Write down who met, what was agreed, and which obstacles it moved.

    Raises: ProjectOver, HeldLater, NobodyMet, NothingAgreed, AgreedByNobody, AgreedForThePast,
    NotFound.
    """
    if of.archived_at is not None:
        raise ProjectOver
    check_minutes(told, town_day(now))
    moved = [obstacle(session, of, number) for number in dict.fromkeys(told.obstacles)]
    row = Meeting(
        project_id=of.id,
        number=meeting_number(*next_serial(session, SERIES, now)),
        held_on=told.held_on,
        place=told.place,
        present=told.present,
        written_at=now,
        written_by_id=actor.staff_id,
    )
    session.add(row)
    session.flush()
    for place, one in enumerate(told.agreed, start=1):
        point = MeetingPoint(
            meeting_id=row.id, position=place, who=one.who, what=one.what, by_on=one.by_on
        )
        session.add(point)
    session.add_all(MeetingObstacle(meeting_id=row.id, obstacle_id=one.id) for one in moved)
    session.flush()
    facts = {"meeting": row.id, "obstacles": [one.id for one in moved]}
    audit.record(session, actor, "meeting.written", f"project:{of.id}", now, **facts)
    return row
