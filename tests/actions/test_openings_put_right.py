"""期初更正: a wrong opening balance is withdrawn, or put right by a bundle; never typed over."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from desk.windows.village_accounts.actions import money
from desk.windows.village_accounts.actions.closing import close_month, reopen_month
from desk.windows.village_accounts.actions.opening import take_in_opening
from desk.windows.village_accounts.actions.posting import reverse
from desk.windows.village_accounts.queries import money as looking
from desk.windows.village_accounts.queries.balances import balance_now
from desk.windows.village_accounts.queries.entries import number_of
from desk.windows.village_accounts.queries.sets import account
from desk.windows.village_accounts.records import AccountEntry, Original
from desk.windows.village_accounts.rules.closing import NotClosedLast, OwnClose
from desk.windows.village_accounts.rules.entries import NotReversible, OpeningStands
from desk.windows.village_accounts.rules.kinds import EntryKind
from desk.windows.village_accounts.rules.means import Means
from desk.windows.village_accounts.rules.opening import OpeningDrafted, OpeningRow
from desk.windows.village_accounts.rules.original_kinds import OriginalKind, Purpose
from desk.windows.village_accounts.rules.reconciling import NotReconciled
from kernel.web.house import House
from tests.actions.a_bank import bring_in, row
from tests.actions.a_book import FIRST, Book, begin
from tests.actions.a_bundle import Papers, another, invoice

RIGHT = (OpeningRow("10201", "专户存款", 90_000_00), OpeningRow("301", "资本", -90_000_00))


def opening_of(book: Book) -> AccountEntry:
    query = sa.select(AccountEntry).where(AccountEntry.set_id == book.books.id)
    return book.session.scalars(query.order_by(AccountEntry.id)).first() or AccountEntry()


def taken_back(book: Book, entry: AccountEntry) -> AccountEntry:
    return reverse(book.session, entry, "期初填错", book.bookkeeper, book.here.now())


def taken_in(book: Book) -> AccountEntry:
    return take_in_opening(book.session, book.books, RIGHT, book.bookkeeper, book.here.now())


def test_while_nothing_followed_the_opening_is_withdrawn_and_entered_anew(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        wrong = opening_of(book)
        with pytest.raises(OpeningStands):
            taken_back(book, wrong)
        with pytest.raises(OwnClose):
            reopen_month(session, book.books, "期初填错", book.bookkeeper, here.now())
        reopen_month(session, book.books, "期初填错", book.reviewer, here.now())
        with pytest.raises(OpeningDrafted):
            taken_in(book)
        red = taken_back(book, wrong)
        book.put(red)
        assert balance_now(session, book.account("10201")) == 0
        with pytest.raises(NotReversible):
            taken_back(book, red)
        right = taken_in(book)
        book.put(right)
        assert [number_of(one) for one in (wrong, red, right)] == ["期初", "期初第2号", "期初第3号"]
        with pytest.raises(OpeningDrafted):
            taken_in(book)
        book.close()
        assert balance_now(session, book.account("10201")) == 90_000_00
        book.post(("513", 5_00), ("10201", -5_00))
        with pytest.raises(NotClosedLast):
            reopen_month(session, book.books, "期初填错", book.reviewer, here.now())


def test_two_openings_never_stand_side_by_side(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        reopen_month(session, book.books, "示例原因", book.reviewer, here.now())
        with pytest.raises(OpeningDrafted):
            book.draft(("10201", 5_00), ("301", -5_00), kind="opening")
        book.put(taken_back(book, opening_of(book)))
        first = book.draft(("10201", 5_00), ("301", -5_00), kind="opening")
        with pytest.raises(OpeningDrafted):
            book.draft(("10201", 7_00), ("301", -7_00), kind="opening")
        book.put(first)
        close_month(session, book.books, FIRST // 100 * 100, book.bookkeeper, here.now())


def corrected(here: House, book: Book, means: Means, fen: int) -> Papers:
    """Bring a correcting bundle the whole way into the books, against the capital."""
    papers = another(here, book.session, book, means)
    claim = invoice(fen, number=99, kind=OriginalKind.BALANCE_PROOF, purpose=Purpose.BALANCE)
    entered = replace(claim.entered, number=f"对账单{means}", gist="示例对账单")
    assert isinstance(papers.take(replace(claim, entered=entered)), Original)
    papers.sign()
    papers.hand_in()
    papers.let_pass("cashier")
    papers.let_pass("reviewer")
    papers.settle(papers.enter("301", "10201"))
    return papers


@pytest.mark.parametrize(
    ("means", "bank_fen"), [(Means.CORRECT_UP, 100_800_00), (Means.CORRECT_DOWN, 99_200_00)]
)
def test_afterwards_a_signed_bundle_puts_the_bank_right_and_bank_and_books_agree(
    here: House, means: Means, bank_fen: int
) -> None:
    with here.writing() as session:
        book = begin(here, session)
        bank = account(session, book.books.id, "10201")
        bring_in(book, row(15, 5_00, bank_fen + 5_00))
        paid = book.post(("10201", 5_00), ("504", -5_00), kind="income")
        pairs = [(1, paid.id, 1)]
        money.match(session, bank, pairs, book.bookkeeper, here.now())
        agree = (FIRST, bank_fen + 5_00)
        with pytest.raises(NotReconciled):
            money.reconcile(session, bank, agree, book.bookkeeper, here.now())
        papers = corrected(here, book, means, 800_00)
        entry = session.get_one(AccountEntry, papers.bundle.entry_id)
        assert entry.kind is EntryKind.BALANCE
        assert balance_now(session, bank.id) == bank_fen + 5_00
        assert not looking.only_books(session, bank.id, FIRST), "the bank never moved with it"
        money.reconcile(session, bank, agree, book.bookkeeper, here.now())
        book.put(taken_back(book, entry))
        assert not looking.unmatched_books(session, bank.id, FIRST)


def test_cash_put_right_is_no_cash_that_came(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        papers = another(here, session, book, Means.CORRECT_UP)
        claim = invoice(200_00, kind=OriginalKind.BALANCE_PROOF, purpose=Purpose.BALANCE)
        papers.take(claim)
        papers.sign()
        papers.hand_in()
        papers.let_pass("cashier")
        papers.let_pass("reviewer")
        papers.settle(papers.enter("181", "101"))
        box = looking.cash_box(session, book.books, here.today())
        assert (box.balance, list(box.held)) == (200_00, [])


def test_the_database_takes_no_correction_of_money_without_its_bundle(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        draft = book.draft(("10201", 5_00), ("301", -5_00), kind="balance")
        with pytest.raises(DBAPIError, match="corrected by a bundle"), session.begin_nested():
            book.put(draft)
