"""凭证打印查询: the entries of a month with their accounts in full and everybody who signed."""

from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from desk.windows.village_accounts.queries import balances, entries, sets
from desk.windows.village_accounts.records import Account, AccountEntry, AccountSet
from desk.windows.village_accounts.rules.kinds import EntryKind
from desk.windows.village_accounts.rules.month_papers import (
    PageLine,
    Payment,
    Voucher,
    VoucherLine,
    day_words,
)
from desk.windows.village_accounts.rules.periods import first_day, number_words
from kernel.staff.queries import names

#: a book of more lines than this is printed month by month
MOST_LINES = 20_000


def _of_month(session: Session, set_id: int, period: int) -> list[AccountEntry]:
    query = sa.select(AccountEntry).where(
        AccountEntry.set_id == set_id,
        AccountEntry.period == period,
        AccountEntry.number.is_not(None),
    )
    whole = query.options(selectinload(AccountEntry.postings)).order_by(AccountEntry.number)
    return list(session.scalars(whole))


def _in_full(session: Session, set_id: int) -> Mapping[int, str]:
    """Return every account's code and name, that of its parent before it."""
    chart = {one.id: one for one in sets.accounts(session, set_id)}

    def told(one: Account) -> str:
        above = chart.get(one.parent_id or 0)
        return f"{one.code} {above.name}—{one.name}" if above else f"{one.code} {one.name}"

    return {key: told(one) for key, one in chart.items()}


def vouchers(session: Session, set_id: int, period: int) -> list[Voucher]:
    """Return the vouchers of a month in the order of their numbers."""
    accounts, staff = _in_full(session, set_id), names(session)
    return [
        Voucher(
            one.entry_on,
            one.number or 0,
            one.gist,
            one.attachments,
            [
                VoucherLine(
                    line.gist or one.gist,
                    accounts[line.account_id],
                    line.debit_fen,
                    line.credit_fen,
                )
                for line in one.postings
            ],
            [
                staff.get(who or 0, "")
                for who in (one.poster_id, one.checker_id, one.cashier_id, one.maker_id)
            ],
        )
        for one in _of_month(session, set_id, period)
    ]


def payments(session: Session, set_id: int, period: int) -> Iterator[Payment]:
    """Yield what left bank and cash box in a month; what moved between them did not, nor what
    was put right."""
    for one, payment, _ in _left(session, set_id, period):
        if one.kind not in {EntryKind.TRANSFER, EntryKind.BALANCE}:
            yield payment


def transfers(session: Session, set_id: int, period: int) -> Iterator[tuple[Payment, str]]:
    """Yield what went from one account of the village to another, and into which."""
    for one, payment, into in _left(session, set_id, period):
        if one.kind is EntryKind.TRANSFER:
            yield payment, into


def _left(
    session: Session, set_id: int, period: int
) -> Iterator[tuple[AccountEntry, Payment, str]]:
    accounts = _in_full(session, set_id)
    money = {one.id for one in sets.accounts(session, set_id) if one.is_money}
    for one in _of_month(session, set_id, period):
        number = number_words(one.period, one.number).partition(" ")[2]
        into = [accounts[line.account_id] for line in one.postings if line.debit_fen > 0]
        for line in one.postings:
            fen = line.credit_fen - line.debit_fen
            if line.account_id in money and line.credit_fen and fen:
                gist = line.gist or one.gist
                paid = Payment(one.entry_on, number, gist, accounts[line.account_id], fen)
                yield one, paid, "、".join(into)


def book_lines(
    session: Session, account: Account, first: int, last: int
) -> tuple[int, tuple[int, int], list[PageLine]]:
    """Return what stood in an account before some months, what moved in the year, and its lines."""
    before = balances.balance_before(session, account.id, first, 0)
    lines = [
        PageLine(
            one.entry.entry_on,
            one.entry.period,
            number_words(one.entry.period, one.entry.number).partition(" ")[2],
            one.gist,
            one.debit,
            one.credit,
            one.balance,
        )
        for _, one in entries.book(session, account, first, 0, MOST_LINES, last)
    ]
    return before, balances.moved_in(session, account.id, first // 100 * 100 + 1, first), lines


def bound(session: Session, books: AccountSet) -> dict[str, str]:
    """Return who keeps a set's books, for 启用表: who opened them, and since when."""
    begun = sets.steps(session, books.id)[-1]
    return {
        "keeper": names(session).get(begun.by_id, ""),
        "begun": day_words(first_day(books.first_period)),
    }
