"""投诉的页面: taking one down for an enterprise; hearing, answering, and closing by another."""

from collections.abc import Callable
from datetime import datetime

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import queries as cases
from desk.cases.actions import verbs
from desk.cases.rules.lights import LIGHT_WORDS
from desk.cases.rules.receipts import read_number
from desk.cases.rules.stages import STAGE_NAMES
from desk.windows.enterprise.actions import complaints as actions
from desk.windows.enterprise.forms import afterwards as forms
from desk.windows.enterprise.pages.board import bp
from desk.windows.enterprise.queries import complaints as queries
from desk.windows.enterprise.queries import enterprises
from desk.windows.enterprise.queries.complaints import Complaint
from desk.windows.enterprise.rules.access import COMPLAINT_READERS, READERS
from desk.windows.enterprise.rules.complaints import ABOUT_NAMES
from kernel.staff.queries import names
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import version_on_screen
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.get("/complaints")
@open_to(COMPLAINT_READERS)
def complaints() -> ResponseReturnValue:
    """List the complaints one may hear of, the most urgent first."""
    here = house()
    with here.reading() as session:
        return render_template(
            "desk/windows/enterprise/complaints.html",
            rows=queries.complaints(session, actor(), here.now()),
            about_names=ABOUT_NAMES,
            stage_names=STAGE_NAMES,
            light_words=LIGHT_WORDS,
            names=names(session),
        )


@bp.get("/complaints/<complaint_number>")
@open_to(COMPLAINT_READERS)
def complaint(complaint_number: str) -> ResponseReturnValue:
    """Show a complaint, with its answer or the form for one."""
    with house().reading() as session:
        found = queries.complaint(session, complaint_number, actor())
        return render_template(
            "desk/windows/enterprise/complaint.html",
            found=found,
            case=found.case,
            timeline=cases.timeline(session, found.case, public_only=False),
            about_names=ABOUT_NAMES,
            stage_names=STAGE_NAMES,
            names=names(session),
            me_id=actor().staff_id,
        )


@bp.get("/enterprises/<int:enterprise_id>/complaints")
@open_to(READERS)
def complaining(enterprise_id: int) -> ResponseReturnValue:
    """Show the form for what an enterprise tells by word of mouth."""
    with house().reading() as session:
        return render_template(
            "desk/windows/enterprise/complaining.html",
            enterprise=enterprises.enterprise(session, actor(), enterprise_id),
            abouts=list(ABOUT_NAMES.items()),
            people=list(names(session).items()),
            taken=read_number(request.args.get("taken", "")) or "",
            may_hear=actor().is_any(*COMPLAINT_READERS),
        )


@bp.post("/enterprises/<int:enterprise_id>/complaints")
@open_to(READERS)
@asks_again(complaining)
def complain(enterprise_id: int) -> ResponseReturnValue:
    """Take it down; it goes to somebody it does not concern."""
    told, here = forms.complained(), house()
    with answering() as post:
        if not post.was_answered:
            session = post.session
            found = enterprises.enterprise(session, actor(), enterprise_id)
            hall = here.hall(session)
            case = actions.complain(session, found, told, actor(), here.now(), hall)
            post.go_to(".complaining", enterprise_id=enterprise_id, taken=case.number)
    return redirect(post.answer, 303)


@bp.post("/complaints/<complaint_number>/answer")
@open_to(COMPLAINT_READERS)
@asks_again(complaint)
def answer_complaint(complaint_number: str) -> ResponseReturnValue:
    """Answer it."""
    words = forms.answered()

    def work(session: Session, found: Complaint, now: datetime) -> None:
        actions.answer(session, found, words, actor(), now)

    return _press(complaint_number, work)


@bp.post("/complaints/<complaint_number>/close")
@open_to(COMPLAINT_READERS)
@asks_again(complaint)
def close_complaint(complaint_number: str) -> ResponseReturnValue:
    """Close what somebody else has answered."""
    forms.check_ticked()

    def work(session: Session, found: Complaint, now: datetime) -> None:
        actions.close(session, found, actor(), now, house().hall(session))

    return _press(complaint_number, work)


def _press(
    number: str, work: Callable[[Session, Complaint, datetime], None]
) -> ResponseReturnValue:
    with answering() as post:
        if not post.was_answered:
            found = queries.complaint(post.session, number, actor())
            verbs.check_version(found.case, version_on_screen())
            work(post.session, found, house().now())
            post.go_to(".complaint", complaint_number=number)
    return redirect(post.answer, 303)
