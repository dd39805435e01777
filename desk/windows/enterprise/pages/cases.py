"""代办件: one errand's case with its buttons; the core's pages carry everything about time."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import verbs
from desk.cases.pages.afterwards import way_values
from desk.cases.pages.papers import shown_papers, typeset_paper
from desk.cases.pages.window_verbs import press_close, press_here, press_note, press_withdraw
from desk.cases.queries.lights import lights_of
from desk.cases.records import Case
from desk.cases.rules.lights import LIGHT_WORDS
from desk.cases.rules.papers import PAPER_TITLES
from desk.cases.rules.results import RESULT_NAMES
from desk.cases.rules.stages import MOVES, STAGE_NAMES, Stage
from desk.windows.enterprise import forms
from desk.windows.enterprise.pages.board import bp
from desk.windows.enterprise.queries import complaints, projects
from desk.windows.enterprise.rules.access import READERS, WORKERS
from kernel.hall import Hall
from kernel.staff.queries import names
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.house import house


@bp.get("/cases/<number>")
@open_to(READERS)
def case(number: str) -> ResponseReturnValue:
    """Show an errand's case with its history and what can be done to it now."""
    here = house()
    with here.reading() as session:
        if complaints.is_one(session, number):
            return redirect(url_for(".complaint", complaint_number=number), 303)
        found, project, _ = projects.of_case(session, actor(), number)
        lights = lights_of(session, [found.id], here.now(), here.today())
        return render_template(
            "desk/windows/enterprise/case.html",
            case=found,
            project=project,
            applicant=queries.applicant_of(session, found),
            materials=queries.materials_of(session, found),
            timeline=queries.timeline(session, found, public_only=False),
            papers=queries.papers_of(session, found),
            paper_titles=PAPER_TITLES,
            **way_values(session, found),
            shown=lights.get(found.id),
            light_words=LIGHT_WORDS,
            moves=MOVES[found.stage],
            Stage=Stage,
            stage_names=STAGE_NAMES,
            result_names=RESULT_NAMES,
            names=names(session),
            may_work=actor().is_any(*WORKERS),
            today=here.today(),
        )


@bp.get("/cases/<number>/paper")
@open_to(READERS)
def paper(number: str) -> ResponseReturnValue:
    """Show the papers given out last, or the chosen one, ready to print."""
    with house().reading() as session:
        found, _, _ = projects.of_case(session, actor(), number)
        return shown_papers(session, found, {})


@bp.get("/cases/<number>/paper.pdf")
@open_to(READERS)
def paper_pdf(number: str) -> ResponseReturnValue:
    """Return the same paper, typeset."""
    with house().reading() as session:
        found, _, _ = projects.of_case(session, actor(), number)
        return typeset_paper(session, found)


@bp.post("/cases/<number>/accept")
@open_to(WORKERS)
@asks_again(case)
def accept(number: str) -> ResponseReturnValue:
    """Note that the body has accepted: its limits begin."""
    by = forms.acceptance()

    def work(session: Session, found: Case, hall: Hall) -> None:
        verbs.accept(session, found, by, actor(), house().now(), hall)

    return press_here(_case, number, work)


@bp.post("/cases/<number>/note")
@open_to(WORKERS)
@asks_again(case)
def note(number: str) -> ResponseReturnValue:
    """Write a line into the history."""
    return press_note(_case, number)


@bp.post("/cases/<number>/withdraw")
@open_to(WORKERS)
@asks_again(case)
def withdraw(number: str) -> ResponseReturnValue:
    """End the case because the enterprise asked."""
    return press_withdraw(_case, number)


@bp.post("/cases/<number>/close")
@open_to(WORKERS)
@asks_again(case)
def close(number: str) -> ResponseReturnValue:
    """Close the case with its result, and say how that gets to the enterprise."""
    return press_close(_case, number, forms.ending())


def _case(session: Session, number: str) -> Case:
    found, _, _ = projects.of_case(session, actor(), number)
    return found
