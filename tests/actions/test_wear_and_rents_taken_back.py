"""折旧与租金冲销以后: what was taken back in red is taken again, or received again."""

import re
from datetime import date

import pytest

from desk.windows.village_accounts.actions.posting import reverse
from desk.windows.village_accounts.actions.rents import receive
from desk.windows.village_accounts.actions.sets import add_account
from desk.windows.village_accounts.actions.wear import draft_wear
from desk.windows.village_accounts.jobs import remind_of_rents
from desk.windows.village_accounts.queries.balances import balance_now
from desk.windows.village_accounts.queries.register_tables import table
from desk.windows.village_accounts.queries.rents import reminded, rents_due
from desk.windows.village_accounts.queries.wear import month_of_wear, opening_wear
from desk.windows.village_accounts.records import (
    AccountEntry,
    AccountSet,
    FixedAsset,
    VillageContract,
)
from desk.windows.village_accounts.rules.depreciation import NothingToDepreciate, WearDiffers
from desk.windows.village_accounts.rules.register_rows import NothingWornYet, TooMuchWorn
from desk.windows.village_accounts.rules.register_tables import TableKind
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


def test_the_register_of_assets_has_to_agree_with_152_before_anything_is_taken(
    here: House,
) -> None:
    opening = (("10201", 9_000_00), ("151", 12_000_00), ("152", -6_000_00), ("301", -15_000_00))
    old = {**ASSET, "acquired_on": "2024-12-10", "months": "24"}
    with here.writing() as session:
        book = begin(here, session, opening=opening)
        row = put(book, Register.ASSETS, **old, opening_wear_fen="5000")
        with pytest.raises(WearDiffers, match=re.escape("相差1,000.00元")):
            draft_wear(session, book.books, book.bookkeeper, here.now())
        session.get_one(FixedAsset, row).opening_wear_fen = 6_000_00
        with pytest.raises(NothingWornYet):
            put(
                book,
                Register.ASSETS,
                **{**ASSET, "acquired_on": "2026-01-02"},
                opening_wear_fen="1",
            )
        with pytest.raises(TooMuchWorn):
            put(book, Register.ASSETS, **{**old, "code": "G-009"}, opening_wear_fen="12000.01")
        wear(book)
        assert balance_now(session, book.account("152")) == -6_500_00
        assert opening_wear(session, book.books) is None


def test_a_rent_that_draws_near_is_put_on_the_list_once(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        put(book, Register.CONTRACTS, **CONTRACT)
    assert [remind_of_rents(here), remind_of_rents(here)] == [1, 0]
    with here.writing() as session:
        book = Book(here, session, session.get_one(AccountSet, book.books.id))
        (due,) = reminded(session, [book.books], here.today())
        assert due.on == DUE
        came = book.post(("10201", 5_000_00), ("501", -5_000_00), kind="income")
        both = came.period, came.number or 0
        receive(session, due.contract, DUE, both, book.bookkeeper, here.now())
        assert not reminded(session, [book.books], here.today())
    assert remind_of_rents(here) == 0


def test_funds_and_plan_are_told_by_what_moved_in_their_accounts(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        both = ("24101", "示例水渠专款"), (here.today(), here.now())
        add_account(session, book.books, both[0], book.bookkeeper, both[1])
        fund = {"project": "示例水渠", "source": "示例局", "granted_fen": "30000"}
        put(book, Register.FUNDS, **fund, account_code="24101")
        plan = {"year": "2026", "side": "income", "gist": "示例租金", "fen": "6000"}
        put(book, Register.PLAN, **plan, account_code="501")
        put(book, Register.PLAN, **{**plan, "side": "expense", "gist": "示例办公"})
        book.post(("10201", 20_000_00), ("24101", -20_000_00), kind="income")
        book.post(("24101", 5_000_00), ("10201", -5_000_00))
        taken_back(book, book.post(("24101", 7_00), ("10201", -7_00)))
        book.post(("10201", 3_000_00), ("501", -3_000_00), kind="income")
        told = [
            table(session, book.books, which, 2026, here.today()).rows
            for which in (TableKind.FUNDS, TableKind.PLAN)
        ]
        assert told[0][0][3:] == ["20,000.00", "5,000.00", "15,000.00", "24101"]
        assert [row[3:] for row in told[1]] == [
            ["3,000.00", "50%", "501"],
            ["", "", "没有填对应科目"],
        ]
