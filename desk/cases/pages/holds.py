"""结束特别程序的页面: which day was the last that does not count."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.actions import holds
from desk.cases.forms import REASON_LIMIT
from desk.cases.pages.at_hand import at_hand, bp, press
from desk.cases.queries import way
from desk.cases.records import Case, CaseHold
from desk.cases.rules.access import ANY_WORKER
from desk.cases.rules.holds import Ended
from kernel.errors import NotFound
from kernel.hall import Hall
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.house import house


@bp.get("/<number>/holds/<int:hold>/end")
@open_to(ANY_WORKER)
def ending(number: str, hold: int) -> ResponseReturnValue:
    """Show the form that ends a hold."""
    with house().reading() as session:
        case = at_hand(session, number)
        found = _hold(session, case, hold)
        name = way.hold_name(session, found)
        today = house().today()
        return render_template(
            "desk/cases/end_hold.html", case=case, hold=found, name=name, today=today
        )


@bp.post("/<number>/holds/<int:hold>/end")
@open_to(ANY_WORKER)
@asks_again(ending)
def end_hold(number: str, hold: int) -> ResponseReturnValue:
    """End a hold; the count goes on."""
    typed = Typed()
    day, reason = typed.day("ended_on"), typed.text("reason", REASON_LIMIT)
    typed.finish()

    def work(session: Session, case: Case, hall: Hall) -> None:
        here = house()
        ended = Ended(day or here.today(), reason)
        asked = (actor(), here.now(), hall)
        holds.end(session, case, _hold(session, case, hold), ended, asked)

    return press(number, work)


def _hold(session: Session, case: Case, hold_id: int) -> CaseHold:
    found = way.hold_of(session, case, hold_id)
    if found is None:
        raise NotFound
    return found
