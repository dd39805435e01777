"""对账与盘点: a month closes once bank and cash box agree with the books, and not before."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from desk.cases.rules.lights import Light
from desk.windows.village_accounts.actions import money as actions
from desk.windows.village_accounts.actions.closing import close_month
from desk.windows.village_accounts.actions.posting import reverse
from desk.windows.village_accounts.actions.sets import add_account, retire_account
from desk.windows.village_accounts.queries import money, sets
from desk.windows.village_accounts.records import Account
from desk.windows.village_accounts.rules.cash import Count
from desk.windows.village_accounts.rules.chart import LastOfItsMoney
from desk.windows.village_accounts.rules.demands import (
    CountDiffers,
    NotCountedYet,
    NotReconciledYet,
    ReconciledBefore,
)
from desk.windows.village_accounts.rules.reconciling import (
    MatchedAlready,
    NoBankAccount,
    NotAPair,
    NotReconciled,
)
from kernel.clock import FixedClock
from kernel.errors import NotFound
from kernel.web.house import House
from tests.actions.a_bank import JANUARY, bring_in, paired, row
from tests.actions.a_book import Book, ask, begin

LAST_DAY = date(2026, 1, 31)


@pytest.fixture
def a_book(here: House, clock: FixedClock) -> Iterator[Book]:
    """Open the books of a village on the last day of January; a close asks for everything."""
    clock.at = datetime(2026, 1, 31, 8, tzinfo=UTC)
    with here.writing() as session:
        book = begin(here, session)
        ask(session, is_asked=True)
        yield book


def special(book: Book) -> Account:
    return sets.account(book.session, book.books.id, "10201")


def agree(book: Book, fen: int) -> None:
    actions.reconcile(book.session, special(book), (JANUARY, fen), book.bookkeeper, book.here.now())


def count(book: Book, fen: int, note: str = "") -> None:
    found = Count(LAST_DAY, {100: fen // 100}, "示例报账员", note)
    cash = sets.account(book.session, book.books.id, "101")
    actions.count_cash(book.session, cash, (JANUARY, found), book.reviewer, book.here.now())


def close(book: Book) -> None:
    close_month(book.session, book.books, JANUARY, book.bookkeeper, book.here.now())


def test_a_month_closes_once_the_bank_agrees(a_book: Book) -> None:
    with pytest.raises(NotReconciledYet, match="专户存款"):
        close(a_book)
    with pytest.raises(NotReconciled):
        agree(a_book, 99_999_99)
    agree(a_book, 100_000_00)
    a_book.post(("513", 5_00), ("10201", -5_00))
    with pytest.raises(ReconciledBefore):
        close(a_book)
    agree(a_book, 100_000_00)  # the payment is on its way
    close(a_book)


def test_a_month_closes_once_the_cash_was_counted_and_is_there(a_book: Book) -> None:
    a_book.post(("101", 300_00), ("10201", -300_00), kind="transfer")
    agree(a_book, 100_000_00)
    with pytest.raises(NotCountedYet, match="库存现金"):
        close(a_book)
    count(a_book, 200_00, "查找中")
    with pytest.raises(CountDiffers, match=r"盘点200\.00元"):
        close(a_book)
    count(a_book, 300_00)
    close(a_book)


def test_what_a_close_asks_for_is_a_setting(a_book: Book) -> None:
    ask(a_book.session, is_asked=False)
    close(a_book)


def test_a_sheet_of_the_bank_comes_in_once_and_goes_while_nothing_is_ticked(a_book: Book) -> None:
    lines = (row(5, 3_00), row(5, 3_00), row(6, -1_00))
    account = special(a_book)
    bring_in(a_book, *lines)
    again = actions.bring_in(
        a_book.session,
        account,
        ("again.csv", (*lines, row(7, 9_00))),
        a_book.bookkeeper,
        a_book.here.now(),
    )
    assert again == 1
    (newest, _, _), (first, lines_of_first, _) = money.statements(a_book.session, account.id)
    assert lines_of_first == 3
    actions.discard_statement(
        a_book.session, account, newest.id, a_book.bookkeeper, a_book.here.now()
    )
    other = sets.account(a_book.session, a_book.books.id, "10202")
    with pytest.raises(NotFound):
        actions.discard_statement(
            a_book.session, other, first.id, a_book.bookkeeper, a_book.here.now()
        )


def test_what_is_ticked_is_on_both_sides_and_what_is_not_explains_the_gap(a_book: Book) -> None:
    a_book.post(("513", 5_00), ("10201", -5_00))
    line = paired(a_book)
    account = special(a_book)
    bring_in(a_book, row(20, 30, 99_995_30, "利息"))
    found = money.adjustment(a_book.session, account.id, JANUARY, 99_995_30)
    assert [one.gist for one in found.only_bank] == ["利息"]
    assert not found.only_book
    assert found.gap == 0
    assert money.bank_balance(a_book.session, account.id, JANUARY) == 99_995_30
    sheet = money.statements(a_book.session, account.id)[-1][0]
    with pytest.raises(MatchedAlready):
        actions.discard_statement(
            a_book.session, account, sheet.id, a_book.bookkeeper, a_book.here.now()
        )
    actions.unmatch(a_book.session, account, line, a_book.bookkeeper, a_book.here.now())
    assert len(money.only_bank(a_book.session, account.id, JANUARY)) == 2


def test_only_equal_lines_that_are_free_are_ticked(a_book: Book) -> None:
    first = a_book.post(("513", 5_00), ("10201", -5_00))
    paired(a_book)
    a_book.post(("513", 6_00), ("10201", -6_00))
    account = special(a_book)
    another = bring_in(a_book, row(16, -5_00))
    for pair in ((another, first.id, 2), (another, first.id + 1, 2), (0, first.id, 2)):
        with pytest.raises(NotAPair):
            actions.match(a_book.session, account, [pair], a_book.bookkeeper, a_book.here.now())


def test_an_account_that_is_no_bank_is_not_reconciled(a_book: Book) -> None:
    for code in ("101", "102"):
        with pytest.raises(NoBankAccount):
            money.bank_leaf(a_book.session, a_book.books.id, code)
    with pytest.raises(NotFound):
        money.bank_leaf(a_book.session, a_book.books.id, "10299")


def test_cash_from_outside_is_watched_until_it_is_in_the_bank(
    a_book: Book, clock: FixedClock
) -> None:
    a_book.post(("101", 900_00), ("10201", -900_00), kind="transfer")  # 备用金: no receipt
    a_book.post(("101", 80_00), ("501", -80_00), on=date(2026, 1, 5), kind="income")
    wrong = a_book.post(("101", 7_00), ("501", -7_00), on=date(2026, 1, 6), kind="income")

    def box(day: int) -> money.CashBox:
        return money.cash_box(a_book.session, a_book.books, date(2026, 1, day))

    assert [one.fen for one in box(8).held] == [80_00, 7_00]
    assert [box(day).light for day in (6, 7, 9)] == [Light.GREEN, Light.YELLOW, Light.RED]
    red = reverse(a_book.session, wrong, "示例冲销", a_book.bookkeeper, clock.at)
    a_book.put(red)
    a_book.post(("10201", 60_00), ("101", -60_00), kind="transfer")
    assert [one.fen for one in box(9).held] == [20_00]
    a_book.post(("10201", 20_00), ("101", -20_00), kind="transfer")
    assert box(9).light is Light.GREEN
    assert box(9).balance == 900_00
    assert box(9).over_limit == 0


def test_the_banks_balance_is_the_last_of_a_sheet_with_the_newest_on_top(a_book: Book) -> None:
    bring_in(a_book, row(31, -5_00, 90_00), row(31, -4_00, 95_00), row(30, -1_00, 99_00))
    assert money.bank_balance(a_book.session, special(a_book).id, JANUARY) == 90_00


def test_every_cash_box_is_counted_before_a_month_closes(a_book: Book) -> None:
    agree(a_book, 100_000_00)
    when = (LAST_DAY, a_book.here.now())
    boxes = [
        add_account(a_book.session, a_book.books, (code, name), a_book.bookkeeper, when)
        for code, name in (("10101", "示例村部"), ("10102", "示例菜场"))
    ]
    for code in ("10101", "10102"):
        a_book.post((code, 100_00), ("501", -100_00), kind="income")
    for leaf in boxes:
        with pytest.raises(NotCountedYet, match=leaf.name):
            close(a_book)
        assert money.cash_leaf(a_book.session, a_book.books.id, leaf.code) is leaf
        found = Count(LAST_DAY, {100_00: 1}, "示例报账员", "")
        both = JANUARY, found
        actions.count_cash(a_book.session, leaf, both, a_book.reviewer, a_book.here.now())
    close(a_book)
    for code in ("101", "10201"):
        with pytest.raises(NotFound):
            money.cash_leaf(a_book.session, a_book.books.id, code)


def test_the_last_account_of_cash_or_bank_is_not_retired(a_book: Book) -> None:
    def retire(code: str) -> None:
        account = sets.account(a_book.session, a_book.books.id, code)
        when = (LAST_DAY, a_book.here.now())
        retire_account(a_book.session, a_book.books, account, a_book.bookkeeper, when)

    with pytest.raises(LastOfItsMoney, match="库存现金"):
        retire("101")
    a_book.post(("10202", 100_000_00), ("10201", -100_000_00), kind="transfer")
    retire("10201")
    a_book.post(("513", 100_000_00), ("10202", -100_000_00))
    with pytest.raises(LastOfItsMoney, match="银行存款"):
        retire("10202")
