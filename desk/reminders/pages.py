"""今日要办的页面: everybody's own morning, on the screen and on paper."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.pages.at_hand import in_reach
from desk.cases.rules.access import ANY_READER, ANY_WORKER
from desk.reminders.queries.duty import of_staff
from desk.reminders.queries.morning import Desk, morning
from desk.reminders.queries.nudges import number_told
from desk.reminders.rules.morning import HEADINGS, Heading, sheet
from kernel.access import Actor
from kernel.printing import typeset
from kernel.web import files, menu
from kernel.web.doors import STAFF, actor, open_to
from kernel.web.house import house

bp = Blueprint("reminders", __name__, url_prefix="/today")
#: where what stands under a heading is done; elsewhere on the case's own page
DOORS = {
    Heading.INTAKE: "cases.examination",
    Heading.OWED: "cases.pledge",
    Heading.SUPPLEMENT: "cases.giving_back",
    Heading.HOLD: "cases.ending",
    Heading.TRANSFER: "cases.transferring",
    Heading.ASSIST: "cases.assisting",
    Heading.DELIVERY: "cases.delivery",
    Heading.CALL: "cases.calling",
    Heading.FOLLOW_UP: "cases.following",
}


@bp.app_context_processor
def _start() -> dict[str, object]:
    """Give the pages where a day begins how much somebody was nudged about."""
    return {"nudges_told": menu.number(STAFF, _number_told)}


def _number_told(session: Session, who: Actor) -> int:
    assert who.staff_id is not None, "nobody logs in as the house"
    return number_told(session, who.staff_id, house().now())


@bp.get("/")
@open_to(ANY_READER)
def today() -> ResponseReturnValue:
    """Show what I have to do today."""
    here = house()
    with here.reading() as session:
        found = morning(session, _desk(session))
        turns = of_staff(session, actor().staff_id or 0, here.now())
    return render_template(
        "desk/reminders/today.html",
        morning=found,
        turns=turns,
        headings=HEADINGS,
        doors=DOORS,
        today=here.today(),
        rings=actor().is_any(*ANY_WORKER),
        Heading=Heading,
    )


@bp.get("/list.pdf")
@open_to(ANY_READER)
def print_today() -> ResponseReturnValue:
    """Set my list for today, names masked."""
    here, who = house(), actor()
    with here.reading() as session:
        found = morning(session, _desk(session))
        town = here.town(session)
    values = sheet(found, who.name, (town.hall, town.is_sample, here.today()))
    return files.paper(typeset("list", values), "today.pdf")


def _desk(session: Session) -> Desk:
    here, who = house(), actor()
    return Desk(who, here.now(), here.calendar(session), in_reach(who))
