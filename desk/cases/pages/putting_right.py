"""更正、合并、重办的页面: what the slip says wrongly, what was registered twice, what goes on."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import approvals, merging, redating, reopening
from desk.cases.forms import REASON_LIMIT, reason
from desk.cases.pages.at_hand import at_hand, bp, is_at_hand, press
from desk.cases.queries import amends
from desk.cases.records import Case
from desk.cases.rules.access import ANY_WORKER
from desk.cases.rules.approvals import ApprovalKind
from desk.cases.rules.merging import NoSuchOther
from desk.cases.rules.receipts import read_number
from desk.cases.rules.redating import PutRight
from desk.cases.rules.stages import OPEN, STAGE_NAMES
from kernel.clock import town_day
from kernel.hall import Hall
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.house import house

CODE_LIMIT = 40


@bp.get("/<number>/redate")
@open_to(ANY_WORKER)
def redating_form(number: str) -> ResponseReturnValue:
    """Show item and day of acceptance as they stand, to be put right."""
    with house().reading() as session:
        case = at_hand(session, number)
        return render_template(
            "desk/cases/redate.html",
            case=case,
            code=amends.item_code(session, case),
            accepted_on=town_day(case.accepted_at) if case.accepted_at else None,
            leave=approvals.granted(session, case, ApprovalKind.REDATING),
            asked=approvals.pending(session, case, ApprovalKind.REDATING),
            is_open=case.stage in OPEN,
            stage=STAGE_NAMES[case.stage],
            today=house().today(),
        )


@bp.post("/<number>/redate")
@open_to(ANY_WORKER)
@asks_again(redating_form)
def redate(number: str) -> ResponseReturnValue:
    """Put item or day right, and give the slip out anew."""
    typed = Typed()
    right = PutRight(
        typed.text("item", CODE_LIMIT),
        typed.day("accepted_on"),
        typed.text("reason", REASON_LIMIT),
    )
    typed.finish()

    def work(session: Session, case: Case, hall: Hall) -> None:
        redating.put_right(session, case, right, actor(), house().now(), hall)

    return press(number, work, prints=True)


@bp.get("/<number>/merge")
@open_to(ANY_WORKER)
def merging_form(number: str) -> ResponseReturnValue:
    """Ask which other case it is; then show both, and which goes on."""
    with house().reading() as session:
        case = at_hand(session, number)
        other = _other(session, case)
        both = queries.rows(session, amends.earlier_first(case, other)) if other else []
        return render_template(
            "desk/cases/merge.html",
            case=case,
            both=both,
            look_alikes=queries.rows(session, amends.look_alikes(session, case)),
            stages=STAGE_NAMES,
            is_open=case.stage in OPEN,
        )


@bp.post("/<number>/merge")
@open_to(ANY_WORKER)
@asks_again(merging_form)
def merge(number: str) -> ResponseReturnValue:
    """Let the later of the two go on in the earlier."""
    why = reason()

    def work(session: Session, case: Case, hall: Hall) -> None:
        other = _other(session, case)
        if other is None:
            raise NoSuchOther(typed=request.form.get("other", "")[:CODE_LIMIT])
        merging.merge(session, case, other, why, actor(), house().now())

    return press(number, work)


@bp.post("/<number>/merge/undo")
@open_to(ANY_WORKER)
@asks_again(merging_form)
def undo_merge(number: str) -> ResponseReturnValue:
    """Let a case that was merged today go on by itself."""

    def work(session: Session, case: Case, hall: Hall) -> None:
        merging.undo(session, case, actor(), house().now(), hall.calendar)

    return press(number, work)


@bp.get("/<number>/reopen")
@open_to(ANY_WORKER)
def reopening_form(number: str) -> ResponseReturnValue:
    """Show what reopening a case does, and whether a leader has granted it."""
    with house().reading() as session:
        case = at_hand(session, number)
        return render_template(
            "desk/cases/reopen.html",
            case=case,
            leave=approvals.granted(session, case, ApprovalKind.REOPENING),
            asked=approvals.pending(session, case, ApprovalKind.REOPENING),
            is_open=case.stage in OPEN,
            stage=STAGE_NAMES[case.stage],
        )


@bp.post("/<number>/reopen")
@open_to(ANY_WORKER)
@asks_again(reopening_form)
def reopen(number: str) -> ResponseReturnValue:
    """Take a case up again."""
    why = reason()

    def work(session: Session, case: Case, hall: Hall) -> None:
        reopening.reopen(session, case, why, actor(), house().now(), hall)

    return press(number, work, prints=True)


def _other(session: Session, case: Case) -> Case | None:
    """Return the other case somebody named, of a window where they work."""
    number = read_number(request.values.get("other", "")[:CODE_LIMIT])
    found = queries.by_number(session, number) if number else None
    return found if found and is_at_hand(session, found) else None
