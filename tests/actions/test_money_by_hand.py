"""填制凭证: money leaves and comes in by bundles, with originals; by hand it only changes place."""

from collections.abc import Iterator
from itertools import count
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from desk.windows.village_accounts.records import AccountEntry, AccountPosting
from desk.windows.village_accounts.rules.entries import MoneyByHand, NotMoney
from desk.windows.village_accounts.rules.kinds import EntryKind
from kernel.web.house import House
from tests.actions.a_book import Book, begin

SPENT = (("513", 300_00), ("10201", -300_00))


@pytest.fixture
def a_book(here: House) -> Iterator[Book]:
    """Open the books of a village in a transaction of the test."""
    with here.writing() as session:
        yield begin(here, session)


def test_no_money_moves_by_an_entry_typed_by_hand(a_book: Book) -> None:
    for kind in ("computed", "correction"):
        with pytest.raises(MoneyByHand, match="报账"):
            a_book.draft(*SPENT, kind=kind)
    with pytest.raises(NotMoney):
        a_book.draft(*SPENT, kind="transfer")


def test_nor_does_the_database_let_it_move(a_book: Book) -> None:
    draft, other = a_book.draft(*SPENT), a_book.draft(("10202", 5_00), ("10201", -5_00))
    for of, kind, words in (
        (draft, "computed", "with its originals"),
        (draft, "correction", "with its originals"),
        (draft, "transfer", "between cash and bank"),
        (other, "correction", "with its originals"),
    ):
        with pytest.raises(DBAPIError, match=words), a_book.session.begin_nested():
            kept = as_kind(a_book, of, kind)
            a_book.put(kept)
    a_book.put(as_kind(a_book, other, "transfer"))


#: beyond the database's own: one that was rolled back is not given again
ROWS = count(1001)


def as_kind(a_book: Book, of: AccountEntry, kind: str) -> AccountEntry:
    """Draft the same lines past the rules: a draft's row is never updated."""
    draft = AccountEntry(
        id=next(ROWS),
        uuid=uuid4().hex,
        set_id=of.set_id,
        kind=EntryKind(kind),
        period=of.period,
        entry_on=of.entry_on,
        gist=of.gist,
        attachments=0,
        drafted_at=of.drafted_at,
        maker_id=of.maker_id,
        postings=[
            AccountPosting(
                line=one.line,
                account_id=one.account_id,
                gist="",
                debit_fen=one.debit_fen,
                credit_fen=one.credit_fen,
            )
            for one in of.postings
        ],
    )
    a_book.session.add(draft)
    a_book.session.flush()
    return draft
