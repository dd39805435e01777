"""企业的页面: on file or not, whom to ring, what lies in the dossier, which projects there are."""

from collections.abc import Callable
from datetime import datetime

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.rules.attachments import file_name
from desk.windows.enterprise import forms
from desk.windows.enterprise.actions import enterprises as actions
from desk.windows.enterprise.actions import projects as project_actions
from desk.windows.enterprise.pages.board import bp
from desk.windows.enterprise.queries import enterprises, own_page, projects, roadmaps
from desk.windows.enterprise.queries.settings import settings
from desk.windows.enterprise.records import Enterprise
from desk.windows.enterprise.rules.access import AGENTS, READERS, WORKERS
from desk.windows.enterprise.rules.dossier import ends_soon
from desk.windows.enterprise.rules.projects import ENTERPRISE_STAGE_NAMES, MapMissing
from kernel.audit import actions as audit
from kernel.contact import masked_phone
from kernel.errors import NotFound
from kernel.staff import queries as staff
from kernel.text import masked_name
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import version_on_screen
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.get("/enterprises")
@open_to(READERS)
def listed() -> ResponseReturnValue:
    """List the enterprises one may see."""
    typed = request.args.get("q", "").strip()[:100]
    with house().reading() as session:
        return render_template(
            "desk/windows/enterprise/listed.html",
            enterprises=enterprises.enterprises(session, actor(), typed),
            typed=typed,
            stage_names=ENTERPRISE_STAGE_NAMES,
            may_work=actor().is_any(*WORKERS),
        )


@bp.get("/enterprises/new")
@open_to(WORKERS)
def new() -> ResponseReturnValue:
    """Show the form for an enterprise."""
    with house().reading():
        stages = list(ENTERPRISE_STAGE_NAMES.items())
        return render_template("desk/windows/enterprise/new.html", stages=stages)


@bp.post("/enterprises/new")
@open_to(WORKERS)
@asks_again(new)
def register() -> ResponseReturnValue:
    """Put an enterprise on file."""
    told, named = forms.particulars()
    with answering() as post:
        if not post.was_answered:
            row = actions.register(post.session, told, named, actor(), house().now())
            post.go_to(".one", enterprise_id=row.id)
    return redirect(post.answer, 303)


@bp.get("/enterprises/<int:enterprise_id>")
@open_to(READERS)
def one(enterprise_id: int) -> ResponseReturnValue:
    """Show an enterprise with its people, papers and projects."""
    here = house()
    with here.reading() as session:
        found = enterprises.enterprise(session, actor(), enterprise_id)
        papers = enterprises.papers(session, found.id)
        today, soon = here.today(), settings(session).paper_days
        return render_template(
            "desk/windows/enterprise/one.html",
            enterprise=found,
            contacts=enterprises.contacts(session, found.id),
            revealed=g.get("is_revealed", False),
            masked_phone=masked_phone,
            masked_name=masked_name,
            papers=[(one, ends_soon(enterprises.kept(one), today, soon)) for one in papers],
            paper_days=soon,
            projects=projects.projects_of(session, actor(), found.id),
            own_page=own_page.page_of(session, found.id),
            stage_names=ENTERPRISE_STAGE_NAMES,
            stages=list(ENTERPRISE_STAGE_NAMES.items()),
            maps=[(row.id, f"{row.name} v{row.number}") for row in roadmaps.newest(session)],
            agents=_agents(session),
            me_id=actor().staff_id,
            names=staff.names(session),
            may_work=actor().is_any(*WORKERS),
            today=here.today(),
        )


@bp.post("/enterprises/<int:enterprise_id>")
@open_to(WORKERS)
@asks_again(one)
def change(enterprise_id: int) -> ResponseReturnValue:
    """Set how far it has come, and where it is."""
    stage, address = forms.standing()
    told = (stage, address, version_on_screen())

    def work(session: Session, found: Enterprise, now: datetime) -> None:
        actions.change(session, found, told, actor(), now)

    return press_on(enterprise_id, work)


