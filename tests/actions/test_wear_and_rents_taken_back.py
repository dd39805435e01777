"""折旧与租金冲销以后: what was taken back in red is taken again, or received again."""

from datetime import date

import pytest

from desk.windows.village_accounts.actions.posting import reverse
from desk.windows.village_accounts.actions.rents import receive
from desk.windows.village_accounts.actions.wear import draft_wear
from desk.windows.village_accounts.queries.balances import balance_now
from desk.windows.village_accounts.queries.rents import rents_due
from desk.windows.village_accounts.queries.wear import month_of_wear
from desk.windows.village_accounts.records import AccountEntry, VillageContract
from desk.windows.village_accounts.rules.depreciation import NothingToDepreciate
from desk.windows.village_accounts.rules.registers import Register
from desk.windows.village_accounts.rules.rents import ReceivedAlready, TakenBack
from kernel.web.house import House
from tests.actions.a_book import Book, begin
from tests.pages.happy_registers import ASSET, CONTRACT
from tests.pages.test_registers import put

DUE = date(2026, 1, 5)


def taken_back(book: Book, entry: AccountEntry) -> None:
    """Take an entry back in red, and post the red."""
    book.put(reverse(book.session, entry, "示例冲销", book.bookkeeper, book.here.now()))


def wear(book: Book) -> AccountEntry:
    """Draft the open month's wear and put it in the books."""
    draft = draft_wear(book.session, book.books, book.bookkeeper, book.here.now())
    book.put(draft)
    return draft


def test_wear_that_was_taken_back_is_drafted_again_in_the_same_month(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        put(book, Register.ASSETS, **ASSET)
        first = wear(book)
        red = reverse(session, first, "示例冲销", book.bookkeeper, here.now())
        with pytest.raises(NothingToDepreciate):  # the red is not in the books yet
            draft_wear(session, book.books, book.bookkeeper, here.now())
        book.put(red)
        wear(book)
        assert balance_now(session, book.account("152")) == -100_00
        with pytest.raises(NothingToDepreciate):
            draft_wear(session, book.books, book.bookkeeper, here.now())


def test_a_month_nobody_took_is_made_up_and_the_table_says_what_was_taken(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        put(book, Register.ASSETS, **ASSET)
        book.close()
        (line,) = month_of_wear(session, book.books.id, 202602)
        assert (line.fen, line.worn, line.left) == (200_00, 200_00, 11_800_00)
        taken_back(book, wear(book))
        book.close()
        (line,) = month_of_wear(session, book.books.id, 202603)
        assert (line.fen, line.worn) == (300_00, 300_00)
        wear(book)
        (line,) = month_of_wear(session, book.books.id, 202603)
        assert line.is_drafted
        assert line.worn == -balance_now(session, book.account("152"))


def test_a_rent_whose_entry_was_taken_back_is_due_again(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        contract = session.get_one(VillageContract, put(book, Register.CONTRACTS, **CONTRACT))

        def receive_by(entry: AccountEntry) -> None:
            both = entry.period, entry.number or 0
            receive(session, contract, DUE, both, book.bookkeeper, here.now())

        def came() -> AccountEntry:
            return book.post(("10201", 5_000_00), ("501", -5_000_00), kind="income")

        first = came()
        receive_by(first)
        assert not rents_due(session, [book.books], here.today())
        taken_back(book, first)
        assert [one.on for one in rents_due(session, [book.books], here.today())] == [DUE]
        with pytest.raises(TakenBack):
            receive_by(first)
        second = came()
        receive_by(second)
        with pytest.raises(ReceivedAlready):
            receive_by(second)
        assert not rents_due(session, [book.books], here.today())
