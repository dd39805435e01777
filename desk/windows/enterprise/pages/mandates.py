"""委托书的页面: print one, register its signature, take it back; the paper itself, typeset."""

from datetime import datetime

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.rules.attachments import file_name
from desk.windows.enterprise import forms
from desk.windows.enterprise.actions import mandates as actions
from desk.windows.enterprise.pages.board import bp, press, the_road
from desk.windows.enterprise.queries import projects
from desk.windows.enterprise.queries.settings import settings
from desk.windows.enterprise.records import Mandate, Project
from desk.windows.enterprise.rules.access import READERS, WORKERS
from desk.windows.enterprise.rules.mandates import (
    CLAUSES,
    SCAN_TITLE,
    WAY_NAMES,
    scope_words,
    standing_words,
)
from desk.windows.enterprise.rules.roadmaps import milestones
from kernel.calendar.rules import chinese_date
from kernel.clock import town_day
from kernel.errors import NotFound
from kernel.printing import typeset
from kernel.staff.queries import names
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.house import house


@bp.get("/projects/<int:project_id>/mandates")
@open_to(READERS)
def mandates(project_id: int) -> ResponseReturnValue:
    """Show a project's mandates, and the form for another."""
    here = house()
    with here.reading() as session:
        found = projects.project(session, actor(), project_id)
        road, today = the_road(session, found), here.today()
        soon = settings(session).mandate_days
        rows = [(one, projects.facts_of(one)) for one in projects.mandates(session, found.id)]
        return render_template(
            "desk/windows/enterprise/mandates.html",
            project=found,
            enterprise=road.enterprise,
            milestones=milestones([row.plan for row in road.rows]),
            rows=[
                (one, facts, scope_words(facts), standing_words(facts, today, soon))
                for one, facts in reversed(rows)
            ],
            ways=list(WAY_NAMES.items()),
            today=today,
            names=names(session),
            may_work=actor().is_any(*WORKERS),
        )


@bp.post("/projects/<int:project_id>/mandates")
@open_to(WORKERS)
@asks_again(mandates)
def draw_up_mandate(project_id: int) -> ResponseReturnValue:
    """Write a mandate to be printed."""

    def work(session: Session, found: Project, now: datetime) -> None:
        known = milestones([row.plan for row in the_road(session, found).rows])
        actions.draw_up(session, found, forms.terms(known), actor(), now)

    return press(project_id, work, ".mandates")


@bp.get("/projects/<int:project_id>/mandates/<int:mandate_id>.pdf")
@open_to(READERS)
def mandate_pdf(project_id: int, mandate_id: int) -> ResponseReturnValue:
    """Return a mandate, typeset, to be signed."""
    here = house()
    with here.reading() as session:
        found = projects.project(session, actor(), project_id)
        row = projects.mandate(session, found, mandate_id)
        enterprise, town = the_road(session, found).enterprise, here.town(session)
        values = {
            "number": row.number,
            "enterprise": enterprise.name,
            "credit_code": enterprise.credit_code,
            "address": enterprise.address,
            "project": found.name,
            "hall": town.hall,
            "town": town.name,
            "is_sample": town.is_sample,
            "agents": row.agents.splitlines(),
            "scope": scope_words(projects.facts_of(row)),
            "from": chinese_date(row.from_on).split()[0],
            "until": chinese_date(row.until_on).split()[0],
            "clauses": list(CLAUSES),
            "complaint_phone": town.complaint_phone,
            "issued": chinese_date(town_day(row.printed_at)),
        }
    return files.paper(typeset("mandate", values), f"mandate-{mandate_id}.pdf")


@bp.post("/projects/<int:project_id>/mandates/<int:mandate_id>/sign")
@open_to(WORKERS)
@asks_again(mandates)
def sign(project_id: int, mandate_id: int) -> ResponseReturnValue:
    """Register the enterprise's signature, with the scan."""
    signed = forms.signed()

    def work(session: Session, found: Project, now: datetime) -> None:
        row = projects.mandate(session, found, mandate_id)
        actions.sign(session, row, signed, actor(), now)

    return press(project_id, work, ".mandates")


@bp.post("/projects/<int:project_id>/mandates/<int:mandate_id>/revoke")
@open_to(WORKERS)
@asks_again(mandates)
def revoke(project_id: int, mandate_id: int) -> ResponseReturnValue:
    """Note that the enterprise took it back."""
    reason = forms.reason()

    def work(session: Session, found: Project, now: datetime) -> None:
        row = projects.mandate(session, found, mandate_id)
        actions.revoke(session, row, reason, actor(), now)

    return press(project_id, work, ".mandates")


@bp.post("/projects/<int:project_id>/mandates/<int:mandate_id>/show")
@open_to(READERS)
@asks_again(mandates)
def show_mandate(project_id: int, mandate_id: int) -> Response:
    """Hand the signed paper over as a file; the look is recorded."""
    with house().writing() as session:
        found = projects.project(session, actor(), project_id)
        row: Mandate = projects.mandate(session, found, mandate_id)
        if not row.media_type:
            raise NotFound
        content = actions.reveal(session, row, actor(), house().now())
        name = file_name(found.name, SCAN_TITLE, row.media_type)
        return files.scan(content, row.media_type, name)
