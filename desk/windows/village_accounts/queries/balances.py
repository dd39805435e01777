"""余额查询: what stands in an account at the end of a month, and what moved in some months.

Each figure is one look at the newest line of an account up to a month: the lines carry all that
went before (records.AccountLine), so that a million of them cost no more than a hundred.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.records import Account, AccountLine


@dataclass(frozen=True, slots=True)
class Balance:
    """An account over some months: before, both movements, after. Debits are positive."""

    account: Account
    before: int
    debits: int
    credits: int

    @property
    def after(self) -> int:
        """Return what stands in it at the end."""
        return self.before + self.debits - self.credits

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to show."""
        return not (self.before or self.debits or self.credits)


def _newest(column: sa.ColumnElement[int], until: int) -> sa.ScalarSelect[int]:
    """Return what the newest line of an account up to (and with) month `until` says.

    Months first, then the turn: what is in a later month comes later in the book.
    """
    query = sa.select(column).where(
        AccountLine.account_id == Account.id, AccountLine.period <= until
    )
    newest_first = AccountLine.period.desc(), AccountLine.turn.desc()
    return query.order_by(*newest_first).limit(1).correlate(Account).scalar_subquery()


def balances(session: Session, set_id: int, first: int, last: int) -> list[Balance]:
    """Return every leaf account from month `first` to `last`, in the order of codes.

    From `first - 1` as from month 0: the opening balances belong to what was before.
    """
    sides = AccountLine.debits_fen.expression, AccountLine.credits_fen.expression
    columns = [_newest(side, until) for until in (first - 1, last) for side in sides]
    query = sa.select(Account, *columns).where(Account.set_id == set_id).order_by(Account.code)
    rows = session.execute(query).all()
    parents = {row[0].parent_id for row in rows}
    return [_balance(row) for row in rows if row[0].id not in parents]


def _balance(row: sa.Row[tuple[Account, int, int, int, int]]) -> Balance:
    account, *sums = row
    debits_before, credits_before, debits, credits_ = (one or 0 for one in sums)
    before = debits_before - credits_before
    return Balance(account, before, debits - debits_before, credits_ - credits_before)


def with_totals(rows: Sequence[Balance], chart: Sequence[Account]) -> list[Balance]:
    """Add to the leaves every account above them, summed up."""
    above = {one.id: one for one in chart}
    sums: dict[int, list[int]] = {}
    for row in rows:
        found: Account | None = row.account
        while found is not None:
            kept = sums.setdefault(found.id, [0, 0, 0])
            for place, fen in enumerate((row.before, row.debits, row.credits)):
                kept[place] += fen
            found = above.get(found.parent_id or 0)
    both = [Balance(above[key], *three) for key, three in sums.items()]
    return sorted(both, key=lambda one: one.account.code)


def balance_now(session: Session, account_id: int) -> int:
    """Return what stands in an account now, debits positive."""
    query = sa.select(AccountLine.balance_fen).where(AccountLine.account_id == account_id)
    return session.scalar(query.order_by(AccountLine.turn.desc()).limit(1)) or 0


def balance_before(session: Session, account_id: int, period: int, turn: int) -> int:
    """Return what stands in an account before a month, or (`turn` > 0) after that line."""
    query = sa.select(AccountLine.balance_fen).where(AccountLine.account_id == account_id)
    if turn:
        return session.scalar(query.where(AccountLine.turn == turn)) or 0
    newest_first = AccountLine.period.desc(), AccountLine.turn.desc()
    query = query.where(AccountLine.period < period).order_by(*newest_first)
    return session.scalar(query.limit(1)) or 0


def moved_in(session: Session, account_id: int, first: int, until: int) -> tuple[int, int]:
    """Return the debits and credits of an account from month `first` to before month `until`."""
    both = []
    for month in (first, until):
        query = sa.select(AccountLine.debits_fen, AccountLine.credits_fen).where(
            AccountLine.account_id == account_id, AccountLine.period < month
        )
        newest_first = AccountLine.period.desc(), AccountLine.turn.desc()
        both.append(session.execute(query.order_by(*newest_first).limit(1)).first() or (0, 0))
    (debits_before, credits_before), (debits, credits_) = both
    return debits - debits_before, credits_ - credits_before


@dataclass(frozen=True, slots=True)
class Sums:
    """What a trial balance adds up to: each pair is the same twice, or the books are wrong."""

    before_debit: int
    before_credit: int
    debits: int
    credits: int
    after_debit: int
    after_credit: int


def sums(rows: Sequence[Balance]) -> Sums:
    """Add up the leaves of a trial balance."""
    return Sums(
        sum(max(one.before, 0) for one in rows),
        sum(max(-one.before, 0) for one in rows),
        sum(one.debits for one in rows),
        sum(one.credits for one in rows),
        sum(max(one.after, 0) for one in rows),
        sum(max(-one.after, 0) for one in rows),
    )
