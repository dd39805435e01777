"""账本: an entry balances or is not there; numbers, months and years run as they must."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from desk.windows.village_accounts.actions.closing import carry_year, close_month, reopen_month
from desk.windows.village_accounts.actions.posting import discard, post, reverse
from desk.windows.village_accounts.actions.sets import add_account, retire_account
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.queries.balances import balances, with_totals
from desk.windows.village_accounts.queries.entries import book, posted, reversal_of
from desk.windows.village_accounts.records import StandardAccount
from desk.windows.village_accounts.rules.chart import CodeTaken, HasBalance, HasEntries, NotACode
from desk.windows.village_accounts.rules.closing import (
    DraftsLeft,
    NotClosedLast,
    NotTheOpenMonth,
    OwnClose,
    YearNotCarried,
)
from desk.windows.village_accounts.rules.entries import (
    BelowZero,
    MoneyAndBooks,
    MonthNotOpen,
    NotALeaf,
    NotBalanced,
    OwnEntry,
    PostedAlready,
    RedAmount,
    ReversedAlready,
    TooFewLines,
    Written,
    check_written,
)
from desk.windows.village_accounts.rules.kinds import EntryKind, Numbering
from kernel.web.house import House
from tests.actions.a_book import Book, begin

SPENT = (("513", 300_00), ("10201", -300_00))


@pytest.fixture
def a_book(here: House) -> Iterator[Book]:
    """Open the books of a village in a transaction of the test."""
    with here.writing() as session:
        yield begin(here, session)


def stands(a_book: Book, code: str) -> int:
    """Return what an account holds, its parts included."""
    rows = balances(a_book.session, a_book.books.id, 202601, 209912)
    everything = with_totals(rows, sets.accounts(a_book.session, a_book.books.id))
    return next(one.after for one in everything if one.account.code == code)


def test_the_chart_has_42_accounts_of_five_kinds_and_three_that_take_away(a_book: Book) -> None:
    chart = list(a_book.session.scalars(sa.select(StandardAccount)))
    assert len(chart) == 42
    counted = {kind: sum(one.kind == kind for one in chart) for kind in {c.kind for c in chart}}
    assert sorted(counted.values()) == [1, 4, 8, 10, 19]
    assert sorted(one.code for one in chart if one.contra_to) == ["133", "152", "162"]
    assert all(one.side == "credit" for one in chart if one.contra_to)


def test_an_entry_that_does_not_balance_is_no_entry(a_book: Book) -> None:
    with pytest.raises(NotBalanced, match="借贷不平"):
        a_book.draft(("513", 301_00), ("10201", -300_00))
    with pytest.raises(TooFewLines):
        a_book.draft(("513", 0))
    red = replace(a_book.line("513", 1), debit_fen=-1), a_book.line("10201", 1)
    with pytest.raises(RedAmount):
        check_written(Written(EntryKind.SUBMISSION, date(2026, 1, 5), "示例", red))


def test_entries_are_numbered_by_month_without_gaps_and_drafts_have_no_number(a_book: Book) -> None:
    first, waits, second = a_book.post(*SPENT), a_book.draft(*SPENT), a_book.post(*SPENT)
    assert (first.number, waits.number, second.number) == (1, None, 2)
    discard(a_book.session, waits, a_book.bookkeeper, a_book.here.now())
    a_book.close()
    assert a_book.post(*SPENT).number == 1
    assert [one.number for one in posted(a_book.session, a_book.books.id, 202601)] == [1, 2]


def test_a_yearly_series_runs_through_the_months(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session, Numbering.YEARLY)
        first = book.post(*SPENT)
        book.close()
        assert (first.number, book.post(*SPENT).number) == (1, 2)


def test_a_draft_is_in_no_balance_until_it_is_posted(a_book: Book) -> None:
    draft = a_book.draft(*SPENT)
    assert stands(a_book, "102") == 100_000_00
    a_book.put(draft)
    assert stands(a_book, "102") == 99_700_00
    assert stands(a_book, "513") == 300_00
    with pytest.raises(PostedAlready):
        a_book.put(draft)
    with pytest.raises(PostedAlready):
        discard(a_book.session, draft, a_book.bookkeeper, a_book.here.now())


def test_nobody_checks_the_own_entry_or_keeps_books_and_money(a_book: Book) -> None:
    draft, by = a_book.draft(*SPENT), a_book.signatures
    now = a_book.here.now()
    with pytest.raises(OwnEntry):
        post(a_book.session, draft, replace(by, checker_id=draft.maker_id), a_book.reviewer, now)
    with pytest.raises(MoneyAndBooks):
        post(a_book.session, draft, replace(by, cashier_id=by.poster_id), a_book.reviewer, now)


def test_cash_and_bank_never_fall_below_zero_and_others_may(a_book: Book) -> None:
    with pytest.raises(BelowZero, match="专户存款"):
        a_book.post(("513", 200_000_00), ("10201", -200_000_00))
    a_book.post(("10202", 500_00), ("10201", -500_00), kind="transfer")
    a_book.post(("101", 500_00), ("10202", -500_00), kind="transfer")
    with pytest.raises(BelowZero, match="库存现金"):
        a_book.post(("513", 500_01), ("101", -500_01))
    a_book.post(("10201", 5_00), ("113", -5_00))
    assert stands(a_book, "113") == -5_00


def test_a_transfer_is_one_entry_in_two_books_with_running_balances(a_book: Book) -> None:
    a_book.post(("10202", 500_00), ("10201", -500_00), kind="transfer")
    a_book.post(("513", 20_00), ("10202", -20_00))
    special, spending = (
        book(a_book.session, sets.account(a_book.session, a_book.books.id, code), 202601)
        for code in ("10201", "10202")
    )
    assert [line.balance for _, line in special] == [99_500_00]
    assert [line.balance for _, line in spending] == [500_00, 480_00]
    assert special[0][1].entry.id == spending[0][1].entry.id


def test_only_leaves_take_entries_and_an_account_with_entries_stays_one(a_book: Book) -> None:
    when = (date(2026, 1, 5), a_book.here.now())
    with pytest.raises(NotALeaf):
        a_book.draft(("513", 1), ("102", -1))
    person = add_account(a_book.session, a_book.books, ("11301", "示例户"), a_book.bookkeeper, when)
    assert (person.kind, person.side) == ("asset", "either")
    a_book.post(("11301", 5), ("10201", -5))
    for code, refusal in (("1130101", HasEntries), ("11301", CodeTaken), ("113", NotACode)):
        with pytest.raises(refusal):
            add_account(a_book.session, a_book.books, (code, "示例"), a_book.bookkeeper, when)
    with pytest.raises(HasBalance):
        retire_account(a_book.session, a_book.books, person, a_book.bookkeeper, when)


def test_what_was_posted_is_taken_back_once_in_red_and_linked_both_ways(a_book: Book) -> None:
    wrong = a_book.post(*SPENT)
    a_book.close()
    red = reverse(a_book.session, wrong, "示例冲销", a_book.bookkeeper, a_book.here.now())
    with pytest.raises(ReversedAlready):
        reverse(a_book.session, wrong, "示例冲销", a_book.bookkeeper, a_book.here.now())
    a_book.put(red)
    assert (red.period, red.entry_on) == (202602, date(2026, 2, 28))
    assert [one.debit_fen for one in red.postings] == [-300_00, 0]
    assert (red.reverses_id, reversal_of(a_book.session, wrong.id)) == (wrong.id, red)
    assert stands(a_book, "513") == 0


def test_months_are_closed_one_after_the_other_without_drafts(a_book: Book) -> None:
    draft = a_book.draft(*SPENT)
    now = a_book.here.now()
    with pytest.raises(DraftsLeft):
        a_book.close()
    with pytest.raises(NotTheOpenMonth):
        close_month(a_book.session, a_book.books, 202602, a_book.bookkeeper, now)
    a_book.put(draft)
    a_book.close()
    with pytest.raises(MonthNotOpen):
        a_book.draft(*SPENT, on=date(2026, 1, 31))


def test_a_closed_month_is_opened_again_by_somebody_else_while_nothing_followed(
    a_book: Book,
) -> None:
    a_book.close()
    now = a_book.here.now()
    with pytest.raises(OwnClose):
        reopen_month(a_book.session, a_book.books, "示例原因", a_book.bookkeeper, now)
    reopen_month(a_book.session, a_book.books, "示例原因", a_book.reviewer, now)
    assert a_book.post(*SPENT).period == 202601
    a_book.close()
    a_book.post(*SPENT)
    with pytest.raises(NotClosedLast):
        reopen_month(a_book.session, a_book.books, "示例原因", a_book.reviewer, now)


def test_a_year_ends_with_its_income_in_the_distribution(a_book: Book) -> None:
    a_book.post(("10201", 1_000_00), ("501", -1_000_00))
    a_book.post(*SPENT)
    for _ in range(11):
        a_book.close()
    with pytest.raises(YearNotCarried):
        close_month(a_book.session, a_book.books, 202612, a_book.bookkeeper, a_book.here.now())
    both = carry_year(a_book.session, a_book.books, a_book.bookkeeper, a_book.here.now())
    for draft in both:
        a_book.put(draft)
    codes = ("501", "513", "321", "32201")
    assert [stands(a_book, code) for code in codes] == [0, 0, 0, -700_00]
    close_month(a_book.session, a_book.books, 202612, a_book.bookkeeper, a_book.here.now())
    assert sets.last_step(a_book.session, a_book.books.id).opens == 202701


def test_the_database_itself_refuses_to_post_what_does_not_balance(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        draft = book.draft(*SPENT)
        session.execute(
            sa.text("DELETE FROM account_posting WHERE entry_id = :id AND line = 1"),
            {"id": draft.id},
        )
        with pytest.raises(DBAPIError, match="an entry balances"), session.begin_nested():
            book.put(draft)
