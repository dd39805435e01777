"""顺利的一次: the buttons of the bundles that villages bring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from werkzeug.test import TestResponse

from desk.windows.village_accounts.queries import bundles, originals
from desk.windows.village_accounts.records import AccountSet
from desk.windows.village_accounts.rules.original_kinds import OriginalKind, Purpose
from kernel.money import capitals
from tests.actions.a_book import Book
from tests.actions.a_bundle import Papers, another, invoice
from tests.builders import clerk, mobile, resident_number
from tests.pages.happy_books import HOME, begun

if TYPE_CHECKING:  # the table of all presses has these in it
    from tests.pages.happy_paths import Hall

SCANNED = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
Way = Callable[[Papers], object]
#: what the hall knows the number of its bundles' set by
SET = "set of the bundles"


def _hand_in(papers: Papers) -> None:
    papers.take(invoice(800_00))
    papers.sign()
    papers.hand_in()


def _pass_both(papers: Papers) -> None:
    _hand_in(papers)
    papers.let_pass("cashier")
    papers.let_pass("reviewer")


def _pay(papers: Papers) -> None:
    _pass_both(papers)
    papers.pay()


def brought(hall: Hall, *way: Way) -> str:
    """Let a bundle go some way; return its page. All are of one village: there are few."""
    is_first = SET not in hall.known
    if is_first:
        hall.known[SET] = f"{begun(hall)[1]}"
    with hall.here.writing() as session:
        books = session.get_one(AccountSet, int(hall.known[SET]))
        book = Book(hall.here, session, books)
        if is_first:
            book.post(("10202", 50_000_00), ("10201", -50_000_00), kind="transfer")
        papers = another(hall.here, session, book)
        for step in way:
            step(papers)
        return f"{HOME}cases/{papers.case.number}"


def begin_bundle(hall: Hall) -> TestResponse:
    brought(hall)
    page = f"{HOME}bundles/"
    return hall.press("village_clerk", page, page, gist="示例修水渠")


def take_original(hall: Hall) -> TestResponse:
    page = f"{brought(hall)}/originals"
    paper = invoice(88_00).entered
    typed = {"number": paper.number, "issuer": paper.issuer, "issued_on": "2026-01-02"}
    money = {"face": "88.00", "capitals": capitals(88_00), "gist": paper.gist}
    file = hall.upload(SCANNED, "示例.pdf")
    return hall.press("village_clerk", page, page, **typed, **money, file=file)


def drop_original(hall: Hall) -> TestResponse:
    page = brought(hall, lambda papers: papers.take(invoice(800_00)))
    with hall.here.reading() as session:
        number = page.rpartition("/")[2]
        _, bundle, _ = bundles.of_case(session, number, clerk(session, "director"))
        use = originals.uses_of(session, bundle)[0][0].id
    return hall.press("village_clerk", page, f"{page}/originals/{use}/drop")


def record_signatures(hall: Hall) -> TestResponse:
    page = f"{brought(hall, lambda papers: papers.take(invoice(800_00)))}/sign"
    parts = ("handler", "witness", "supervision", "one_pen")
    names = {f"name_{part}": f"示例{part}" for part in parts}
    days = {f"on_{part}": "2026-01-05" for part in parts}
    file = hall.upload(SCANNED, "示例.pdf")
    return hall.press("village_clerk", page, page, **names, **days, file=file)


def _sign(papers: Papers) -> None:
    papers.take(invoice(800_00))
    papers.sign()


def hand_in(hall: Hall) -> TestResponse:
    page = brought(hall, _sign)
    return hall.press("village_clerk", page, f"{page}/hand-in")


def withdraw_bundle(hall: Hall) -> TestResponse:
    page = brought(hall, _sign)
    return hall.press("village_clerk", page, f"{page}/withdraw")


def pass_bundle(hall: Hall) -> TestResponse:
    page = brought(hall, _hand_in)
    return hall.press("reviewer", page, f"{page}/pass")


def give_bundle_back(hall: Hall) -> TestResponse:
    page = brought(hall, _hand_in)
    return hall.press("reviewer", page, f"{page}/give-back", reason_heading="1", note="示例")


def pay_bundle(hall: Hall) -> TestResponse:
    page = brought(hall, _pass_both)
    return hall.press("cashier", page, f"{page}/pay", slip="HD0001", paid_on="2026-01-31")


def enter_bundle(hall: Hall) -> TestResponse:
    page = f"{brought(hall, _pay)}/entry"
    return hall.press("bookkeeper", page, page)


def keep_limits(hall: Hall) -> TestResponse:
    page = f"{HOME}settings"
    return hall.press("director", page, page, refuses_hospitality="1")


def original(hall: Hall, *, small: bool = False) -> str:
    """Register a paper; return its page."""
    found: list[str] = []

    def take(papers: Papers) -> None:
        claim = invoice(80_00)
        if small:
            paper = replace(claim.entered, kind=OriginalKind.SELF_MADE, purpose=Purpose.SMALL)
            claim = replace(claim, entered=paper)
        payee = ("示例农户", resident_number(9), f"+86{mobile(9)}") if small else ("", "", "")
        taken = papers.take(replace(claim, payee=payee))
        found.append(getattr(taken, "uuid", ""))

    brought(hall, take)
    return f"{HOME}originals/{found[0]}"


def keep_original_scan(hall: Hall) -> TestResponse:
    page = original(hall)
    file = hall.upload(SCANNED, "示例.pdf")
    return hall.press("village_clerk", page, f"{page}/scans", file=file)


def show_original_scan(hall: Hall) -> TestResponse:
    page = original(hall)
    shown = hall.browser("reviewer").open(page).text
    action = shown.partition(f'action="{page}/scans/')[2].partition('"')[0]
    return hall.press("reviewer", page, f"{page}/scans/{action}")


def show_bundle_scan(hall: Hall) -> TestResponse:
    page = brought(hall, _sign)
    shown = hall.browser("reviewer").open(page).text
    action = shown.partition(f'action="{page}/scans/')[2].partition('"')[0]
    return hall.press("reviewer", page, f"{page}/scans/{action}")


def reveal_payee(hall: Hall) -> TestResponse:
    page = original(hall, small=True)
    return hall.press("bookkeeper", page, f"{page}/payee")


BUNDLES: dict[str, Callable[[Hall], TestResponse]] = {
    "accounts.begin_bundle": begin_bundle,
    "accounts.take_original": take_original,
    "accounts.drop_original": drop_original,
    "accounts.record_signatures": record_signatures,
    "accounts.hand_in": hand_in,
    "accounts.withdraw_bundle": withdraw_bundle,
    "accounts.pass_bundle": pass_bundle,
    "accounts.give_bundle_back": give_bundle_back,
    "accounts.pay_bundle": pay_bundle,
    "accounts.enter_bundle": enter_bundle,
    "accounts.keep_limits": keep_limits,
    "accounts.keep_original_scan": keep_original_scan,
    "accounts.show_original_scan": show_original_scan,
    "accounts.show_bundle_scan": show_bundle_scan,
    "accounts.reveal_payee": reveal_payee,
}