@bp.post("/enterprises/<int:enterprise_id>/reveal")
@open_to(READERS)
@asks_again(one)
def reveal(enterprise_id: int) -> ResponseReturnValue:
    """Show names and phones once; the look is recorded."""
    with house().writing() as session:
        found = enterprises.enterprise(session, actor(), enterprise_id)
        subject = f"enterprise:{found.id}"
        audit.record(session, actor(), "enterprise.revealed", subject, house().now())
    g.is_revealed = True
    return one(enterprise_id)


@bp.post("/enterprises/<int:enterprise_id>/contacts")
@open_to(WORKERS)
@asks_again(one)
def add_contact(enterprise_id: int) -> ResponseReturnValue:
    """Write down somebody to ring."""
    named = forms.named()

    def work(session: Session, found: Enterprise, now: datetime) -> None:
        actions.add_contact(session, found, named, actor(), now)

    return press_on(enterprise_id, work)


@bp.post("/enterprises/<int:enterprise_id>/contacts/<int:contact_id>/end")
@open_to(WORKERS)
@asks_again(one)
def end_contact(enterprise_id: int, contact_id: int) -> ResponseReturnValue:
    """Ring somebody up no more."""

    def work(session: Session, found: Enterprise, now: datetime) -> None:
        row = enterprises.contact(session, found, contact_id)
        actions.end_contact(session, found, row, actor(), now)

    return press_on(enterprise_id, work)


@bp.post("/enterprises/<int:enterprise_id>/papers")
@open_to(WORKERS)
@asks_again(one)
def keep_paper(enterprise_id: int) -> ResponseReturnValue:
    """Take a paper into the dossier."""
    paper = forms.handed_in()

    def work(session: Session, found: Enterprise, now: datetime) -> None:
        actions.keep_paper(session, found, paper, actor(), now)

    return press_on(enterprise_id, work)


@bp.post("/enterprises/<int:enterprise_id>/papers/<int:paper_id>/show")
@open_to(READERS)
@asks_again(one)
def show_paper(enterprise_id: int, paper_id: int) -> ResponseReturnValue:
    """Hand the scan of a paper over as a file; the look is recorded."""
    with house().writing() as session:
        found = enterprises.enterprise(session, actor(), enterprise_id)
        row = enterprises.paper(session, found, paper_id)
        if not row.media_type:
            raise NotFound
        content = actions.reveal_paper(session, row, actor(), house().now())
        return files.scan(content, row.media_type, file_name(found.name, row.name, row.media_type))


@bp.post("/enterprises/<int:enterprise_id>/papers/<int:paper_id>/remove")
@open_to(WORKERS)
@asks_again(one)
def remove_paper(enterprise_id: int, paper_id: int) -> ResponseReturnValue:
    """Take a paper out of the dossier."""

    def work(session: Session, found: Enterprise, now: datetime) -> None:
        row = enterprises.paper(session, found, paper_id)
        actions.remove_paper(session, found, row, actor(), now)

    return press_on(enterprise_id, work)


@bp.post("/enterprises/<int:enterprise_id>/projects")
@open_to(WORKERS)
@asks_again(one)
def draw_up(enterprise_id: int) -> ResponseReturnValue:
    """Begin a project by the newest edition of a road map."""
    with answering() as post:
        if not post.was_answered:
            session = post.session
            found = enterprises.enterprise(session, actor(), enterprise_id)
            told = forms.undertaking(number for number, _ in _agents(session))
            chosen, maps = forms.map_chosen(), roadmaps.newest(session)
            road_map = next((row for row in maps if row.id == chosen), None)
            if road_map is None:
                raise MapMissing
            now = house().now()
            row = project_actions.draw_up(session, found, told, road_map, actor(), now)
            post.go_to(".project", project_id=row.id)
    return redirect(post.answer, 303)


def _agents(session: Session) -> list[tuple[int, str]]:
    return [(person.id, person.name) for person in staff.holding(session, *AGENTS)]


def press_on(
    enterprise_id: int, work: Callable[[Session, Enterprise, datetime], None]
) -> ResponseReturnValue:
    """Do one thing to an enterprise in one transaction."""
    with answering() as post:
        if not post.was_answered:
            found = enterprises.enterprise(post.session, actor(), enterprise_id)
            work(post.session, found, house().now())
            post.go_to(".one", enterprise_id=enterprise_id)
    return redirect(post.answer, 303)
