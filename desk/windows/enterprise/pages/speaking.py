"""企业专页的管理: open and close an enterprise's page, print its slip, answer what it wrote."""

from datetime import datetime

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.enterprise.actions import own_page as actions
from desk.windows.enterprise.forms import own_page as forms
from desk.windows.enterprise.pages.board import bp, press
from desk.windows.enterprise.pages.enterprises import one, press_on
from desk.windows.enterprise.pages.projects import project
from desk.windows.enterprise.queries import enterprises
from desk.windows.enterprise.queries import own_page as queries
from desk.windows.enterprise.records import Enterprise, Project
from desk.windows.enterprise.rules.access import WORKERS
from kernel.calendar.rules import chinese_date
from kernel.clock import town_day
from kernel.printing import typeset
from kernel.qr import qr_modules
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.house import house


@bp.post("/enterprises/<int:enterprise_id>/page")
@open_to(WORKERS)
@asks_again(one)
def issue_page(enterprise_id: int) -> ResponseReturnValue:
    """Open the enterprise's own page, under another code."""

    def work(session: Session, found: Enterprise, now: datetime) -> None:
        actions.issue(session, found, actor(), now)

    return press_on(enterprise_id, work)


@bp.post("/enterprises/<int:enterprise_id>/page/close")
@open_to(WORKERS)
@asks_again(one)
def close_page(enterprise_id: int) -> ResponseReturnValue:
    """Close the enterprise's own page."""

    def work(session: Session, found: Enterprise, now: datetime) -> None:
        actions.close(session, found, actor(), now)

    return press_on(enterprise_id, work)


@bp.post("/enterprises/<int:enterprise_id>/page.pdf")
@open_to(WORKERS)
@asks_again(one)
def page_slip(enterprise_id: int) -> ResponseReturnValue:
    """Return the slip with the code of the enterprise's page, typeset; the print is recorded."""
    here = house()
    with here.writing() as session:
        found = enterprises.enterprise(session, actor(), enterprise_id)
        row, town = actions.print_slip(session, found, actor(), here.now()), here.town(session)
        address = f"{here.settings.public_url}/E/{queries.code_of(session, row)}".upper()
        values = {
            "hall": town.hall,
            "is_sample": town.is_sample,
            "enterprise": found.name,
            "modules": [[int(cell) for cell in line] for line in qr_modules(address)],
            "address": address,
            "issued": chinese_date(town_day(row.issued_at)),
            "generation": row.generation,
            "duty_phone": town.duty_phone,
            "complaint_phone": town.complaint_phone,
        }
    return files.paper(typeset("enterprise_page", values), f"page-{enterprise_id}.pdf")


@bp.post("/projects/<int:project_id>/messages")
@open_to(WORKERS)
@asks_again(project)
def answer_message(project_id: int) -> ResponseReturnValue:
    """Answer what the enterprise wrote."""
    words = forms.message()

    def work(session: Session, found: Project, now: datetime) -> None:
        actions.write(session, found, words, actor(), now)

    return press(project_id, work)


@bp.post("/projects/<int:project_id>/messages/seen")
@open_to(WORKERS)
@asks_again(project)
def see_messages(project_id: int) -> ResponseReturnValue:
    """Say that what the enterprise wrote was read."""

    def work(session: Session, found: Project, now: datetime) -> None:
        actions.see(session, found, actor(), now)

    return press(project_id, work)
