"""办结之后的页面: deliver the result, and ask whether a carried or referred matter helped."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.actions import deliveries, following_up
from desk.cases.forms import NAME_LIMIT, REASON_LIMIT
from desk.cases.pages.at_hand import at_hand, bp, in_reach, press
from desk.cases.queries import follow_ups
from desk.cases.queries.amends import amends_of
from desk.cases.queries.attachments import number_kept
from desk.cases.queries.way import taker_of, way_of
from desk.cases.records import Case, DeliveryRecord
from desk.cases.rules.access import ANY_WORKER, case_path, windows_of
from desk.cases.rules.approvals import APPROVAL_NAMES, ASKABLE, ApprovalKind
from desk.cases.rules.delivery import MANNER_NAMES, Taker
from desk.cases.rules.follow_ups import HELPED_NAMES, Helped
from desk.cases.rules.joint import OPINION_NAMES
from desk.cases.rules.people import RELATION_NAMES, Relation
from desk.cases.rules.reopening import REOPENABLE
from kernel.clock import town_day
from kernel.hall import Hall
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import NotAChoice, Typed
from kernel.web.house import house

TRACKING_LIMIT = 40


def way_values(session: Session, case: Case) -> dict[str, object]:
    """Return what the page of a case shows of holds, legs, transfers and delivery."""
    here, found = house(), amends_of(session, case)
    return {
        "amends": found,
        "may_undo": found.merge is not None and town_day(found.merge.at) == here.today(),
        "may_reopen": case.stage in REOPENABLE,
        "scans": number_kept(session, case),
        "case_path": case_path,
        "way": way_of(session, case, here.now(), here.hall(session)),
        "approval_names": APPROVAL_NAMES,
        "opinion_names": OPINION_NAMES,
        "manner_names": MANNER_NAMES,
        "askable": [kind for kind in ApprovalKind if case.stage in ASKABLE[kind]],
    }


@bp.get("/<number>/delivery")
@open_to(ANY_WORKER)
def delivery(number: str) -> ResponseReturnValue:
    """Show how the result of a case gets to the applicant, and what is still to do."""
    with house().reading() as session:
        case = at_hand(session, number)
        found = session.get(DeliveryRecord, case.id)
        return render_template(
            "desk/cases/delivery.html",
            case=case,
            delivery=found,
            taker=taker_of(session, found) if found else "",
            manner_names=MANNER_NAMES,
            relations=RELATION_NAMES,
        )


@bp.post("/<number>/delivery/ready")
@open_to(ANY_WORKER)
@asks_again(delivery)
def result_ready(number: str) -> ResponseReturnValue:
    """Say that what was being made can be fetched."""

    def work(session: Session, case: Case, hall: Hall) -> None:
        deliveries.ready(session, case, actor(), house().now(), hall)

    return press(number, work)


@bp.post("/<number>/delivery/posted")
@open_to(ANY_WORKER)
@asks_again(delivery)
def result_posted(number: str) -> ResponseReturnValue:
    """Write down the number of the post."""
    typed = Typed()
    tracking = typed.text("tracking", TRACKING_LIMIT)
    typed.finish()

    def work(session: Session, case: Case, hall: Hall) -> None:
        deliveries.post(session, case, tracking, actor(), house().now())

    return press(number, work)


@bp.post("/<number>/delivery")
@open_to(ANY_WORKER)
@asks_again(delivery)
def deliver(number: str) -> ResponseReturnValue:
    """Write down who took the result."""
    typed = Typed()
    taker = Taker(typed.text("taker", NAME_LIMIT), typed.choice("relation", Relation))
    typed.finish()

    def work(session: Session, case: Case, hall: Hall) -> None:
        deliveries.deliver(session, case, taker, actor(), house().now())

    return press(number, work)


@bp.get("/follow-ups")
@open_to(ANY_WORKER)
def follow_up_list() -> ResponseReturnValue:
    """Show whom to ask today whether a carried or referred matter helped."""
    today = house().today()
    with house().reading() as session:
        due = follow_ups.due(session, windows_of(actor().roles), today, in_reach(actor()))
        return render_template("desk/cases/follow_ups.html", due=due, today=today)


@bp.get("/<number>/follow-up")
@open_to(ANY_WORKER)
def following(number: str) -> ResponseReturnValue:
    """Show the form of one follow-up."""
    with house().reading() as session:
        case = at_hand(session, number)
        return render_template(
            "desk/cases/follow_up.html",
            case=case,
            follow_up=follow_ups.of(session, case),
            helped_names=list(HELPED_NAMES.items()),
        )


@bp.post("/<number>/follow-up")
@open_to(ANY_WORKER)
@asks_again(following)
def follow_up(number: str) -> ResponseReturnValue:
    """Write down what the villager said."""
    typed = Typed()
    helped, note = typed.choice("helped", Helped), typed.text("note", REASON_LIMIT)
    typed.finish()
    if helped is None:
        raise NotAChoice

    def work(session: Session, case: Case, hall: Hall) -> None:
        following_up.answer(session, case, (helped, note), actor(), house().now(), hall)

    return press(number, work)
