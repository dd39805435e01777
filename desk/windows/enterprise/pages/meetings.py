"""会商的页面: the minutes of meetings about a project, and the form for others; typeset."""

from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.enterprise.actions import meetings as actions
from desk.windows.enterprise.forms import afterwards as forms
from desk.windows.enterprise.pages.board import bp, press
from desk.windows.enterprise.queries import enterprises, meetings, obstacles, projects
from desk.windows.enterprise.records import Project
from desk.windows.enterprise.rules.access import READERS, SOLVERS
from desk.windows.enterprise.rules.meetings import MOST_POINTS, agreed_rows
from desk.windows.enterprise.rules.obstacles import OBSTACLE_NAMES, gist
from kernel.calendar.rules import chinese_date
from kernel.clock import town_day
from kernel.printing import typeset
from kernel.staff.queries import names
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.house import house


@bp.get("/projects/<int:project_id>/meetings")
@open_to(READERS)
def meetings_held(project_id: int) -> ResponseReturnValue:
    """Show the meetings about a project, and the form for the minutes of another."""
    here = house()
    with here.reading() as session:
        found = projects.project(session, actor(), project_id)
        return render_template(
            "desk/windows/enterprise/meetings.html",
            project=found,
            enterprise=enterprises.enterprise(session, actor(), found.enterprise_id),
            held=meetings.meetings(session, found.id),
            obstacles=[one for one in obstacles.obstacles(session, found.id) if not one.closed_at],
            kind_names=OBSTACLE_NAMES,
            gist=gist,
            rows=range(MOST_POINTS),
            names=names(session),
            may_solve=actor().is_any(*SOLVERS) and not found.archived_at,
            today=here.today(),
        )


@bp.post("/projects/<int:project_id>/meetings")
@open_to(SOLVERS)
@asks_again(meetings_held)
def write_minutes(project_id: int) -> ResponseReturnValue:
    """Write the minutes of a meeting."""
    told = forms.minutes()

    def work(session: Session, found: Project, now: datetime) -> None:
        actions.write_minutes(session, found, told, actor(), now)

    return press(project_id, work, ".meetings_held")


@bp.get("/projects/<int:project_id>/meetings/<int:meeting_id>.pdf")
@open_to(READERS)
def minutes_pdf(project_id: int, meeting_id: int) -> ResponseReturnValue:
    """Return the minutes of a meeting, typeset, to be signed."""
    here = house()
    with here.reading() as session:
        found = projects.project(session, actor(), project_id)
        held, town = meetings.meeting(session, found, meeting_id), here.town(session)
        row = held.meeting
        values = {
            "number": row.number,
            "town": town.name,
            "hall": town.hall,
            "is_sample": town.is_sample,
            "enterprise": enterprises.enterprise(session, actor(), found.enterprise_id).name,
            "project": found.name,
            "held": chinese_date(row.held_on),
            "place": row.place,
            "present": row.present,
            "obstacles": [f"{OBSTACLE_NAMES[one.kind]}　{one.words}" for one in held.obstacles],
            "agreed": agreed_rows(held.agreed),
            "by": names(session)[row.written_by_id],
            "written": chinese_date(town_day(row.written_at)),
        }
    return files.paper(typeset("minutes", values), f"minutes-{meeting_id}.pdf")
