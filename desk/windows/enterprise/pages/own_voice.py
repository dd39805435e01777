"""企业专页上的问题与投诉: an enterprise tells what stands in its way, and what it complains of."""

from datetime import datetime

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.rules.receipts import read_lookup_code, read_number
from desk.windows.enterprise.actions import complaints, obstacles
from desk.windows.enterprise.forms import own_page as forms
from desk.windows.enterprise.pages.own_page import (
    FOLDER,
    bp,
    count_voice,
    looked_at,
    press_for,
)
from desk.windows.enterprise.queries import own_page as queries
from desk.windows.enterprise.records import Enterprise, Project
from desk.windows.enterprise.rules.complaints import ABOUT_NAMES
from desk.windows.enterprise.rules.obstacles import OBSTACLE_NAMES
from desk.windows.enterprise.rules.own_page import COMPLAINTS_A_DAY
from kernel.access import HOUSE
from kernel.staff.queries import names
from kernel.web.doors import EVERYONE, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.get("/e/<code>/say")
@open_to(EVERYONE)
def say(code: str) -> ResponseReturnValue:
    """Show the forms for what stands in the way, and for a complaint."""
    return looked_at(code, _shown)


def _shown(session: Session, of: Enterprise, code: str) -> ResponseReturnValue:
    known = names(session)
    return render_template(
        f"{FOLDER}/say.html",
        enterprise=of,
        code=code,
        projects=[one for one in queries.projects_of(session, of) if not one.archived_at],
        kinds=list(OBSTACLE_NAMES.items()),
        abouts=list(ABOUT_NAMES.items()),
        people=[(one, known[one]) for one in queries.agents_of(session, of)],
        taken=read_number(request.args.get("taken", "")) or "",
        is_told=request.args.get("told") == "1",
        pressed=request.path,
    )


@bp.post("/e/<code>/<int:project_id>/obstacle")
@open_to(EVERYONE)
@asks_again(say)
def tell(code: str, project_id: int) -> ResponseReturnValue:
    """Take down what stands in a project's way; its agent answers for it."""
    told, here = forms.trouble(), house()

    def work(session: Session, found: Project, now: datetime) -> None:
        obstacles.raise_obstacle(session, found, told, HOUSE, now, here.hall(session))

    count_voice(code, COMPLAINTS_A_DAY)
    return press_for(code, project_id, work)


@bp.post("/e/<code>/complain")
@open_to(EVERYONE)
@asks_again(say)
def complain(code: str) -> ResponseReturnValue:
    """Take a complaint in; it goes to somebody it does not concern."""
    g.is_personal = True
    told, here = forms.complaint(), house()
    count_voice(code, COMPLAINTS_A_DAY)
    with answering() as post:
        if not post.was_answered:
            session = post.session
            of = queries.by_code(session, read_lookup_code(code))
            queries.check_about(session, of, told.about_id)
            hall = here.hall(session)
            case = complaints.complain(session, of, told, HOUSE, here.now(), hall)
            post.go_to(".say", code=code, taken=case.number)
    return redirect(post.answer, 303)
