"""转交的页面: ask a colleague, and see what I am asked to take."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.actions import transfers
from desk.cases.forms import REASON_LIMIT
from desk.cases.pages.at_hand import at_hand, bp, in_reach, own_rules, press
from desk.cases.queries import follow_ups
from desk.cases.queries import transfers as queries
from desk.cases.queries.reach import may_see, within
from desk.cases.records import Case, Transfer
from desk.cases.rules.access import ANY_WORKER, WORKERS_OF, windows_of
from desk.cases.rules.transfers import NotAColleagueHere, TransferAnswered
from kernel.access import Actor, Role
from kernel.hall import Hall
from kernel.staff import queries as staff
from kernel.staff.records import Staff
from kernel.web import menu
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import NotAChoice, Typed
from kernel.web.house import house


@bp.app_context_processor
def _nav() -> dict[str, object]:
    """Give the menu what waits for me: cases to take over, villagers to ask."""
    return {
        "transfers_waiting": menu.number(ANY_WORKER, _number_waiting),
        "follow_ups_due": menu.number(ANY_WORKER, _number_to_ask),
    }


def _number_waiting(session: Session, who: Actor) -> int:
    return len(_asked_of(session, who))


def _number_to_ask(session: Session, who: Actor) -> int:
    ids = follow_ups.due_ids(session, house().today())
    if not ids:  # as on most mornings
        return 0
    return follow_ups.number_among(session, ids, windows_of(who.roles), in_reach(who))


@bp.get("/transfers")
@open_to(ANY_WORKER)
def my_transfers() -> ResponseReturnValue:
    """Show what I am asked to take over."""
    with house().reading() as session:
        return render_template(
            "desk/cases/transfers.html",
            asked=_asked_of(session, actor()),
            names=staff.names(session),
        )


@bp.get("/<number>/transfer")
@open_to(ANY_WORKER)
def transferring(number: str) -> ResponseReturnValue:
    """Show who can be asked to take a case, or what waits, and all that was asked before."""
    with house().reading() as session:
        case = at_hand(session, number)
        return render_template(
            "desk/cases/transfer.html",
            case=case,
            colleagues=[(one.id, one.name) for one in _colleagues(session, case)],
            waiting=transfers.waiting(session, case),
            earlier=queries.transfers_of(session, case),
            names=staff.names(session),
            mine=actor().staff_id,
        )


@bp.post("/<number>/transfer")
@open_to(ANY_WORKER)
@asks_again(transferring)
def ask_colleague(number: str) -> ResponseReturnValue:
    """Ask a colleague to take a case."""
    typed = Typed()
    reason = typed.text("reason", REASON_LIMIT)
    typed.finish()
    chosen = request.form.get("to", "")

    def work(session: Session, case: Case, hall: Hall) -> None:
        to = {str(one.id): one for one in _colleagues(session, case)}.get(chosen)
        if to is None:
            raise NotAColleagueHere
        transfers.ask(session, case, to, reason, actor(), house().now())

    return press(number, work)


@bp.post("/<number>/transfer/answer")
@open_to(ANY_WORKER)
@asks_again(transferring)
def answer_transfer(number: str) -> ResponseReturnValue:
    """Take a case, say why not, or take one's own request back."""
    typed = Typed()
    words = typed.text("answer", REASON_LIMIT)
    is_accepted = typed.read("decision", _taken)
    typed.finish()

    def work(session: Session, case: Case, hall: Hall) -> None:
        waiting = transfers.waiting(session, case)
        if waiting is None:
            raise TransferAnswered
        answered = (bool(is_accepted), words)
        transfers.answer(session, case, waiting, answered, actor(), house().now())

    return press(number, work)


def _asked_of(session: Session, who: Actor) -> list[tuple[Transfer, Case]]:
    asked = queries.asked_of(session, who.staff_id or 0)
    mine = within(session, [case.id for _, case in asked], in_reach(who)) if asked else set()
    return [(one, case) for one, case in asked if case.id in mine]


def _taken(typed: str) -> bool:
    if typed not in {"take", "leave"}:
        raise NotAChoice
    return typed == "take"


def _colleagues(session: Session, case: Case) -> list[Staff]:
    """Return who can be asked: whoever works the window and may see this case of it."""
    at_window = staff.holding(session, *WORKERS_OF[case.window])
    others = [one for one in at_window if one.id != case.handler_id]
    return [one for one in others if may_see(session, own_rules(), case, _as_actor(one))]


def _as_actor(one: Staff) -> Actor:
    return Actor(one.id, one.name, frozenset(Role(entry.role) for entry in one.roles))
