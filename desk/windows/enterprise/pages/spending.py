"""投入的页面: what the town spent on a project; a wrong line is struck, and stays."""

from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.enterprise.actions import spending as actions
from desk.windows.enterprise.forms import afterwards as forms
from desk.windows.enterprise.forms import reason
from desk.windows.enterprise.pages.board import bp, press
from desk.windows.enterprise.queries import enterprises, projects, spending
from desk.windows.enterprise.records import Project
from desk.windows.enterprise.rules.access import READERS, SPENDERS
from kernel.staff.queries import names
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.house import house


@bp.get("/projects/<int:project_id>/spending")
@open_to(READERS)
def spent_on(project_id: int) -> ResponseReturnValue:
    """Show what the town spent on a project, and the form for more."""
    here = house()
    with here.reading() as session:
        found = projects.project(session, actor(), project_id)
        return render_template(
            "desk/windows/enterprise/spending.html",
            project=found,
            enterprise=enterprises.enterprise(session, actor(), found.enterprise_id),
            payments=spending.payments(session, found.id),
            total=spending.sums(session, [found.id]).get(found.id, 0),
            names=names(session),
            town=here.town(session),
            pressed=request.path,
            may_spend=actor().is_any(*SPENDERS),
            today=here.today(),
        )


@bp.post("/projects/<int:project_id>/spending")
@open_to(SPENDERS)
@asks_again(spent_on)
def spend(project_id: int) -> ResponseReturnValue:
    """Note a payment."""
    told = forms.spent()

    def work(session: Session, found: Project, now: datetime) -> None:
        actions.spend(session, found, told, actor(), now)

    return press(project_id, work, ".spent_on")


@bp.post("/projects/<int:project_id>/spending/<int:spending_id>/strike")
@open_to(SPENDERS)
@asks_again(spent_on)
def strike(project_id: int, spending_id: int) -> ResponseReturnValue:
    """Strike a payment."""
    why = reason()

    def work(session: Session, found: Project, now: datetime) -> None:
        payment = spending.payment(session, found, spending_id)
        actions.strike(session, payment, why, actor(), now)

    return press(project_id, work, ".spent_on")
