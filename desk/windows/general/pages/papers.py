"""文书: the paper of a case on screen, ready to print, and the same typeset."""

from flask import url_for
from flask.typing import ResponseReturnValue

from desk.cases import queries
from desk.cases.pages.papers import shown_papers, typeset_paper
from desk.windows.general.pages.worklist import WINDOW, bp
from desk.windows.general.rules import READERS
from kernel.web.doors import open_to
from kernel.web.house import house


@bp.get("/cases/<number>/paper")
@open_to(READERS)
def paper(number: str) -> ResponseReturnValue:
    """Show the papers given out last, or the chosen one; after an answer they open to print."""
    with house().reading() as session:
        case = queries.at_window(session, WINDOW, number)
        return shown_papers(session, case, {"next_one": url_for(".choose_item")})


@bp.get("/cases/<number>/paper.pdf")
@open_to(READERS)
def paper_pdf(number: str) -> ResponseReturnValue:
    """Return the same paper, typeset."""
    with house().reading() as session:
        return typeset_paper(session, queries.at_window(session, WINDOW, number))
