"""路线图的页面: look at an edition, publish another, move a running project to it after a look."""

from datetime import datetime

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.enterprise import forms
from desk.windows.enterprise.actions import projects as actions
from desk.windows.enterprise.actions import roadmaps as map_actions
from desk.windows.enterprise.pages.board import bp, press, the_road
from desk.windows.enterprise.queries import projects, roadmaps
from desk.windows.enterprise.records import Project
from desk.windows.enterprise.rules.access import KEEPERS, READERS, WORKERS
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import version_on_screen
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog import queries as catalogue


@bp.get("/road-maps")
@open_to(READERS)
def maps() -> ResponseReturnValue:
    """List the road maps that projects begin with."""
    with house().reading() as session:
        found = roadmaps.newest(session)
        plans = roadmaps.planned(session, [one.id for one in found])
        return render_template("desk/windows/enterprise/maps.html", maps=found, plans=plans)


@bp.get("/road-maps/<int:map_id>")
@open_to(READERS)
def road_map(map_id: int) -> ResponseReturnValue:
    """Show an edition; where it is the newest, as the form of the next."""
    with house().reading() as session:
        found = roadmaps.edition(session, map_id)
        errands = roadmaps.planned(session, [found.id])[found.id]
        listed = catalogue.by_codes(session, [one.item for one in errands])
        editions = roadmaps.editions(session, found.code)
        is_newest = editions[0].id == found.id
        return render_template(
            "desk/windows/enterprise/road_map.html",
            map=found,
            errands=errands,
            titles={one.code: one.title for one in listed},
            editions=editions,
            more=range(len(errands), len(errands) + forms.MORE_ROWS),
            may_keep=is_newest and actor().is_any(*KEEPERS),
        )


@bp.post("/road-maps/<int:map_id>")
@open_to(KEEPERS)
@asks_again(road_map)
def publish(map_id: int) -> ResponseReturnValue:
    """Publish the next edition."""
    told = forms.road_map()
    with answering() as post:
        if not post.was_answered:
            before = roadmaps.edition(post.session, map_id)
            row = map_actions.publish(post.session, before, told, actor(), house().now())
            post.go_to(".road_map", map_id=row.id)
    return redirect(post.answer, 303)


@bp.get("/projects/<int:project_id>/move")
@open_to(WORKERS)
def moving(project_id: int) -> ResponseReturnValue:
    """Show what moving a project to the newest edition would do."""
    with house().reading() as session:
        found = projects.project(session, actor(), project_id)
        now_on = roadmaps.edition(session, found.map_id)
        newest = roadmaps.editions(session, now_on.code)[0]
        walked = {one.map_id for one in projects.errands(session, [found.id])}
        plans = roadmaps.planned(session, {now_on.id, newest.id, *walked})
        known = [one for rows in plans.values() for one in rows]
        listed = catalogue.by_codes(session, sorted({one.item for one in known}))
        titles = {one.code: one.title for one in listed}
        return render_template(
            "desk/windows/enterprise/moving.html",
            project=found,
            road=the_road(session, found),
            now_on=now_on,
            newest=newest,
            found=actions.moving(session, found, newest),
            titles={one.key: titles.get(one.item, one.item) for one in known},
        )


@bp.post("/projects/<int:project_id>/move")
@open_to(WORKERS)
@asks_again(moving)
def move(project_id: int) -> ResponseReturnValue:
    """Move a project to the edition that was looked at."""

    def work(session: Session, found: Project, now: datetime) -> None:
        to = roadmaps.edition(session, forms.map_chosen())
        actions.move(session, found, to, version_on_screen(), actor(), now)

    return press(project_id, work)
