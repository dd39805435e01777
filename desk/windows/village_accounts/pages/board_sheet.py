"""公开表打印: the sheet for the village's board on A3, with the code that leads to its page."""

from collections.abc import Iterator
from dataclasses import asdict

from flask import Response
from sqlalchemy.orm import Session

from desk.windows.village_accounts.pages.books import bp
from desk.windows.village_accounts.queries import disclosure as queries
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.queries.disclosure import Sheet, Told
from desk.windows.village_accounts.queries.entries import number_of
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.board_sheet import (
    CODE_WORDS,
    CORRECTION,
    DIGEST_DIFFERS,
    DRAFT_WORDS,
    LATER,
    TITLE,
    tables,
)
from desk.windows.village_accounts.rules.disclosed_months import span_words
from desk.windows.village_accounts.rules.disclosure import DIGEST_SHOWN
from desk.windows.village_accounts.rules.hiding import without_numbers
from desk.windows.village_accounts.rules.open_books import SheetStep
from desk.windows.village_accounts.rules.periods import last_day
from kernel.calendar.rules import chinese_date
from kernel.money import yuan
from kernel.printing import typeset
from kernel.qr import qr_svg
from kernel.staff.queries import names
from kernel.town.queries import the_town
from kernel.town.records import Village
from kernel.web import files
from kernel.web.doors import actor, open_to
from kernel.web.house import house


@bp.get("/<int:set_id>/disclosures/<int:sheet_id>/sheet.pdf")
@open_to(access.VILLAGE_READERS)
def sheet_pdf(set_id: int, sheet_id: int) -> Response:
    """Return a sheet as it hangs on the board, or goes to the committee for review."""
    with house().reading() as session:
        sets.account_set(session, set_id, actor())
        found = queries.sheet(session, set_id, sheet_id)
        told = queries.told(session, found)
        said = {**_head(session, found), **_body(told), **_signed(session, found)}
    return files.paper(typeset("disclosure", said), f"disclosure-{sheet_id}.pdf")


def _head(session: Session, found: Sheet) -> dict[str, object]:
    here, town, of = house(), the_town(session), found.disclosure
    village = session.get_one(Village, found.books.village_id)
    address = f"{here.settings.public_url}/B/{of.id}".upper()
    return {
        "title": TITLE.format(village=village.name),
        "hall": town.hall,
        "is_sample": town.is_sample,
        "phone": town.duty_phone,
        "books": found.books.name,
        "months": span_words(of.first_period, of.last_period),
        "draft": "" if found.is_public else DRAFT_WORDS,
        "code": str(qr_svg(address)),
        "code_words": CODE_WORDS,
        "address": address,
        "as_of": chinese_date(last_day(of.last_period)),
        "digest": of.digest[:DIGEST_SHOWN],
        "printed": chinese_date(here.today()),
    }


def _body(told: Told) -> dict[str, object]:
    money = told.sums
    return {
        "sums": [yuan(fen) for fen in (money.before, money.income, money.expense, money.after)],
        "sections": [asdict(one) for one in tables(queries.as_said(told.lines))],
        "corrections": list(_corrections(told)),
    }


def _corrections(told: Told) -> Iterator[str]:
    """Yield what is no longer as the sheet says it."""
    if not told.is_as_drafted:
        yield DIGEST_DIFFERS
    for one in told.corrected:
        yield CORRECTION.format(
            voucher=one.voucher,
            gist=one.gist,
            fen=yuan(one.fen or 0),
            by=number_of(told.corrections[one.entry_id or 0]),
        )
    for entry in told.later:
        yield LATER.format(voucher=number_of(entry), gist=without_numbers(entry.gist))


def _signed(session: Session, found: Sheet) -> dict[str, object]:
    done = found.done
    reviewed, posted = done.get(SheetStep.REVIEWED), done.get(SheetStep.POSTED)
    return {
        "reviewers": reviewed.names if reviewed else "",
        "reviewed": chinese_date(reviewed.on) if reviewed else "",
        "posted": chinese_date(posted.on) if posted else "",
        "maker": names(session).get(found.disclosure.drafted_by_id, ""),
    }
