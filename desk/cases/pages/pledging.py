"""容缺与视为受理的页面: signatures seen, papers that follow, the notice that a clerk lets go."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import forms, queries
from desk.cases.actions.pledging import bring_owed, sign
from desk.cases.actions.silence import tell_deemed
from desk.cases.pages.at_hand import at_hand, bp, press
from desk.cases.records import Case
from desk.cases.rules.access import ANY_WORKER
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.intake import MaterialState
from desk.cases.rules.paper_words import deemed_words
from kernel.clock import town_day
from kernel.hall import Hall
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.house import house


@bp.get("/<number>/pledge")
@open_to(ANY_WORKER)
def pledge(number: str) -> ResponseReturnValue:
    """Show what is owed, whether the pledge is signed, and what follows when it is not kept."""
    with house().reading() as session:
        case = at_hand(session, number)
        running = queries.running_of(session, case)
        owed = (MaterialState.OWED,)
        return render_template(
            "desk/cases/pledge.html",
            case=case,
            pledge=queries.pledge_of(session, case),
            owed=[one for one in queries.materials_of(session, case) if one.state in owed],
            owing=next((one for one in running if one.kind is CountdownKind.OWED), None),
            now=house().now(),
        )


@bp.post("/<number>/pledge/signed")
@open_to(ANY_WORKER)
@asks_again(pledge)
def sign_pledge(number: str) -> ResponseReturnValue:
    """Note that the applicant has signed."""

    def work(session: Session, case: Case, hall: Hall) -> None:
        sign(session, case, actor(), house().now())

    return press(number, work)


@bp.post("/<number>/pledge/papers")
@open_to(ANY_WORKER)
@asks_again(pledge)
def take_owed(number: str) -> ResponseReturnValue:
    """Take in papers that were owed."""
    brought = forms.places()

    def work(session: Session, case: Case, hall: Hall) -> None:
        bring_owed(session, case, brought, actor(), house().now())

    return press(number, work)


@bp.get("/<number>/deemed")
@open_to(ANY_WORKER)
def deemed(number: str) -> ResponseReturnValue:
    """Show the notice of an acceptance by silence, before anybody gets it."""
    with house().reading() as session:
        case = at_hand(session, number)
        received_on = town_day(case.received_at)
        found = queries.deemed_of(session, case)
        if found and case.accepted_at:
            received_on = town_day(case.accepted_at)
        return render_template(
            "desk/cases/deemed.html",
            case=case,
            deemed=found,
            words=deemed_words(case.item.item_type, received_on).words,
        )


@bp.post("/<number>/deemed")
@open_to(ANY_WORKER)
@asks_again(deemed)
def let_go(number: str) -> ResponseReturnValue:
    """Let the notice go to the applicant."""

    def work(session: Session, case: Case, hall: Hall) -> None:
        tell_deemed(session, case, actor(), house().now(), hall)

    return press(number, work, prints=True)
