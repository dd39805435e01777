"""请示与审批的页面: a window asks, a leader sees what waits for him and answers."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.actions import countdowns
from desk.cases.actions.approvals import ask, decide
from desk.cases.forms import asked_for, decision
from desk.cases.pages.at_hand import at_hand, bp, press
from desk.cases.queries import approvals as queries
from desk.cases.records import Case
from desk.cases.rules.access import ANY_WORKER
from desk.cases.rules.approvals import ANY_APPROVER, APPROVAL_NAMES, ASKABLE, ApprovalKind
from kernel.access import Actor
from kernel.hall import Hall
from kernel.staff.queries import names
from kernel.web import menu
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.app_context_processor
def _nav() -> dict[str, object]:
    """Give the menu the number of requests that wait for who is logged in."""
    return {"approvals_waiting": menu.number(ANY_APPROVER, _number_waiting)}


def _number_waiting(session: Session, who: Actor) -> int:
    return queries.number_waiting(session, who.roles)


@bp.get("/approvals")
@open_to(ANY_APPROVER)
def approvals() -> ResponseReturnValue:
    """Show what waits for me, and what was answered lately."""
    with house().reading() as session:
        return render_template(
            "desk/cases/approvals.html",
            waiting=queries.waiting(session, actor().roles),
            decided=queries.decided_lately(session),
            names=names(session),
            kind_names=APPROVAL_NAMES,
            mine=actor().staff_id,
        )


@bp.post("/approvals/<int:approval>")
@open_to(ANY_APPROVER)
@asks_again(approvals)
def answer(approval: int) -> ResponseReturnValue:
    """Say yes or no."""
    decided = decision()
    with answering() as post:
        if not post.was_answered:
            here, session = house(), post.session
            found = queries.approval(session, approval)
            decide(session, found, decided, actor(), here.now(), here.hall(session))
            post.go_to(".approvals")
    return redirect(post.answer, 303)


@bp.get("/<number>/ask")
@open_to(ANY_WORKER)
def asking(number: str) -> ResponseReturnValue:
    """Show what can be asked of a leader about a case now; then the form of one kind."""
    with house().reading() as session:
        case = at_hand(session, number)
        requests = queries.requests_of(session, case)
        open_kinds = [kind for kind in ApprovalKind if case.stage in ASKABLE[kind]]
        chosen = request.values.get("kind", "")
        return render_template(
            "desk/cases/ask.html",
            case=case,
            kinds=[(kind, APPROVAL_NAMES[kind]) for kind in open_kinds],
            chosen=next((kind for kind in open_kinds if kind == chosen), None),
            kind_names=APPROVAL_NAMES,
            hold_types=[(one.id, one.name) for one in queries.hold_types(session)],
            most_days=countdowns.most_extension(session, case.window),
            requests=requests,
            waiting=queries.still_waiting(requests),
            names=names(session),
        )


@bp.post("/<number>/ask")
@open_to(ANY_WORKER)
@asks_again(asking)
def send_request(number: str) -> ResponseReturnValue:
    """Ask a leader."""
    asked = asked_for()

    def work(session: Session, case: Case, hall: Hall) -> None:
        ask(session, case, asked, actor(), house().now())

    return press(number, work)
