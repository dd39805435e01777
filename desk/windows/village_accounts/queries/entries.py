"""凭证查询: entries in the books, drafts that wait, who took back whom, an account's book."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from desk.windows.village_accounts.records import (
    Account,
    AccountEntry,
    AccountLine,
    AccountPosting,
)
from desk.windows.village_accounts.rules.entries import Line
from desk.windows.village_accounts.rules.kinds import EntryKind
from desk.windows.village_accounts.rules.periods import number_words
from kernel.errors import NotFound


def entry(session: Session, set_id: int, uuid: str) -> AccountEntry:
    """Return an entry of a set, posted or not. Raises: NotFound."""
    query = sa.select(AccountEntry).where(AccountEntry.uuid == uuid)
    found = session.scalar(query.where(AccountEntry.set_id == set_id))
    if found is None:
        raise NotFound
    return found


def posted(session: Session, set_id: int, period: int) -> Sequence[AccountEntry]:
    """Return what is in the books of a month, in the order of numbers."""
    query = sa.select(AccountEntry).where(
        AccountEntry.set_id == set_id,
        AccountEntry.period == period,
        AccountEntry.number.is_not(None),
    )
    return session.scalars(query.order_by(AccountEntry.number)).all()


def drafts(session: Session, set_id: int) -> Sequence[AccountEntry]:
    """Return what waits to be checked, the oldest first."""
    query = sa.select(AccountEntry).where(
        AccountEntry.set_id == set_id, AccountEntry.posted_at.is_(None)
    )
    return session.scalars(query.order_by(AccountEntry.id)).all()


def reversal_of(session: Session, entry_id: int) -> AccountEntry | None:
    """Return the entry that takes another back, drafted or posted."""
    return session.scalar(sa.select(AccountEntry).where(AccountEntry.reverses_id == entry_id))


def standing_openings(session: Session, set_id: int) -> Sequence[AccountEntry]:
    """Return the opening balances of a set, drafted or posted, that were not taken back."""
    query = sa.select(AccountEntry).where(
        AccountEntry.set_id == set_id,
        AccountEntry.kind == EntryKind.OPENING,
        ~is_taken_back(AccountEntry.id),
    )
    return session.scalars(query).all()


def is_taken_back(
    entry_id: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
) -> sa.ColumnElement[bool]:
    """Return the condition that what an entry said was taken back in red, and that is posted."""
    red = aliased(AccountEntry)
    return sa.exists().where(red.reverses_id == entry_id, red.number.is_not(None))


def lines_of(found: AccountEntry) -> list[Line]:
    """Return the lines of an entry as the rules know them."""
    return [Line(one.account_id, one.debit_fen, one.credit_fen, one.gist) for one in found.postings]


def number_of(found: AccountEntry) -> str:
    """Return the number of an entry in words."""
    return number_words(found.period, found.number)


def is_put_right() -> sa.ColumnElement[bool]:
    """Return the condition that an entry put cash or bank right, or took that back."""
    right, kind = aliased(AccountEntry), AccountEntry.kind
    taken_back = sa.exists().where(
        right.id == AccountEntry.reverses_id, right.kind == EntryKind.BALANCE
    )
    return sa.or_(kind == EntryKind.BALANCE, taken_back)


def in_the_book() -> sa.Select[tuple[AccountLine, AccountPosting, AccountEntry]]:
    """Return every line of the books with the posting it is and the entry that is of."""
    same = sa.and_(
        AccountPosting.entry_id == AccountLine.entry_id, AccountPosting.line == AccountLine.line
    )
    return (
        sa.select(AccountLine, AccountPosting, AccountEntry)
        .join(AccountPosting, same)
        .join(AccountEntry, AccountEntry.id == AccountLine.entry_id)
    )


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of an account's book, with the entry it comes from."""

    entry: AccountEntry
    gist: str
    debit: int
    credit: int
    balance: int


def book(
    session: Session,
    account: Account,
    period: int,
    after: int = 0,
    most: int = 200,
    until: int = 0,
) -> list[tuple[int, BookLine]]:
    """Return the lines of a leaf account in a month, each with its turn, in posting order.

    `after` is the turn of the last line of the page before, `until` a later month to go to.
    """
    query = (
        in_the_book()
        .where(
            AccountLine.account_id == account.id,
            # one month by equality: the index then leads straight to the turn
            AccountLine.period.between(period, until)
            if until > period
            else AccountLine.period == period,
            AccountLine.turn > after,
        )
        .order_by(AccountLine.turn)
        .limit(most)
    )
    return [
        (
            line.turn,
            BookLine(
                entry,
                posting.gist or entry.gist,
                posting.debit_fen,
                posting.credit_fen,
                line.balance_fen,
            ),
        )
        for line, posting, entry in session.execute(query)
    ]
