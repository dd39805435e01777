"""代办看板: every project one may see, what it waits for, and today's errands by bureau."""

from collections.abc import Callable
from datetime import date, datetime

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.rules.lights import LIGHT_WORDS
from desk.windows.enterprise.queries import projects
from desk.windows.enterprise.queries.road import ErrandRow, Road
from desk.windows.enterprise.queries.roads import roads
from desk.windows.enterprise.records import Project
from desk.windows.enterprise.rules.access import READERS, WORKERS
from desk.windows.enterprise.rules.bars import sheet
from desk.windows.enterprise.rules.projects import TURN_NAMES, Turn
from kernel.money import yuan
from kernel.staff.queries import names
from kernel.web.doors import actor, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house

bp = Blueprint("enterprise", __name__, url_prefix="/windows/enterprise")
#: 万元
bp.app_template_filter("wan")(lambda fen: yuan(fen // 10_000).removesuffix(".00"))


@bp.get("/")
@open_to(READERS)
def board() -> ResponseReturnValue:
    """Show every project that goes on, and what can be carried to which bureau today."""
    here, is_archived = house(), request.args.get("archive") == "1"
    with here.reading() as session:
        found = projects.projects(session, actor(), is_archived=is_archived)
        shown = roads(session, found, here.now(), here.calendar(session))
        days = [day for road in shown for day in _span(road)]
        return render_template(
            "desk/windows/enterprise/board.html",
            roads=shown,
            sheet=sheet([*days, here.today()]),
            is_archived=is_archived,
            bureaus=_by_bureau(shown),
            turns=TURN_NAMES,
            count=_waiting,
            light_words=LIGHT_WORDS,
            names=names(session),
            may_work=actor().is_any(*WORKERS),
            today=here.today(),
        )


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


def _span(road: Road) -> list[date]:
    target = road.project.target_on
    return [road.project.began_on, road.schedule.finish_on, *([target] if target else [])]


def _waiting(road: Road, turn: Turn) -> int:
    return sum(one.turn is turn for one in road.rows)


def _by_bureau(shown: list[Road]) -> list[tuple[str, list[tuple[Road, ErrandRow]]]]:
    """Return what an agent can carry today, by bureau, where one trip spares the most first."""
    found: dict[str, list[tuple[Road, ErrandRow]]] = {}
    for road in shown:
        for row in road.rows:
            if row.turn is Turn.AGENT:
                found.setdefault(row.plan.lead, []).append((road, row))
    return sorted(found.items(), key=lambda pair: -len(pair[1]))
