"""顺利的一次: the buttons of bank, cash box and close of the villages' books."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from werkzeug.test import TestResponse

from desk.windows.village_accounts.queries.money import unmatched_books
from tests.actions.a_bank import bring_in, paired
from tests.actions.a_book import Book, begin
from tests.pages.happy_books import HOME, next_free

if TYPE_CHECKING:  # the table of all presses has these in it
    from tests.pages.happy_paths import Hall

SHEET = "日期,摘要,收入,支出,余额\n2026-01-15,示例,,5.00,99995.00\n".encode()


def _kept(hall: Hall, work: Callable[[Book], object]) -> str:
    """Keep the books of another village for a while; return where its bank is."""
    with hall.here.writing() as session:
        book = begin(hall.here, session, village=next_free(session))
        book.post(("513", 5_00), ("10201", -5_00))
        work(book)
        return f"{HOME}{book.books.id}/bank/10201"


def sheet_comes_in(hall: Hall) -> TestResponse:
    page = _kept(hall, lambda book: None)
    return hall.press("bookkeeper", page, page, file=hall.upload(SHEET, "bank.csv"))


def match(hall: Hall) -> TestResponse:
    pairs: list[str] = []

    def work(book: Book) -> None:
        one = bring_in(book)
        (other,) = unmatched_books(book.session, book.account("10201"), 202601)
        pairs.append(f"{one}-{other.key}")

    page = _kept(hall, work)
    return hall.press("reviewer", page, f"{page}/match", pair=pairs)


def unmatch(hall: Hall) -> TestResponse:
    page = _kept(hall, paired)
    return hall.press("reviewer", page, f"{page}/unmatch")


def discard(hall: Hall) -> TestResponse:
    page = _kept(hall, bring_in)
    return hall.press("bookkeeper", page, f"{page}/discard")


def reconcile(hall: Hall) -> TestResponse:
    page = _kept(hall, paired)
    return hall.press("bookkeeper", page, f"{page}/agree")


def count(hall: Hall) -> TestResponse:
    page = _kept(hall, lambda book: None).replace("bank/10201", "cash/101")
    return hall.press("reviewer", page, page, keeper="示例报账员", counted_on="2026-01-31")


def settings(hall: Hall) -> TestResponse:
    return hall.press("director", f"{HOME}closing", f"{HOME}closing", hand_in_days="2")


MONEY: dict[str, Callable[[Hall], TestResponse]] = {
    "accounts.bring_in": sheet_comes_in,
    "accounts.match": match,
    "accounts.unmatch": unmatch,
    "accounts.discard_statement": discard,
    "accounts.reconcile": reconcile,
    "accounts.count_cash": count,
    "accounts.set_closing": settings,
}
