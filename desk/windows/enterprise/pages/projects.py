"""项目的页面: its road with bars, whose turn each errand is, what it still lacks; its buttons."""

from datetime import datetime

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.rules.lights import LIGHT_WORDS
from desk.cases.rules.stages import STAGE_NAMES
from desk.windows.enterprise import forms
from desk.windows.enterprise.actions import filing, steps
from desk.windows.enterprise.actions import projects as actions
from desk.windows.enterprise.pages.board import bp, press, the_road
from desk.windows.enterprise.queries import history, own_page, projects, roadmaps
from desk.windows.enterprise.queries.road import Road
from desk.windows.enterprise.queries.settings import settings
from desk.windows.enterprise.records import Project
from desk.windows.enterprise.rules.access import AGENTS, KEEPERS, READERS, WORKERS
from desk.windows.enterprise.rules.bars import sheet
from desk.windows.enterprise.rules.dossier import lacking_words
from desk.windows.enterprise.rules.mandates import scope_words, standing_words
from desk.windows.enterprise.rules.obstacles import OBSTACLE_NAMES, gist
from desk.windows.enterprise.rules.own_page import RATING_NAMES
from desk.windows.enterprise.rules.projects import (
    BY_THEMSELVES,
    STEP_NAMES,
    TURN_NAMES,
    WHEN_ALL_IS_OVER,
    next_step,
)
from desk.windows.enterprise.rules.roadmaps import milestones
from kernel.staff import queries as staff
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.get("/projects/<int:project_id>")
@open_to(READERS)
def project(project_id: int) -> ResponseReturnValue:
    """Show a project on its road."""
    here = house()
    with here.reading() as session:
        found = projects.project(session, actor(), project_id)
        road, taken = the_road(session, found), projects.steps(session, found.id)
        days = [day for row in road.rows for day in (row.forecast.start_on, row.forecast.finish_on)]
        soon = settings(session).mandate_days
        coming, held = next_step(taken), projects.mandates(session, found.id)
        newest = roadmaps.editions(session, roadmaps.edition(session, found.map_id).code)[0]
        return render_template(
            "desk/windows/enterprise/project.html",
            project=found,
            road=road,
            sheet=sheet([*days, found.began_on, here.today(), found.target_on or here.today()]),
            milestones=milestones([row.plan for row in road.rows]),
            taken=taken,
            coming=None if coming in BY_THEMSELVES else coming,
            waits=coming in WHEN_ALL_IS_OVER and road.still_open,
            step_names=STEP_NAMES,
            turns=TURN_NAMES,
            light_words=LIGHT_WORDS,
            stage_names=STAGE_NAMES,
            lacking_words=lacking_words,
            obstacle_names=OBSTACLE_NAMES,
            gist=gist,
            mandates=[
                (scope_words(facts), facts, standing_words(facts, here.today(), soon))
                for facts in map(projects.facts_of, held)
            ],
            **_told(session, road),
            names=staff.names(session),
            agents=[(one.id, one.name) for one in staff.holding(session, *AGENTS)],
            newest=newest if newest.id != found.map_id else None,
            pressed=request.path,
            may_work=actor().is_any(*WORKERS),
            may_keep=actor().is_any(*KEEPERS),
            today=here.today(),
        )


def _told(session: Session, road: Road) -> dict[str, object]:
    """Return what history tells of a project, and what its enterprise says."""
    here, project_id = house(), road.project.id
    return {
        "expected": history.expected(session, road, here.now(), here.calendar(session)),
        "least_history": settings(session).least_history,
        "messages": own_page.messages(session, project_id),
        "rated": own_page.rating(session, project_id),
        "rating_names": RATING_NAMES,
    }


@bp.post("/projects/<int:project_id>/errands/<key>/file")
@open_to(WORKERS)
@asks_again(project)
def file(project_id: int, key: str) -> ResponseReturnValue:
    """File an errand; go on to the paper that was given out."""
    here = house()
    with answering() as post:
        if not post.was_answered:
            session, now = post.session, here.now()
            found = projects.project(session, actor(), project_id)
            row, hall = projects.errand(session, found, key), here.hall(session)
            road = the_road(session, found)
            case = filing.file(session, road, row, actor(), now, hall)
            post.go_to(".paper", number=case.number, print=1)
    return redirect(post.answer, 303)


@bp.post("/projects/<int:project_id>/errands/<key>/leave-out")
@open_to(WORKERS)
@asks_again(project)
def leave_out(project_id: int, key: str) -> ResponseReturnValue:
    """Say that a project does not need an errand, or that it does after all."""
    reason = forms.reason()

    def work(session: Session, found: Project, now: datetime) -> None:
        row = projects.errand(session, found, key)
        actions.leave_out(session, the_road(session, found), row, reason, actor(), now)

    return press(project_id, work)


@bp.post("/projects/<int:project_id>/step")
@open_to(WORKERS)
@asks_again(project)
def take_step(project_id: int) -> ResponseReturnValue:
    """Take the next of the seven steps."""
    step, note = forms.step()

    def work(session: Session, found: Project, now: datetime) -> None:
        chosen = (step, note, the_road(session, found).still_open)
        steps.take(session, found, chosen, actor(), now)

    return press(project_id, work)


@bp.post("/projects/<int:project_id>/agents")
@open_to(KEEPERS)
@asks_again(project)
def give_to(project_id: int) -> ResponseReturnValue:
    """Let others walk it, by another day."""

    def work(session: Session, found: Project, now: datetime) -> None:
        known = (one.id for one in staff.holding(session, *AGENTS))
        actions.give_to(session, found, forms.agents(known), actor(), now)

    return press(project_id, work)
