"""环节的页面: who has the papers, what each promised, the receipts, and whose leg ate the time."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.actions import countdowns, legs
from desk.cases.forms import BODY_LIMIT, NAME_LIMIT, REASON_LIMIT, read_count
from desk.cases.pages.at_hand import at_hand, bp, press
from desk.cases.queries.way import way_of
from desk.cases.records import Case
from desk.cases.rules.access import ANY_WORKER
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.joint import OPINION_NAMES
from desk.cases.rules.legs import LEG_NAMES, HandOver, LegKind, NewLeg
from kernel.hall import Hall
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import NotAChoice, Typed
from kernel.web.house import house

#: a part that is asked of others has a page of its own
KINDS = {kind: name for kind, name in LEG_NAMES.items() if kind is not LegKind.ASSIST}


@bp.get("/<number>/relay")
@open_to(ANY_WORKER)
def relay(number: str) -> ResponseReturnValue:
    """Show the way of a case, with what can be done to it now."""
    here = house()
    with here.reading() as session:
        case, hall = at_hand(session, number), here.hall(session)
        way = way_of(session, case, here.now(), hall)
        return render_template(
            "desk/cases/relay.html",
            case=case,
            way=way,
            to_hand_over=[
                row
                for row in way.legs
                if row.countdown.kind is not CountdownKind.ASSIST
                and not (row.leg and row.leg.handed_at)
            ],
            kinds=list(KINDS.items()),
            opinion_names=OPINION_NAMES,
            hall_name=hall.town.hall,
            leg_days=countdowns.settings(session).leg_days,
            pressed=request.path,
        )


@bp.post("/<number>/relay")
@open_to(ANY_WORKER)
@asks_again(relay)
def begin_leg(number: str) -> ResponseReturnValue:
    """Give a body its part of the way."""
    typed = Typed()
    kind = typed.choice("kind", LegKind) or LegKind.RELAY
    if kind not in KINDS:
        raise NotAChoice
    from_body, to_body = typed.text("from_body", BODY_LIMIT), typed.text("to_body", BODY_LIMIT)
    days, task = typed.read("days", read_count), typed.text("task", REASON_LIMIT)
    typed.finish()
    leg = NewLeg(kind, from_body, to_body, days or 0, task)

    def work(session: Session, case: Case, hall: Hall) -> None:
        legs.begin(session, case, leg, actor(), house().now(), hall)

    return press(number, work)


@bp.post("/<number>/relay/<int:leg>")
@open_to(ANY_WORKER)
@asks_again(relay)
def hand_over(number: str, leg: int) -> ResponseReturnValue:
    """Write the receipt of a hand-over."""
    typed = Typed()
    gave, took = typed.text("gave", NAME_LIMIT), typed.text("took", NAME_LIMIT)
    papers = typed.text("papers", REASON_LIMIT)
    typed.finish()

    def work(session: Session, case: Case, hall: Hall) -> None:
        asked = (actor(), house().now(), hall)
        countdown = legs.countdown_of(session, case, leg)
        legs.hand_over(session, case, countdown, HandOver(gave, took, papers), asked)

    return press(number, work)
