"""审查收件的页面: answer papers that lie here; turn down, give back."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import forms, queries
from desk.cases.actions.examining import Found, examine, note_papers
from desk.cases.actions.pledging import revoke
from desk.cases.actions.turning_down import decline, give_back
from desk.cases.pages.at_hand import at_hand, bp, press
from desk.cases.records import Case
from desk.cases.rules.access import ANY_WORKER
from desk.cases.rules.approvals import ApprovalKind
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.declining import GROUND_NAMES
from desk.cases.rules.intake import ANSWER_NAMES, answers_to
from desk.cases.rules.pledges import unkept_reason, unsupplied_reason
from desk.cases.rules.stages import MOVES, STAGE_NAMES, Stage
from kernel.hall import Hall
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.house import house


@bp.get("/<number>/examine")
@open_to(ANY_WORKER)
def examination(number: str) -> ResponseReturnValue:
    """Show the checklist of papers that lie here, with what can be answered."""
    with house().reading() as session:
        case = at_hand(session, number)
        return render_template("desk/cases/examine.html", **checklist_values(session, case))


@bp.post("/<number>/examine")
@open_to(ANY_WORKER)
@asks_again(examination)
def answer_papers(number: str) -> ResponseReturnValue:
    """Answer the papers: accept, carry, notify once, let some follow, or examine anew."""
    answer = forms.counter_answer()

    def work(session: Session, case: Case, hall: Hall) -> None:
        found = Found(answer, forms.checklist(queries.materials_of(session, case)))
        examine(session, case, found, (actor(), house().now()), hall)

    return press(number, work, prints=True)


@bp.post("/<number>/papers")
@open_to(ANY_WORKER)
@asks_again(examination)
def add_papers(number: str) -> ResponseReturnValue:
    """Note papers that came while others are still awaited."""

    def work(session: Session, case: Case, hall: Hall) -> None:
        materials = forms.checklist(queries.materials_of(session, case))
        note_papers(session, case, materials, actor(), house().now())

    return press(number, work)


@bp.get("/<number>/decline")
@open_to(ANY_WORKER)
def declining(number: str) -> ResponseReturnValue:
    """Show the form with which an application is turned down."""
    with house().reading() as session:
        case = at_hand(session, number)
        return render_template(
            "desk/cases/decline.html",
            case=case,
            may=Stage.DECLINED in MOVES[case.stage],
            stage=STAGE_NAMES[case.stage],
            grounds=GROUND_NAMES.items(),
        )


@bp.post("/<number>/decline")
@open_to(ANY_WORKER)
@asks_again(declining)
def turn_down(number: str) -> ResponseReturnValue:
    """Refuse to accept, on paper."""
    why = forms.refusal_to_accept()

    def work(session: Session, case: Case, hall: Hall) -> None:
        decline(session, case, why, actor(), house().now())

    return press(number, work, prints=True)


@bp.get("/<number>/give-back")
@open_to(ANY_WORKER)
def giving_back(number: str) -> ResponseReturnValue:
    """Show the form with which papers go back, the usual reason filled in."""
    with house().reading() as session:
        case = at_hand(session, number)
        return render_template(
            "desk/cases/give_back.html",
            case=case,
            may=Stage.RETURNED in MOVES[case.stage],
            stage=STAGE_NAMES[case.stage],
            is_revoked=case.stage is Stage.IN_PROGRESS,
            usual=_usual_reason(session, case),
        )


@bp.post("/<number>/give-back")
@open_to(ANY_WORKER)
@asks_again(giving_back)
def send_back(number: str) -> ResponseReturnValue:
    """Give papers back; an acceptance on a pledge that was not kept is revoked with it."""
    reason = forms.reason()

    def work(session: Session, case: Case, hall: Hall) -> None:
        end = revoke if case.stage is Stage.IN_PROGRESS else give_back
        end(session, case, reason, actor(), house().now())

    return press(number, work, prints=True)


def checklist_values(session: Session, case: Case) -> dict[str, Any]:
    """Return what the checklist shows, wherever it stands."""
    offered = answers_to(case.stage, case.item.handling)
    is_second = bool(queries.notices_given(session, case))
    return {
        "case": case,
        "stage": STAGE_NAMES[case.stage],
        "materials": queries.materials_of(session, case),
        "offered": [(one, ANSWER_NAMES[one]) for one in offered],
        "awaits": case.stage is Stage.AWAITING_MATERIALS,
        "is_second": is_second,
        "ask_address": url_for("cases.asking", number=case.number, kind=ApprovalKind.SECOND_NOTICE),
    }


def _usual_reason(session: Session, case: Case) -> str:
    now = house().now()
    words = {
        CountdownKind.SUPPLEMENT: unsupplied_reason,
        CountdownKind.OWED: unkept_reason,
    }
    for one in queries.running_of(session, case):
        if one.kind in words and one.over_at and one.over_at <= now:
            return words[one.kind](one.due_on)
    return ""
