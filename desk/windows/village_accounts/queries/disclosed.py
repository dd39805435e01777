"""公开内容查询: who had an expense in hand, and what the registers say of plan and resources."""

from collections.abc import Collection
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries.bundles import signed
from desk.windows.village_accounts.queries.registers import rows
from desk.windows.village_accounts.records import Bundle, PlanLine
from desk.windows.village_accounts.rules.disclosed_registers import plan_line, resource_line
from desk.windows.village_accounts.rules.disclosure import Posted, SheetLine
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
