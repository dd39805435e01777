"""委托代理协议的打印: what was agreed last, or a form to be signed."""

from flask import Response

from desk.windows.village_accounts.pages.books import bp
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.entrustment import BLANK, TITLE, clauses, term
from kernel.calendar.rules import chinese_date
from kernel.printing import typeset
from kernel.town.queries import the_town
from kernel.web.doors import actor, open_to
from kernel.web.house import house


@bp.get("/<int:set_id>/agreement.pdf")
@open_to(access.VILLAGE_READERS)
def agreement_paper(set_id: int) -> Response:
    """Return the agreement of a set; blanks to fill in by hand where none was signed yet."""
    here = house()
    with here.reading() as session:
        books = sets.account_set(session, set_id, actor())
        town, found = the_town(session), next(iter(sets.agreements(session, set_id)), None)
    first, last = (found.from_on, found.to_on) if found else (None, None)
    said = {
        "title": TITLE,
        "village": books.name,
        "hall": town.hall,
        "is_sample": town.is_sample,
        "clauses": clauses(books.name, town.hall, books.cash_limit_fen),
        "term": term(first, last),
        "signed_by_village": found.signed_by_village if found else "",
        "signed_by_town": found.signed_by_town if found else "",
        "signed": chinese_date(found.signed_on) if found else BLANK,
        "printed": chinese_date(here.today()),
    }
    answer = Response(typeset("entrustment", said), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f"inline; filename=agreement-{set_id}.pdf"
    return answer
