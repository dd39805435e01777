"""文书的页面: a case's papers as they were given out, to print and to print again; 授权委托书."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import reprinting
from desk.cases.actions.register import lookup_code
from desk.cases.forms import REASON_LIMIT
from desk.cases.pages.at_hand import at_hand, bp, press
from desk.cases.queries import papers as kept
from desk.cases.records import Case, Paper
from desk.cases.rules.access import ANY_WORKER, case_path, windows_of
from desk.cases.rules.papers import PAPER_TITLES
from desk.cases.rules.papers_authority import PURPOSE, letter_of_authority
from desk.cases.rules.papers_contents import Contents, reprint_mark
from desk.cases.rules.slips import by_hand
from kernel.audit import actions as audit
from kernel.calendar.rules import chinese_date
from kernel.clock import town_day
from kernel.hall import Hall
from kernel.printing import missing_glyphs, typeset
from kernel.qr import qr_modules, qr_svg
from kernel.staff import queries as staff
from kernel.text import checked_text
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.house import house

Values = dict[str, Any]


def shown_papers(session: Session, case: Case, more: Values) -> ResponseReturnValue:
    """Show the papers given out last, or the chosen one, ready to print."""
    chosen = kept.chosen_papers(session, case, request.args.get("id", ""))
    return _shown(case, [_issued(session, case, one) for one in chosen], more)


def typeset_paper(session: Session, case: Case) -> Response:
    """Return the paper given out last, or the chosen one, typeset."""
    first, *_ = kept.chosen_papers(session, case, request.args.get("id", ""))
    return _typeset(_issued(session, case, first), case.number)


@bp.get("/<number>/papers")
@open_to(ANY_WORKER)
def papers(number: str) -> ResponseReturnValue:
    """List what was given out about a case, each to be looked at or printed again."""
    with house().reading() as session:
        case = at_hand(session, number)
        return render_template(
            "desk/cases/papers.html",
            case=case,
            path=case_path(case.window, case.number),
            papers=queries.papers_of(session, case),
            titles=PAPER_TITLES,
            staff_names=staff.names(session),
            pressed=request.path,
        )


@bp.post("/<number>/papers/<int:paper>/reprint")
@open_to(ANY_WORKER)
@asks_again(papers)
def reprint(number: str, paper: int) -> ResponseReturnValue:
    """Print a paper again, on record."""
    reason = checked_text(request.form.get("reason", ""), REASON_LIMIT)

    def work(session: Session, case: Case, hall: Hall) -> None:
        found = kept.paper_of(session, case, paper)
        reprinting.reprint(session, case, found, reason, actor(), house().now())

    return press(number, work, prints=f"?id={paper}&again=1&print=1")


@bp.get("/<number>/authority")
@open_to(ANY_WORKER)
def authority(number: str) -> ResponseReturnValue:
    """Show the letter of authority with what is known filled in; a recorded reveal."""
    return _revealed(number, lambda case, values: _shown(case, [values], {}))


@bp.get("/<number>/authority.pdf")
@open_to(ANY_WORKER)
def authority_pdf(number: str) -> ResponseReturnValue:
    """Return the same letter, typeset."""
    return _revealed(number, lambda case, values: _typeset(values, case.number))


def _revealed(
    number: str, answer: Callable[[Case, Values], ResponseReturnValue]
) -> ResponseReturnValue:
    """Answer with a letter of full numbers; who printed it is on record."""
    now = house().now()
    with house().writing() as session:
        case = at_hand(session, number)
        facts = {"purpose": PURPOSE}
        audit.record(session, actor(), "case.revealed", f"case:{case.id}", now, **facts)
        letter = letter_of_authority(kept.basis(session, case).known)
        values = {**asdict(letter), "paper_number": "", "issued": "", "mark": "", "id": 0}
        return answer(case, {**values, "text": letter.text, "address": _address(session, case)})


def _issued(session: Session, case: Case, paper: Paper) -> Values:
    """Return everything a paper said on its day, as plain values, and its mark if printed later."""
    contents: Contents = kept.contents_of(session, case, paper)
    is_again = request.args.get("again") == "1"
    return {
        **asdict(contents),
        "text": contents.text,
        "id": paper.id,
        "paper_number": paper.number,
        "issued": chinese_date(town_day(paper.issued_at)),
        "mark": reprint_mark(paper.issued_at, house().now(), is_again=is_again),
        "address": _address(session, case),
    }


def _shown(case: Case, sheets: list[Values], more: Values) -> ResponseReturnValue:
    path = case_path(case.window, case.number)
    values = {"path": path, "opens": request.args.get("print") == "1"}
    return render_template(
        "desk/cases/paper.html",
        case=case,
        sheets=sheets,
        picture=qr_svg(sheets[0]["address"]),
        is_at_hand=case.window in windows_of(actor().roles),
        pdf=f"{request.path}.pdf",
        again="&again=1" if request.args.get("again") == "1" else "",
        **values,
        **more,
    )


def _typeset(values: Values, number: str) -> Response:
    lacking = by_hand(missing_glyphs(values.pop("text")))
    words = [*values["words"], *filter(None, [lacking])]
    modules = [[int(cell) for cell in row] for row in qr_modules(values["address"])]
    pdf = typeset("paper", {**values, "words": words, "modules": modules, "number": number})
    return files.paper(pdf, f"{number}.pdf")


def _address(session: Session, case: Case) -> str:
    return f"{house().settings.public_url}/C/{lookup_code(session, case)}".upper()
