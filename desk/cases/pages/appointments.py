"""预约的页面: agree on a time about a case, say what came of it, and see who comes when."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.actions.appointments import agree, end
from desk.cases.pages.at_hand import at_hand, bp, in_reach, press
from desk.cases.queries.appointments import coming, earlier, standing
from desk.cases.records import Appointment, Case
from desk.cases.rules.access import ANY_WORKER, windows_of
from desk.cases.rules.appointments import (
    END_NAMES,
    MET_ABOUT,
    VENUE_NAMES,
    VENUES,
    AppointmentEnd,
    Meeting,
    Venue,
)
from desk.cases.rules.outage import moment, read_time
from kernel.calendar.rules import ONE_DAY
from kernel.clock import town_time
from kernel.hall import Hall
from kernel.staff.queries import names
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import NotAChoice, Typed, read_day
from kernel.web.house import house

#: what the form proposes: tomorrow at nine
USUAL_TIME = "09:00"


@bp.app_context_processor
def _agreed() -> dict[str, object]:
    """Give every window's page of a case the appointment that stands, and whether one may."""
    return {"agreed_with": _agreed_with, "met_about": MET_ABOUT, "venues": VENUES}


def _agreed_with(case: Case) -> Appointment | None:
    with house().glancing() as session:
        return standing(session, case)


@bp.get("/<number>/appointment")
@open_to(ANY_WORKER)
def appointment(number: str) -> ResponseReturnValue:
    """Show what was agreed about a case, and the form for another time."""
    here = house()
    with here.reading() as session:
        case = at_hand(session, number)
        stands = standing(session, case)
        at = town_time(stands.at) if stands else None
        return render_template(
            "desk/cases/appointment.html",
            case=case,
            stands=stands,
            is_over=stands is not None and stands.at <= here.now(),
            on=at.date() if at else here.today() + ONE_DAY,
            time=f"{at:%H:%M}" if at else USUAL_TIME,
            earlier=earlier(session, case),
            venue_names=VENUE_NAMES,
            end_names=END_NAMES,
            names=names(session),
            today=here.today(),
        )


@bp.post("/<number>/appointment")
@open_to(ANY_WORKER)
@asks_again(appointment)
def agree_on_time(number: str) -> ResponseReturnValue:
    """Agree on a time, or on another one."""
    meeting = _meeting()

    def work(session: Session, case: Case, hall: Hall) -> None:
        agree(session, case, meeting, actor(), house().now(), hall.town.signature)

    return press(number, work)


@bp.post("/<number>/appointment/end")
@open_to(ANY_WORKER)
@asks_again(appointment)
def end_appointment(number: str) -> ResponseReturnValue:
    """Say what came of it."""
    how = _how_it_ended()

    def work(session: Session, case: Case, hall: Hall) -> None:
        end(session, case, how, actor(), house().now())

    return press(number, work)


@bp.get("/appointments")
@open_to(ANY_WORKER)
def appointments() -> ResponseReturnValue:
    """Show who comes when."""
    here = house()
    with here.reading() as session:
        return render_template(
            "desk/cases/appointments.html",
            found=coming(session, windows_of(actor().roles), in_reach(actor())),
            now=here.now(),
        )


def _meeting() -> Meeting:
    """Read when and where somebody and the hall agree to meet."""
    typed = Typed()
    day, at = typed.read("on", read_day), typed.read("at", read_time)
    venue = typed.one("venue", Venue)
    typed.finish()
    assert day is not None
    assert at is not None
    assert venue is not None
    return Meeting(moment(day, at), venue)


def _how_it_ended() -> AppointmentEnd:
    """Read what came of an appointment; that it was moved is said by agreeing on another."""
    typed = Typed()
    how = typed.one("how", AppointmentEnd)
    typed.finish()
    if how not in END_NAMES:
        raise NotAChoice
    return how
