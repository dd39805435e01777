"""对账与现金查询: what only bank or only books know of, what was counted, cash still held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.rules.lights import Light
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.queries.balances import balance_now
from desk.windows.village_accounts.queries.cash import cash_moves
from desk.windows.village_accounts.queries.entries import in_the_book, is_put_right
from desk.windows.village_accounts.records import (
    Account,
    AccountEntry,
    AccountLine,
    AccountSet,
    BankLine,
    BankStatement,
    CashCount,
    ClosingSettings,
    Reconciliation,
)
from desk.windows.village_accounts.rules import cash
from desk.windows.village_accounts.rules.chart import BANK_CODE, CASH_CODE
from desk.windows.village_accounts.rules.demands import Demands
from desk.windows.village_accounts.rules.periods import (
    first_day,
    last_day,
    number_words,
    period_of,
)
from desk.windows.village_accounts.rules.reconciling import (
    Adjustment,
    BankItem,
    BookItem,
    NoBankAccount,
)
from kernel.errors import NotFound

ONLY_ROW = 1


def demands(session: Session) -> Demands:
    """Return what the town asks of a month's close."""
    row = session.get_one(ClosingSettings, ONLY_ROW)
    return Demands(row.needs_bank, row.needs_cash, row.hand_in_days, row.match_days)


def bank_leaf(session: Session, set_id: int, code: str) -> Account:
    """Return an account of a bank. Raises: NotFound, NoBankAccount."""
    found = sets.account(session, set_id, code)
    if not code.startswith(BANK_CODE) or _has_parts(session, found):
        raise NoBankAccount
    return found


def cash_leaf(session: Session, set_id: int, code: str) -> Account:
    """Return an account of cash that is counted. Raises: NotFound."""
    found = sets.account(session, set_id, code)
    if not code.startswith(CASH_CODE) or _has_parts(session, found):
        raise NotFound
    return found


def _has_parts(session: Session, account: Account) -> bool:
    query = sa.select(Account.id).where(Account.parent_id == account.id).limit(1)
    return session.scalar(query) is not None


def only_bank(session: Session, account_id: int, period: int) -> list[BankItem]:
    """Return what the bank did until the end of a month and the books did not."""
    query = (
        sa.select(BankLine)
        .outerjoin(AccountEntry, AccountEntry.id == BankLine.entry_id)
        .where(
            BankLine.account_id == account_id,
            BankLine.line_on <= last_day(period),
            sa.or_(BankLine.entry_id.is_(None), AccountEntry.period > period),
        )
        .order_by(BankLine.line_on, BankLine.id)
    )
    return [BankItem(one.id, one.line_on, one.fen, one.gist) for one in session.scalars(query)]


def only_books(session: Session, account_id: int, period: int) -> list[BookItem]:
    """Return what the books have until a month's end and the bank has not.

    The opening is not among it, nor what put a balance right: the bank never moved with these.
    """
    seen = sa.exists().where(
        BankLine.entry_id == AccountLine.entry_id,
        BankLine.line == AccountLine.line,
        BankLine.line_on <= last_day(period),
    )
    return _book_items(session, account_id, period, ~seen)


def unmatched_books(session: Session, account_id: int, period: int) -> list[BookItem]:
    """Return the lines of the books that no line of the bank is matched to."""
    seen = sa.exists().where(
        BankLine.entry_id == AccountLine.entry_id, BankLine.line == AccountLine.line
    )
    return _book_items(session, account_id, period, ~seen)


def _book_items(
    session: Session, account_id: int, period: int, condition: sa.ColumnElement[bool]
) -> list[BookItem]:
    query = (
        in_the_book()
        .where(
            AccountLine.account_id == account_id,
            AccountLine.period <= period,
            ~is_put_right(),
            condition,
        )
        .order_by(AccountLine.turn)
    )
    return [
        BookItem(
            entry.id,
            line.line,
            entry.entry_on,
            posting.debit_fen - posting.credit_fen,
            posting.gist or entry.gist,
            number_words(entry.period, entry.number),
            entry.uuid,
        )
        for line, posting, entry in session.execute(query)
        if entry.period % 100
    ]


