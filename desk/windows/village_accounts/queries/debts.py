"""债权债务查询: who owes and is owed, account by account, and for how long."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries.balances import balances
from desk.windows.village_accounts.queries.disclosure import full_names
from desk.windows.village_accounts.records import Account, AccountEntry, AccountPosting
from desk.windows.village_accounts.rules.ageing import Moved, banded, left
from desk.windows.village_accounts.rules.disclosure import DEBT_CODES

#: later than any month
ALWAYS = 999_912


@dataclass(frozen=True, slots=True)
class Debt:
    """One sub-account of what is owed: positive to the village, negative by it."""

    account: Account
    name: str
    fen: int
    bands: list[int]


def debts(session: Session, set_id: int, today: date) -> list[Debt]:
    """Return every receivable and payable that stands, by person or unit."""
    named = full_names(session, set_id)
    return [
        Debt(one.account, named[one.account.id], one.after, _aged(session, one.account, today))
        for one in balances(session, set_id, ALWAYS, ALWAYS)
        if one.after and one.account.code[:3] in DEBT_CODES
    ]


def _aged(session: Session, account: Account, today: date) -> list[int]:
    query = (
        sa.select(AccountEntry.entry_on, AccountPosting.debit_fen, AccountPosting.credit_fen)
        .join(AccountEntry, AccountEntry.id == AccountPosting.entry_id)
        .where(AccountPosting.account_id == account.id, AccountEntry.number.is_not(None))
        .order_by(AccountEntry.entry_on, AccountEntry.id, AccountPosting.line)
    )
    moves = (Moved(on, debit - credit) for on, debit, credit in session.execute(query))
    return banded(left(moves), today)
