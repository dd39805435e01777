"""代办看板: every project one may see, what it waits for, and today's errands by bureau."""

from collections.abc import Callable
from datetime import date, datetime

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.rules.lights import LIGHT_WORDS
from desk.windows.enterprise.queries import board as queries
from desk.windows.enterprise.queries import carrying, own_page, projects
from desk.windows.enterprise.queries.endings import near
from desk.windows.enterprise.queries.obstacles import facts_of, open_by_project
from desk.windows.enterprise.queries.road import Road
from desk.windows.enterprise.queries.roads import roads
from desk.windows.enterprise.queries.settings import settings
from desk.windows.enterprise.records import Project
from desk.windows.enterprise.rules.access import READERS, WORKERS
from desk.windows.enterprise.rules.bars import sheet
from desk.windows.enterprise.rules.endings import ENDING_NAMES
from desk.windows.enterprise.rules.leaders import KIND_NAMES
from desk.windows.enterprise.rules.projects import waits_words
from kernel.money import yuan
from kernel.staff.queries import names
from kernel.text import whole_number
from kernel.web.doors import actor, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house

#: a number no row of a database has
FARTHEST = 2**31 - 1
bp = Blueprint("enterprise", __name__, url_prefix="/windows/enterprise")
#: 万元
bp.app_template_filter("wan")(lambda fen: yuan(fen // 10_000).removesuffix(".00"))


@bp.get("/")
@open_to(READERS)
def board() -> ResponseReturnValue:
    """Show a page of the projects that go on, and what can be carried to which bureau today."""
    here, is_archived = house(), request.args.get("archive") == "1"
    after = whole_number(request.args.get("after", "")) or 0
    with here.reading() as session:
        look = queries.archive if is_archived else queries.board
        shown = look(session, actor(), here.now(), here.calendar(session), min(after, FARTHEST))
        days = [day for line in shown.lines for day in _span(line)]
        kept = settings(session)  # held: whoever asks again below finds it at hand
        return render_template(
            "desk/windows/enterprise/board.html",
            board=shown,
            sheet=sheet([*days, here.today()]),
            is_archived=is_archived,
            is_first=not after,
            unseen=own_page.unseen(session, actor()),
            obstacles=open_by_project(session, [one.id for one in shown.lines]),
            old_days=kept.old_days,
            facts_of=facts_of,
            endings=[] if is_archived or after else near(session, actor(), here.today()),
            ending_names=ENDING_NAMES,
            named=carrying.NAMED,
            kinds=KIND_NAMES,
            waits_words=waits_words,
            light_words=LIGHT_WORDS,
            names=names(session),
            may_work=actor().is_any(*WORKERS),
            today=here.today(),
        )


@bp.get("/carry")
@open_to(READERS)
def carry() -> ResponseReturnValue:
    """Show all that lies ready for one bureau: what one trip carries."""
    here, bureau = house(), request.args.get("bureau", "")[:200]
    with here.reading() as session:
        found = carrying.trips_now(session, actor(), here.now(), here.calendar(session))
        trip = next((one for one in found if one.bureau == bureau), None)
        if trip is None:
            trip = carrying.Trip(bureau, 0, [])
        return render_template("desk/windows/enterprise/carry.html", trip=trip, trips=found)


def press(
    project_id: int,
    work: Callable[[Session, Project, datetime], None],
    then: str = ".project",
    **values: object,
) -> ResponseReturnValue:
    """Do one thing to a project in one transaction."""
    with answering() as post:
        if not post.was_answered:
            found = projects.project(post.session, actor(), project_id)
            work(post.session, found, house().now())
            post.go_to(then, **(values or {"project_id": project_id}))
    return redirect(post.answer, 303)


def the_road(session: Session, found: Project) -> Road:
    """Return a project on its road, as of now."""
    here = house()
    return roads(session, [found], here.now(), here.calendar(session))[0]


def _span(line: queries.Line) -> list[date]:
    ends = (line.began_on, line.standing.finish_on, line.target_on)
    return [day for day in ends if day]
