"""主办窗口的协办页: ask another window or body for its part, or go on without it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import forms
from desk.cases.actions import countdowns, joint
from desk.cases.pages.at_hand import at_hand, bp, press
from desk.cases.queries import joint as queries
from desk.cases.records import Case
from desk.cases.rules.access import ANY_WORKER
from desk.cases.rules.joint import OPINION_NAMES
from desk.cases.rules.lights import LIGHT_WORDS
from kernel.hall import Hall
from kernel.staff.queries import names
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.house import house
from services_catalog.rules.items import WINDOW_NAMES


@bp.get("/<number>/joint")
@open_to(ANY_WORKER)
def assisted(number: str, **_: object) -> ResponseReturnValue:
    """Show whom the lead window asked, what came of it, and ask one more."""
    here = house()
    with here.reading() as session:
        case = at_hand(session, number)
        parts = queries.parts_of(session, case)
        return render_template(
            "desk/cases/joint.html",
            case=case,
            parts=parts,
            lights={one.leg.id: queries.light_of(one, here.now()) for one in parts},
            light_words=LIGHT_WORDS,
            windows=[(one.value, name) for one, name in WINDOW_NAMES.items() if one != case.window],
            lead=WINDOW_NAMES[case.window],
            opinions=[(one.value, name) for one, name in OPINION_NAMES.items()],
            opinion_names=OPINION_NAMES,
            names=names(session),
            days=countdowns.settings(session).leg_days,
            pressed=request.path,
        )


@bp.post("/<number>/joint")
@open_to(ANY_WORKER)
@asks_again(assisted)
def ask_part(number: str) -> ResponseReturnValue:
    """Ask a window, or a body outside, for its part; to a body outside a letter goes."""
    wanted = forms.joint_part()

    def work(session: Session, case: Case, hall: Hall) -> None:
        joint.ask(session, case, wanted, (actor(), house().now(), hall))

    return press(number, work, prints=wanted.window is None)


@bp.post("/<number>/joint/<int:leg>/answer")
@open_to(ANY_WORKER)
@asks_again(assisted)
def note_part(number: str, leg: int) -> ResponseReturnValue:
    """Write down what a body outside answered; a window of the hall answers for itself."""
    answered = forms.joint_answer()

    def work(session: Session, case: Case, hall: Hall) -> None:
        outside = [one for one in queries.parts_of(session, case) if one.part.window is None]
        found = queries.part_of(outside, leg)
        joint.answer(session, case, found.part, answered, (actor(), house().now(), hall))

    return press(number, work)


@bp.post("/<number>/joint/<int:leg>/drop")
@open_to(ANY_WORKER)
@asks_again(assisted)
def drop_part(number: str, leg: int) -> ResponseReturnValue:
    """Go on without a part, for a reason."""
    why = forms.reason()

    def work(session: Session, case: Case, hall: Hall) -> None:
        found = queries.part_of(queries.parts_of(session, case), leg)
        joint.let_go(session, case, found.part, why, actor(), house().now())

    return press(number, work)
