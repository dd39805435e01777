"""请假: somebody of the staff stands on the rota, and is away."""

from datetime import timedelta

from duty_roster.queries.people import by_staff
from duty_roster.records.people import DutyAbsence, DutyPerson
from duty_roster.rules.people import AwayKind, Seat
from duty_roster.rules.shifts import Duty
from tests.actions.a_project import Walked
from tests.builders import clerk


def stand_on_the_rota(walked: Walked, username: str) -> DutyPerson:
    """Let somebody stand on the rota, if they do not."""
    session, who = walked.session, clerk(walked.session, username)
    found = by_staff(session, who.staff_id)
    if found is None:
        found = DutyPerson(
            uuid=f"rota-{username}",
            staff_id=who.staff_id,
            name=who.name,
            title="",
            duty=Duty.OFFICER,
            seat=Seat.OTHER,
            responsibilities="",
            calendar_generation=0,
        )
        session.add(found)
        session.flush()
    return found


def go_away(walked: Walked, username: str, days: int) -> None:
    """Note that somebody is away from today on."""
    today = walked.here.today()
    walked.session.add(
        DutyAbsence(
            person_id=stand_on_the_rota(walked, username).id,
            kind=AwayKind.LEAVE,
            first_on=today,
            last_on=today + timedelta(days=days),
            note="",
            added_at=walked.here.now(),
        )
    )
    walked.session.flush()
