"""公开内容查询: who had an expense in hand, what the registers say, what was entered later."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries.bundles import signed
from desk.windows.village_accounts.queries.registers import rows
from desk.windows.village_accounts.records import (
    AccountEntry,
    AccountPosting,
    AccountStep,
    Bundle,
    Disclosure,
    PlanLine,
)
from desk.windows.village_accounts.rules.disclosed_registers import plan_line, resource_line
from desk.windows.village_accounts.rules.disclosure import Posted, SheetLine
from desk.windows.village_accounts.rules.kinds import EntryKind, StepKind
from desk.windows.village_accounts.rules.registers import COLUMNS, Register
from desk.windows.village_accounts.rules.signing import SignPart


def with_handlers(session: Session, posted: Collection[Posted]) -> list[Posted]:
    """Return postings with 经手人, where a bundle says who it was."""
    entries = {one.entry_id for one in posted}
    bundles = session.scalars(sa.select(Bundle).where(Bundle.entry_id.in_(entries)))
    known = {one.entry_id: _handler(session, one) for one in bundles}
    return [replace(one, by=known.get(one.entry_id, "")) for one in posted]


def _handler(session: Session, bundle: Bundle) -> str:
    return "、".join(one.name for one in signed(session, bundle) if one.part is SignPart.HANDLER)


def from_registers(session: Session, set_id: int, year: int) -> list[SheetLine]:
    """Return the year's plan and the resources, as a sheet tells them."""
    return [*_plan(session, set_id, year), *_resources(session, set_id)]


def _plan(session: Session, set_id: int, year: int) -> list[SheetLine]:
    place = {one.name: number for number, one in enumerate(COLUMNS[Register.PLAN])}
    return [
        plan_line(one.cells[place["side"]], one.cells[place["gist"]], one.row.fen)
        for one in rows(session, set_id, Register.PLAN)
        if isinstance(one.row, PlanLine) and one.row.year == year
    ]


def _resources(session: Session, set_id: int) -> list[SheetLine]:
    names = ("name", "kind", "area", "contractor")
    place = {one.name: number for number, one in enumerate(COLUMNS[Register.RESOURCES])}
    return [
        resource_line(*(one.cells[place[name]] for name in names))
        for one in rows(session, set_id, Register.RESOURCES)
    ]


def entered_later(
    session: Session, of: Disclosure, told: Collection[int]
) -> Sequence[AccountEntry]:
    """Return what came into a sheet's months after it was drafted: they were opened again.

    `told` are the entries the sheet has lines of; what it would not have told anyway is left out.
    """
    months = (of.first_period, of.last_period)
    again = sa.select(AccountStep.id).where(
        AccountStep.set_id == of.set_id,
        AccountStep.kind == StepKind.REOPEN,
        AccountStep.period.between(*months),
        AccountStep.at >= of.drafted_at,
    )
    if session.scalar(again.limit(1)) is None:
        return []
    debit = sa.exists().where(
        AccountPosting.entry_id == AccountEntry.id, AccountPosting.debit_fen != 0
    )
    query = sa.select(AccountEntry).where(
        AccountEntry.set_id == of.set_id,
        AccountEntry.period.between(*months),
        AccountEntry.number.is_not(None),
        AccountEntry.kind != EntryKind.CLOSING,
        AccountEntry.id.not_in(told),
        debit,
    )
    return session.scalars(query.order_by(AccountEntry.period, AccountEntry.number)).all()
