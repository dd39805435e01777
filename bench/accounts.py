"""村账跑分: balances, day book and close of a village with a million postings.

Beside it beancount loads the same ledger: what another program takes to have the same figures.
`python -m bench accounts --full` takes the million; otherwise a tenth of it.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

import sqlalchemy as sa
from beancount import loader
from sqlalchemy.orm import Session

from bench.figures import Figure
from bench.installation import sample_town, temporary_folder
from desk.windows.village_accounts.actions.closing import close_month
from desk.windows.village_accounts.queries.balances import balances
from desk.windows.village_accounts.queries.entries import book
from desk.windows.village_accounts.queries.export import year_of
from desk.windows.village_accounts.queries.money import balance_at
from desk.windows.village_accounts.queries.reports import figures as figures_of
from desk.windows.village_accounts.queries.reports import form
from desk.windows.village_accounts.queries.sets import account
from desk.windows.village_accounts.records import AccountSet, Reconciliation
from desk.windows.village_accounts.rules.export import beancount
from desk.windows.village_accounts.rules.reports.formulas import reckoned
from desk.windows.village_accounts.rules.reports.kinds import ReportKind
from desk.windows.village_accounts.rules.reports.statements import at_end
from kernel.web.house import House
from tests.actions.a_book import FIRST, Book, ask, begin

USUAL, FULL = 100_000, 1_000_000
LINES, BATCH, ROUNDS = 10, 2_000, 9
LOOK_MS, CLOSE_MS = 50.0, 1000.0
OPENING = (("10201", 10**12), ("301", -(10**12)))
_ENTRY = sa.text(
    "INSERT INTO account_entry (uuid, set_id, kind, period, entry_on, gist, attachments,"
    " drafted_at, maker_id) VALUES (:uuid, :set, 'submission', :period, :on, 'x', 1, :at, :maker)"
    " RETURNING id"
)
_POSTING = sa.text(
    "INSERT INTO account_posting (entry_id, line, account_id, gist, debit_fen, credit_fen)"
    " VALUES (:entry, :line, :account, '', :debit, :credit)"
)
_POST = sa.text(
    "UPDATE account_entry SET series = :period, number = :number, posted_at = :at,"
    " checker_id = :checker, poster_id = :maker WHERE id = :entry"
)


def figures() -> list[Figure]:
    """Fill a village's month, look at it, export it, load it in beancount, and close it."""
    size = FULL if "--full" in sys.argv else USUAL
    with sample_town() as town:
        here = town.open_house()
        with here.writing() as session:
            number = begin(here, session, opening=OPENING).books.id
        _fill(here, number, size // LINES)
        found = _measured(here, number, size)
        here.database.engine.dispose()
    return found


def _fill(here: House, set_id: int, entries: int) -> None:
    """Post entries as the triggers want them, without the desk's own checks: they take long."""
    numbers = iter(range(1, entries + 1))
    while batch := list(islice(numbers, BATCH)):
        with here.writing() as session:
            _post_batch(_book(here, session, set_id), batch)


def _book(here: House, session: Session, set_id: int) -> Book:
    return Book(here, session, session.get_one(AccountSet, set_id))


def _post_batch(books: Book, numbers: list[int]) -> None:
    by, at = books.signatures, str(books.here.now().replace(tzinfo=None))
    bank, spent = books.account("10201"), [books.account(code) for code in ("513", "514", "515")]
    same = {"set": books.books.id, "period": FIRST, "at": at, "maker": by.poster_id}
    session = books.session
    for number in numbers:
        day = f"{date(2026, 1, 1 + number % 31)}"
        entry = session.scalar(_ENTRY, {**same, "uuid": f"bench{number}", "on": day})
        session.execute(_POSTING, list(_lines(entry or 0, number, bank, spent)))
        session.execute(_POST, {**same, "entry": entry, "number": number, "checker": by.checker_id})


def _lines(entry: int, number: int, bank: int, spent: list[int]) -> Iterator[dict[str, int]]:
    for line in range(1, LINES, 2):
        fen = number + line
        one = {"entry": entry, "line": line, "account": spent[line % 3]}
        yield {**one, "debit": fen, "credit": 0}
        yield {"entry": entry, "line": line + 1, "account": bank, "debit": 0, "credit": fen}


def _measured(here: House, set_id: int, size: int) -> list[Figure]:
    with here.writing() as session:
        books = _book(here, session, set_id)
        bank = account(session, set_id, "10201")
        trial = _ms(lambda: balances(session, set_id, FIRST, FIRST))
        lines = form(session, ReportKind.BALANCE_SHEET).lines
        whole_sheet = _ms(
            lambda: reckoned(lines, figures_of(session, [set_id], FIRST, FIRST + 11), at_end)
        )
        last_page = _ms(lambda: book(session, bank, FIRST, size // 2 - 200))
        loaded = _loaded_by_beancount(books)
        _agree(books)
        begun = perf_counter()
        close_month(session, books.books, FIRST, books.bookkeeper, here.now())
        session.flush()
        closed = (perf_counter() - begun) * 1000
    asked = f"{size:,} postings"
    return [
        Figure(f"trial balance, {asked}", trial, "ms", aim=LOOK_MS, at_most=True),
        Figure(f"day book's last page, {asked}", last_page, "ms", aim=LOOK_MS, at_most=True),
        Figure(f"balance sheet, {asked}", whole_sheet, "ms", aim=LOOK_MS, at_most=True),
        Figure(f"month close, {asked}", closed, "ms", aim=CLOSE_MS, at_most=True),
        Figure(f"trial balance beside beancount's load, {asked}", trial, "ms", loaded, "beancount"),
    ]


def _agree(books: Book) -> None:
    """Let the close ask for the bank, and tell it that bank and books agree."""
    session, now = books.session, books.here.now()
    ask(session, is_asked=True)
    bank = account(session, books.books.id, "10201")
    agreed = Reconciliation(account_id=bank.id, period=FIRST, turn=1, at=now)
    agreed.book_fen = agreed.bank_fen = agreed.adjusted_fen = balance_at(session, bank.id, FIRST)
    agreed.by_id = books.bookkeeper.staff_id or 0
    session.add(agreed)
    session.flush()


def _ms(look: Callable[[], object]) -> float:
    """Return the median of several looks in milliseconds."""
    took = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        look()
        took.append((perf_counter() - begun) * 1000)
    return median(took)


def _loaded_by_beancount(books: Book) -> float:
    """Return what beancount takes to read the same ledger, and see that it finds no error."""
    whole = year_of(books.session, books.books, FIRST // 100)
    with temporary_folder() as folder:
        file = Path(folder) / "books.beancount"
        file.write_text("\n".join(beancount(whole)) + "\n", "utf-8")
        begun = perf_counter()
        _, errors, _ = loader.load_file(str(file))
        took = (perf_counter() - begun) * 1000
    assert errors == [], errors[:3]
    return took
