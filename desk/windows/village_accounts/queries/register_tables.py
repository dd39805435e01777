"""三资对照表查询: special funds and the year's plan beside what the books say of them."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries.balances import balances
from desk.windows.village_accounts.queries.debts import ALWAYS, debts
from desk.windows.village_accounts.queries.reports import figures
from desk.windows.village_accounts.records import AccountSet, PlanLine, SpecialFund
from desk.windows.village_accounts.rules.ageing import BANDS
from desk.windows.village_accounts.rules.ageing import HEAD as AGED_HEAD
from desk.windows.village_accounts.rules.kinds import Side
from desk.windows.village_accounts.rules.register_papers import PaperTable
from desk.windows.village_accounts.rules.register_tables import (
    FUND_HEAD,
    PLAN_HEAD,
    TABLE_TITLES,
    Fund,
    TableKind,
    account_words,
    fund_row,
    is_shared,
    plan_row,
)
from desk.windows.village_accounts.rules.registers import COLUMNS, PlanSide, Register
from desk.windows.village_accounts.rules.reports.figures import under
from kernel.calendar.rules import chinese_date
from kernel.money import yuan


def table(
    session: Session, books: AccountSet, which: TableKind, year: int, today: date
) -> PaperTable:
    """Return a table as it is shown, exported and printed."""
    head, figures_at, rows = _MAKING[which](session, books.id, year, today)
    numbers = [place in figures_at for place in range(len(head))]
    title = TABLE_TITLES[which].format(year=year)
    return PaperTable(books.name, title, chinese_date(today), head, numbers, rows)


Made = tuple[Sequence[str], frozenset[int], list[list[str]]]


def _funds(session: Session, set_id: int, _: int, __: date) -> Made:
    query = sa.select(SpecialFund).where(
        SpecialFund.set_id == set_id, SpecialFund.retired_on.is_(None)
    )
    found = session.scalars(query.order_by(SpecialFund.id)).all()
    codes = [one.account_code for one in found if one.account_code]
    moved = _moved(session, set_id)
    rows = [
        fund_row(
            (one.project, one.source),
            one.granted_fen,
            None
            if not one.account_code or is_shared(one.account_code, codes)
            else moved.get(one.account_code, Fund(0, 0)),
            account_words(one.account_code, codes),
        )
        for one in found
    ]
    return FUND_HEAD, frozenset({2, 3, 4, 5}), rows


def _moved(session: Session, set_id: int) -> dict[str, Fund]:
    """Return what came into every leaf account and left it, the opening among it."""
    found = {}
    for one in balances(session, set_id, 1, ALWAYS):
        both = one.credits, one.debits
        came, left = both[::-1] if one.account.side is Side.DEBIT else both
        found[one.account.code] = Fund(came, left)
    return found


def _plan(session: Session, set_id: int, year: int, _: date) -> Made:
    query = sa.select(PlanLine).where(
        PlanLine.set_id == set_id, PlanLine.year == year, PlanLine.retired_on.is_(None)
    )
    found = session.scalars(query.order_by(PlanLine.side.desc(), PlanLine.id)).all()
    codes = [one.account_code for one in found if one.account_code]
    moved = figures(session, [set_id], year * 100 + 1, year * 100 + 12)

    def actual(one: PlanLine) -> int | None:
        if not one.account_code or is_shared(one.account_code, codes):
            return None
        fen = sum(part.moved for part in under(moved, one.account_code))
        return -fen if one.side is PlanSide.INCOME else fen

    sides = next(column.choices for column in COLUMNS[Register.PLAN] if column.name == "side")
    rows = []
    for one in found:
        account = account_words(one.account_code, codes)
        rows.append(plan_row((sides[one.side], one.gist), one.fen, actual(one), account))
    return PLAN_HEAD, frozenset({2, 3, 4}), rows


def _debts(session: Session, set_id: int, _: int, today: date) -> Made:
    rows = [
        [one.account.code, one.name, *(yuan(fen) for fen in (one.fen, *one.bands))]
        for one in debts(session, set_id, today)
    ]
    head = [*AGED_HEAD, *(name for _, name in BANDS)]
    return head, frozenset(range(2, len(head))), rows


_MAKING = {TableKind.FUNDS: _funds, TableKind.PLAN: _plan, TableKind.DEBTS: _debts}
