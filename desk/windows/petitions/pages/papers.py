"""信访文书: the newest paper of a petition, or the one asked for, on screen and typeset."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import queries as cases
from desk.cases.actions.register import lookup_code
from desk.cases.records import Case, Paper
from desk.cases.rules.papers import PAPER_TITLES, PaperKind
from desk.cases.rules.slips import COPIES, by_hand
from desk.windows.petitions.pages.worklist import bp
from desk.windows.petitions.queries import WINDOW
from desk.windows.petitions.rules.kinds import READERS
from kernel.calendar.rules import chinese_date
from kernel.clock import town_day
from kernel.errors import NotFound
from kernel.printing import missing_glyphs, typeset
from kernel.qr import qr_modules, qr_svg
from kernel.staff.queries import names
from kernel.web import files
from kernel.web.doors import open_to
from kernel.web.house import House, house


@bp.get("/cases/<number>/paper")
@open_to(READERS)
def paper(number: str) -> ResponseReturnValue:
    """Show a paper, ready to print."""
    with house().reading() as session:
        values = _values(house(), session, number)
    picture = qr_svg(str(values["address"]))
    return render_template("desk/windows/petitions/paper.html", paper=values, picture=picture)


@bp.get("/cases/<number>/paper.pdf")
@open_to(READERS)
def paper_pdf(number: str) -> ResponseReturnValue:
    """Return the same paper, typeset."""
    with house().reading() as session:
        values = _values(house(), session, number)
    code = qr_modules(str(values["address"]))
    values["modules"] = [[int(cell) for cell in row] for row in code]
    values["by_hand"] = by_hand(missing_glyphs(str(values["to"])))
    return files.paper(typeset("petition_paper", values), f"{number}.pdf")


def _values(here: House, session: Session, number: str) -> dict[str, object]:
    case = cases.at_window(session, WINDOW, number)
    issued, town = _chosen(cases.papers_of(session, case)), here.town(session)
    person = cases.applicant_of(session, case)
    to_body = issued.kind is PaperKind.PETITION_HANDED_ON
    return {
        "id": issued.id,
        "title": PAPER_TITLES[issued.kind],
        "paper_number": issued.number,
        "number": case.number,
        "hall": town.hall,
        "town": town.name,
        "is_sample": town.is_sample,
        "to": "" if to_body or person is None else person.name,
        "words": issued.words.splitlines(),
        "handler": names(session)[issued.actor_id],
        "duty_phone": town.duty_phone,
        "complaint_phone": town.complaint_phone,
        "address": _address(here, session, case),
        "issued": chinese_date(town_day(issued.issued_at)),
        "copies": COPIES,
    }


def _address(here: House, session: Session, case: Case) -> str:
    return f"{here.settings.public_url}/C/{lookup_code(session, case)}".upper()


def _chosen(papers: list[Paper]) -> Paper:
    """Return the paper asked for by its id; the newest where none is. Raises NotFound."""
    wanted = request.args.get("paper", "")
    found = [one for one in papers if not wanted or str(one.id) == wanted]
    if not found:
        raise NotFound
    return found[0]
