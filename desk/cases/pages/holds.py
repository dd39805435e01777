"""结束特别程序的页面: which day was the last that does not count."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.actions import holds
from desk.cases.forms import REASON_LIMIT, read_count
from desk.cases.pages.at_hand import at_hand, bp, press
from desk.cases.queries import way
from desk.cases.records import Case
from desk.cases.rules.access import ANY_WORKER
from desk.cases.rules.holds import Ended
from kernel.errors import NotFound
from kernel.hall import Hall
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.house import house


@bp.get("/<number>/holds")
@open_to(ANY_WORKER)
def ending(number: str) -> ResponseReturnValue:
    """Show the holds of a case that can be ended."""
    here = house()
    with here.reading() as session:
        case = at_hand(session, number)
        spells = way.holds_of(session, case, here.now(), here.calendar(session))
        return render_template(
            "desk/cases/end_hold.html",
            case=case,
            spells=[one for one in spells if one.is_open],
            pressed=request.form.get("hold", ""),
            today=here.today(),
        )


@bp.post("/<number>/holds")
@open_to(ANY_WORKER)
@asks_again(ending)
def end_hold(number: str) -> ResponseReturnValue:
    """End a hold; the count goes on."""
    typed = Typed()
    chosen = typed.read("hold", read_count) or 0
    day, reason = typed.day("ended_on"), typed.text("reason", REASON_LIMIT)
    typed.finish()

    def work(session: Session, case: Case, hall: Hall) -> None:
        here = house()
        found = way.hold_of(session, case, chosen)
        if found is None:
            raise NotFound
        ended, asked = Ended(day or here.today(), reason), (actor(), here.now(), hall)
        holds.end(session, case, found, ended, asked)

    return press(number, work)
