"""委托代理协议: printed as agreed last, or as a form to be signed; its scan is kept and shown."""

from flask import Response, redirect
from flask.typing import ResponseReturnValue

from desk.windows.village_accounts.actions.scans import keep_scan
from desk.windows.village_accounts.forms import bundles as forms
from desk.windows.village_accounts.pages.books import bp, one
from desk.windows.village_accounts.pages.originals import scan_file
from desk.windows.village_accounts.queries import agreements as queries
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.account_papers import AGREEMENT_SCAN
from desk.windows.village_accounts.rules.entrustment import BLANK, TITLE, clauses, term
from kernel.calendar.rules import chinese_date
from kernel.printing import typeset
from kernel.town.queries import the_town
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
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
    return files.paper(typeset("entrustment", said), f"agreement-{set_id}.pdf")


@bp.post("/<int:set_id>/agreements/<int:agreement>/scans")
@open_to(access.KEEPERS)
@asks_again(one)
def keep_agreement_scan(set_id: int, agreement: int) -> ResponseReturnValue:
    """Keep the scan of an agreement that was signed."""
    scan = forms.scan(AGREEMENT_SCAN)
    with answering() as post:
        if not post.was_answered:
            sets.account_set(post.session, set_id, actor())
            found = queries.agreement(post.session, set_id, agreement)
            keep_scan(post.session, found, scan, actor(), house().now())
            post.go_to(".one", set_id=set_id)
    return redirect(post.answer, 303)


@bp.post("/<int:set_id>/agreements/<int:agreement>/scans/<int:scan>")
@open_to(access.VILLAGE_READERS)
@asks_again(one)
def show_agreement_scan(set_id: int, agreement: int, scan: int) -> Response:
    """Hand the scan of an agreement over; the look is recorded."""
    with house().writing() as session:
        found = queries.agreement(session, set_id, agreement)
        books = sets.account_set(session, set_id, actor())
        return scan_file(session, queries.scan(session, found, scan), books.name)
