"""问题的页面: what stands in a project's way and how it came to that; all that is open."""

from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.enterprise.actions import obstacles as actions
from desk.windows.enterprise.forms import afterwards as forms
from desk.windows.enterprise.forms import reason
from desk.windows.enterprise.pages.board import bp, press, the_road
from desk.windows.enterprise.queries import meetings as minutes
from desk.windows.enterprise.queries import obstacles, projects
from desk.windows.enterprise.queries.settings import settings
from desk.windows.enterprise.records import Obstacle, Project
from desk.windows.enterprise.rules.access import READERS, SOLVERS
from desk.windows.enterprise.rules.obstacles import BY_ENTERPRISE, OBSTACLE_NAMES, VERB_NAMES, gist
from kernel.staff.queries import names
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import version_on_screen
from kernel.web.house import house


@bp.get("/obstacles")
@open_to(READERS)
def all_obstacles() -> ResponseReturnValue:
    """List what stands in the way of the projects one may see, the oldest first."""
    here = house()
    with here.reading() as session:
        return render_template(
            "desk/windows/enterprise/all_obstacles.html",
            found=obstacles.all_open(session, actor()),
            old_days=settings(session).old_days,
            kind_names=OBSTACLE_NAMES,
            gist=gist,
            names=names(session),
            today=here.today(),
        )


@bp.get("/projects/<int:project_id>/obstacles")
@open_to(READERS)
def obstacles_of(project_id: int) -> ResponseReturnValue:
    """Show a project's obstacles with what was done about each, and the form for another."""
    here = house()
    with here.reading() as session:
        found = projects.project(session, actor(), project_id)
        road, rows = the_road(session, found), obstacles.obstacles(session, found.id)
        held = minutes.meetings(session, found.id)
        return render_template(
            "desk/windows/enterprise/obstacles.html",
            project=found,
            enterprise=road.enterprise,
            rows=[(one, obstacles.facts_of(one)) for one in rows],
            steps=obstacles.steps_of(session, rows),
            meetings={
                one.id: [each.meeting for each in held if one in each.obstacles] for one in rows
            },
            errands=[(row.errand.key, row.title) for row in road.rows if not row.facts.is_over],
            titles={row.errand.key: row.title for row in road.rows},
            owners=obstacles.owners(session, found),
            old_days=settings(session).old_days,
            given_days=settings(session).obstacle_days,
            kind_names=OBSTACLE_NAMES,
            verb_names=VERB_NAMES,
            by_enterprise=BY_ENTERPRISE,
            gist=gist,
            names=names(session),
            pressed=request.path,
            may_solve=actor().is_any(*SOLVERS) and not found.archived_at,
            today=here.today(),
        )


@bp.post("/projects/<int:project_id>/obstacles")
@open_to(SOLVERS)
@asks_again(obstacles_of)
def raise_obstacle(project_id: int) -> ResponseReturnValue:
    """Write down what stands in a project's way."""
    told = forms.raised()

    def work(session: Session, found: Project, now: datetime) -> None:
        actions.raise_obstacle(session, found, told, actor(), now, house().hall(session))

    return press(project_id, work, ".obstacles_of")


@bp.post("/projects/<int:project_id>/obstacles/<int:obstacle_id>/give")
@open_to(SOLVERS)
@asks_again(obstacles_of)
def give_obstacle(project_id: int, obstacle_id: int) -> ResponseReturnValue:
    """Let somebody answer for it, by a day."""
    told = (*forms.given(), version_on_screen())

    def work(session: Session, found: Project, now: datetime) -> None:
        actions.give(session, _one(session, found, obstacle_id), told, actor(), now)

    return press(project_id, work, ".obstacles_of")


@bp.post("/projects/<int:project_id>/obstacles/<int:obstacle_id>/close")
@open_to(SOLVERS)
@asks_again(obstacles_of)
def close_obstacle(project_id: int, obstacle_id: int) -> ResponseReturnValue:
    """Close it with what became of it."""
    outcome = forms.said("outcome")

    def work(session: Session, found: Project, now: datetime) -> None:
        actions.close(session, _one(session, found, obstacle_id), outcome, actor(), now)

    return press(project_id, work, ".obstacles_of")


@bp.post("/projects/<int:project_id>/obstacles/<int:obstacle_id>/reopen")
@open_to(SOLVERS)
@asks_again(obstacles_of)
def reopen_obstacle(project_id: int, obstacle_id: int) -> ResponseReturnValue:
    """Take it up again."""
    why = reason()

    def work(session: Session, found: Project, now: datetime) -> None:
        actions.reopen(session, _one(session, found, obstacle_id), why, actor(), now)

    return press(project_id, work, ".obstacles_of")


def _one(session: Session, found: Project, obstacle_id: int) -> Obstacle:
    return obstacles.obstacle(session, found, obstacle_id)
