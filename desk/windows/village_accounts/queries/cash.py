"""现金收支查询: cash that came from outside, and cash that went to the bank."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from desk.windows.village_accounts.records import Account, AccountEntry, AccountPosting
from desk.windows.village_accounts.rules.kinds import EntryKind

#: how far back cash is looked for that nobody handed in
YEAR = 100


def cash_moves(session: Session, set_id: int, period: int) -> tuple[list[tuple[date, int]], int]:
    """Return what came in cash from outside within a year, day by day, and what was handed in.

    An entry that touches the bank as well is a withdrawal or a deposit. What was taken back in red
    never happened, and neither did the red; where a balance was put right, nothing came.
    """
    red = aliased(AccountEntry)
    moved = AccountPosting.debit_fen - AccountPosting.credit_fen
    query = (
        sa.select(AccountEntry.entry_on, AccountPosting.debit_fen, moved, _touches_bank())
        .join(AccountPosting, AccountPosting.entry_id == AccountEntry.id)
        .join(Account, Account.id == AccountPosting.account_id)
        .where(
            AccountEntry.set_id == set_id,
            AccountEntry.period.between(period - YEAR, period),
            AccountEntry.period % 100 > 0,
            AccountEntry.number.is_not(None),
            Account.code.startswith("101"),
            AccountEntry.kind.not_in((EntryKind.REVERSAL, EntryKind.BALANCE)),
            ~sa.exists().where(red.reverses_id == AccountEntry.id, red.number.is_not(None)),
        )
        .order_by(AccountEntry.id)
    )
    received: list[tuple[date, int]] = []
    handed_in = 0
    for on, debit, fen, is_with_bank in session.execute(query):
        if is_with_bank:
            handed_in += max(-fen, 0)
        elif debit > 0:
            received.append((on, debit))
    return received, handed_in


def _touches_bank() -> sa.ColumnElement[bool]:
    other, bank = aliased(AccountPosting), aliased(Account)
    return sa.exists().where(
        other.entry_id == AccountEntry.id,
        bank.id == other.account_id,
        bank.code.startswith("102"),
    )
