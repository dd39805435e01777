"""报表查询: what every account brings to a report, of one set or of all of them.

`figures` is what a report is made of; the rules make tables of it. Closing entries are told apart,
so that a year that was carried over has still earned what it earned.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries.balances import balances
from desk.windows.village_accounts.records import (
    Account,
    AccountEntry,
    AccountPosting,
    ReportForm,
)
from desk.windows.village_accounts.rules.kinds import EntryKind
from desk.windows.village_accounts.rules.reports.figures import Figure
from desk.windows.village_accounts.rules.reports.formulas import StatementLine
from desk.windows.village_accounts.rules.reports.kinds import ReportKind


def figures(session: Session, set_ids: Sequence[int], first: int, last: int) -> list[Figure]:
    """Return every leaf account of some sets over some months, in the order of sets and codes."""
    closing = _closing(session, set_ids, first, last)
    return [
        Figure(
            one.account.code,
            one.account.name,
            one.account.kind,
            one.before,
            one.debits,
            one.credits,
            closing.get(one.account.id, 0),
            set_id,
            one.account.side,
        )
        for set_id in set_ids
        for one in balances(session, set_id, first, last)
    ]


def _closing(session: Session, set_ids: Sequence[int], first: int, last: int) -> dict[int, int]:
    """Return by account what closing entries moved: they are all in a December."""
    decembers = [year * 100 + 12 for year in range(first // 100, last // 100 + 1)]
    moved = sa.func.sum(AccountPosting.debit_fen - AccountPosting.credit_fen)
    query = (
        sa.select(AccountPosting.account_id, moved)
        .join(AccountEntry, AccountEntry.id == AccountPosting.entry_id)
        .where(
            AccountEntry.set_id.in_(set_ids),
            AccountEntry.period.in_([month for month in decembers if first <= month <= last]),
            AccountEntry.kind == EntryKind.CLOSING,
            AccountEntry.posted_at.is_not(None),
        )
        .group_by(AccountPosting.account_id)
    )
    return {account: int(fen) for account, fen in session.execute(query)}


def chart_names(session: Session, set_ids: Sequence[int]) -> Mapping[str, str]:
    """Return the names of accounts by code; of many sets, those of the first two levels."""
    query = sa.select(Account.code, Account.name).where(Account.set_id.in_(set_ids))
    if len(set_ids) > 1:
        query = query.where(sa.func.length(Account.code) == 3)
    return dict(session.execute(query).tuples().all())


def by_month(
    session: Session, set_id: int, months: Sequence[int]
) -> list[tuple[int, list[Figure]]]:
    """Return the figures of a set month by month."""
    return [(month, figures(session, [set_id], month, month)) for month in months]


@dataclass(frozen=True, slots=True)
class Form:
    """A statement's lines as they are in force."""

    record: ReportForm
    lines: Sequence[StatementLine]


def form(session: Session, report: ReportKind) -> Form:
    """Return the newest version of a statement."""
    query = sa.select(ReportForm).where(ReportForm.report == report)
    record = session.scalars(query.order_by(ReportForm.version.desc()).limit(1)).one()
    lines = [
        StatementLine(one.number, one.name, one.depth, one.half, one.side, one.formula)
        for one in record.lines
    ]
    return Form(record, lines)
