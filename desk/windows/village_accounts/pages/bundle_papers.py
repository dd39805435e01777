"""报账的纸: 支出审批单 to be signed, the slip of a paper refused, that of a bundle sent back."""

from dataclasses import asdict
from datetime import datetime

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.records import Case
from desk.windows.village_accounts.actions import bundles as actions
from desk.windows.village_accounts.pages.books import bp
from desk.windows.village_accounts.queries import bundles as queries
from desk.windows.village_accounts.queries import originals, sets
from desk.windows.village_accounts.records import Original, OriginalRefusal, OriginalUse
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.account_papers import (
    AccountPaper,
    Listed,
    approval,
    refused,
    returned,
)
from kernel.calendar.rules import chinese_date
from kernel.clock import town_day
from kernel.errors import NotFound
from kernel.printing import typeset
from kernel.staff.queries import names
from kernel.web import files
from kernel.web.doors import actor, open_to
from kernel.web.house import house


def _typeset(session: Session, paper: AccountPaper, at: datetime, handler: str) -> Response:
    town = house().town(session)
    values = {
        **asdict(paper),
        "town": town.name,
        "hall": town.hall,
        "is_sample": town.is_sample,
        "handler": handler,
        "duty_phone": town.duty_phone,
        "complaint_phone": town.complaint_phone,
        "issued": chinese_date(town_day(at)),
    }
    return files.paper(typeset("account_paper", values), "paper.pdf")


@bp.get("/cases/<number>/approval.pdf")
@open_to(access.VILLAGE_READERS)
def approval_sheet(number: str) -> ResponseReturnValue:
    """Return 支出审批单, to be signed on paper."""
    here = house()
    with here.reading() as session:
        case, bundle, books = queries.of_case(session, number, actor())
        listed = [
            Listed(
                one.kind, f"{one.code} {one.number}".strip(), one.issuer, use.gist, use.amount_fen
            )
            for use, one in originals.uses_of(session, bundle)
        ]
        heading = (case.number, books.name, bundle.gist)
        paper = approval(heading, bundle.means, listed, actions.needed(session, bundle))
        return _typeset(session, paper, here.now(), "")


def _listed(use: OriginalUse, one: Original) -> Listed:
    number = f"{one.code} {one.number}".strip()
    return Listed(one.kind, number, one.issuer, use.gist, use.amount_fen)


@bp.get("/cases/<number>/returns/<int:slip>.pdf")
@open_to(access.VILLAGE_READERS)
def return_slip(number: str, slip: int) -> ResponseReturnValue:
    """Return 退单."""
    with house().reading() as session:
        case, bundle, books = queries.of_case(session, number, actor())
        for one in queries.returns(session, bundle):
            if one.id == slip:
                heading = (one.number, books.name, case.number, bundle.gist)
                paper = returned(heading, one.station, one.reasons, town_day(one.at))
                return _typeset(session, paper, one.at, names(session)[one.by_id])
        raise NotFound


def _refused(session: Session, slip: OriginalRefusal) -> AccountPaper:
    books = sets.account_set(session, slip.set_id, actor())
    number = session.get_one(Case, slip.bundle_id).number
    paper = Listed(slip.kind, slip.code_and_number, slip.issuer, "", slip.amount_fen)
    return refused(slip.number, books.name, paper, (slip.ground, slip.words), number)


@bp.get("/refusals/<int:refusal_id>")
@open_to(access.VILLAGE_READERS)
def refusal(refusal_id: int) -> ResponseReturnValue:
    """Show why a paper was not taken."""
    with house().reading() as session:
        slip = originals.refusal(session, actor(), refusal_id)
        return render_template(
            "desk/windows/village_accounts/refusal.html",
            slip=slip,
            paper=_refused(session, slip),
            case=session.get_one(Case, slip.bundle_id),
        )


@bp.get("/refusals/<int:refusal_id>.pdf")
@open_to(access.VILLAGE_READERS)
def refusal_pdf(refusal_id: int) -> ResponseReturnValue:
    """Return the same slip, typeset for the village."""
    with house().reading() as session:
        slip = originals.refusal(session, actor(), refusal_id)
        return _typeset(session, _refused(session, slip), slip.at, names(session)[slip.by_id])