def matched(session: Session, account_id: int, period: int) -> Sequence[BankLine]:
    """Return what was matched of a month's lines of the bank."""
    query = sa.select(BankLine).where(
        BankLine.account_id == account_id,
        BankLine.entry_id.is_not(None),
        BankLine.line_on.between(first_day(period), last_day(period)),
    )
    return session.scalars(query.order_by(BankLine.line_on, BankLine.id)).all()


def bank_balance(session: Session, account_id: int, period: int) -> int | None:
    """Return what the bank's sheets say stood there at the end of a month."""
    query = sa.select(BankLine.balance_fen).where(
        BankLine.account_id == account_id,
        BankLine.line_on <= last_day(period),
        BankLine.balance_fen.is_not(None),
    )
    newest = BankLine.line_on.desc(), BankLine.id.desc()
    return session.scalar(query.order_by(*newest).limit(1))


def balance_at(session: Session, account_id: int, period: int) -> int:
    """Return what stands in an account at the end of a month."""
    query = sa.select(AccountLine.balance_fen).where(
        AccountLine.account_id == account_id, AccountLine.period <= period
    )
    newest = AccountLine.period.desc(), AccountLine.turn.desc()
    return session.scalar(query.order_by(*newest).limit(1)) or 0


def is_in_use(session: Session, account_id: int, period: int) -> bool:
    """Say whether an account holds something at a month's end, or moved in the month."""
    moved = sa.select(AccountLine.turn).where(
        AccountLine.account_id == account_id, AccountLine.period == period
    )
    held = balance_at(session, account_id, period)
    return bool(held) or session.scalar(moved.limit(1)) is not None


def adjustment(session: Session, account_id: int, period: int, bank_fen: int) -> Adjustment:
    """Return both balances of a month's end and what only one side knows of."""
    return Adjustment(
        bank_fen,
        balance_at(session, account_id, period),
        only_bank(session, account_id, period),
        only_books(session, account_id, period),
    )


def reconciliation(session: Session, account_id: int, period: int) -> Reconciliation | None:
    """Return the last reconciliation of a month."""
    query = sa.select(Reconciliation).where(
        Reconciliation.account_id == account_id, Reconciliation.period == period
    )
    return session.scalar(query.order_by(Reconciliation.turn.desc()).limit(1))


def count(session: Session, account_id: int, period: int) -> CashCount | None:
    """Return the last count of a month."""
    query = sa.select(CashCount).where(
        CashCount.account_id == account_id, CashCount.period == period
    )
    return session.scalar(query.order_by(CashCount.turn.desc()).limit(1))


def statements(session: Session, account_id: int) -> Sequence[tuple[BankStatement, int, int]]:
    """Return the sheets of the bank, the newest first, with their lines and how many matched."""
    query = (
        sa.select(BankStatement, sa.func.count(BankLine.id), sa.func.count(BankLine.entry_id))
        .join(BankLine, BankLine.statement_id == BankStatement.id)
        .where(BankStatement.account_id == account_id)
        .group_by(BankStatement.id)
        .order_by(BankStatement.id.desc())
    )
    return session.execute(query).tuples().all()


@dataclass(frozen=True, slots=True)
class CashBox:
    """A village's cash: how much, how much of it should be in the bank, and its light."""

    balance: int
    over_limit: int
    held: Sequence[cash.Held]
    light: Light


def cash_box(session: Session, books: AccountSet, today: date) -> CashBox:
    """Return how a village stands with its cash."""
    accounts = sa.select(Account).where(
        Account.set_id == books.id, Account.code.startswith(CASH_CODE)
    )
    balance = sum(balance_now(session, one.id) for one in session.scalars(accounts))
    days = demands(session).hand_in_days
    received, handed_in = cash_moves(session, books.id, period_of(today))
    held = cash.still_held(received, handed_in, days)
    over = cash.over_limit(balance, books.cash_limit_fen)
    return CashBox(balance, over, held, cash.light(held, today))


def cash_to_see_to(
    session: Session, books: Sequence[AccountSet], today: date
) -> list[tuple[AccountSet, CashBox]]:
    """Return the sets that hold more cash than they may, or cash that should be in the bank."""
    boxes = [(one, cash_box(session, one, today)) for one in books]
    return [(one, box) for one, box in boxes if box.over_limit or box.light is not Light.GREEN]
