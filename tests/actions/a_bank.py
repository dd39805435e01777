"""一家银行: what a bank says of a village's account, brought in and ticked."""

from datetime import date

import sqlalchemy as sa

from desk.windows.village_accounts.actions import money as actions
from desk.windows.village_accounts.queries import money, sets
from desk.windows.village_accounts.records import BankLine
from desk.windows.village_accounts.rules.bank_sheets import BankRow
from tests.actions.a_book import Book

JANUARY = 202601


def row(day: int, fen: int, balance: int | None = None, gist: str = "示例流水") -> BankRow:
    """Return a line of the bank of January."""
    return BankRow(date(2026, 1, day), gist, f"示例{day}", fen, balance)


def bring_in(book: Book, *rows: BankRow) -> int:
    """Bring lines of the bank in, or five yuan spent; return the last number."""
    account = sets.account(book.session, book.books.id, "10201")
    lines = rows or (row(15, -5_00, 99_995_00),)
    actions.bring_in(book.session, account, ("bank.csv", lines), book.bookkeeper, book.here.now())
    return book.session.scalar(sa.select(sa.func.max(BankLine.id))) or 0


def paired(book: Book) -> int:
    """Bring a line of the bank in and tick it; return its number."""
    bank_id, account = bring_in(book), sets.account(book.session, book.books.id, "10201")
    (other,) = money.unmatched_books(book.session, account.id, JANUARY)
    pairs = [(bank_id, other.entry_id, other.line)]
    actions.match(book.session, account, pairs, book.bookkeeper, book.here.now())
    return bank_id
