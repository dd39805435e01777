"""登记簿查询: the rows of a register, unsealed and in words; what is due, owed, worn and shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries.entries import number_of
from desk.windows.village_accounts.records import (
    AccountEntry,
    AccountSet,
    Dividend,
    FixedAsset,
    PlanLine,
    ReceiptBook,
    RegisterRow,
    SpecialFund,
    UsedReceipt,
    VillageContract,
    VillageMember,
    VillageResource,
)
from desk.windows.village_accounts.rules.register_rows import NoSuchBook, NoSuchVoucher, shown
from desk.windows.village_accounts.rules.registers import COLUMNS, Cell, Column, Register
from kernel.database import Record
from kernel.errors import NotFound
from kernel.house_session import vault_of
from kernel.text import folded

RECORD_OF: dict[Register, type[Record]] = {
    Register.ASSETS: FixedAsset,
    Register.CONTRACTS: VillageContract,
    Register.RESOURCES: VillageResource,
    Register.BOOKS: ReceiptBook,
    Register.RECEIPTS: UsedReceipt,
    Register.FUNDS: SpecialFund,
    Register.PLAN: PlanLine,
    Register.MEMBERS: VillageMember,
    Register.DIVIDENDS: Dividend,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its cells as they are read."""

    row: RegisterRow
    cells: tuple[str, ...]


def rows(
    session: Session, set_id: int, register: Register, typed: str = "", *, retired: bool = False
) -> list[Row]:
    """Return the rows of a register that what somebody typed stands in, in order."""
    record = cast(Any, RECORD_OF[register])
    query = sa.select(record).where(record.set_id == set_id)
    if not retired:
        query = query.where(record.retired_on.is_(None))
    found = [
        Row(one, tuple(cell_of(session, column, one) for column in COLUMNS[register]))
        for one in session.scalars(query.order_by(record.id))
    ]
    sought = folded(typed)
    return [one for one in found if sought in folded("".join(one.cells))] if sought else found


def row(session: Session, set_id: int, register: Register, row_id: int) -> Any:
    """Return a row of a set's register. Raises: NotFound."""
    found: Any = session.get(RECORD_OF[register], row_id)
    if found is None or found.set_id != set_id:
        raise NotFound
    return found


def plain(session: Session, column: Column, of: Any) -> Any:
    """Return the value of a cell, unsealed."""
    if not column.is_sealed:
        return getattr(of, column.name)
    sealed = getattr(of, f"{column.name}_sealed")
    return vault_of(session).town.open(sealed, place_of(column, of.uuid)) if sealed else ""


def place_of(column: Column, uuid: str) -> str:
    """Return what binds a sealed cell to its row."""
    return f"village_member|{column.name}|{uuid}"


def cell_of(session: Session, column: Column, of: Any) -> str:
    """Return a cell in words: an entry by its number, a receipt book by its code."""
    value = plain(session, column, of)
    if column.cell is Cell.VOUCHER and value:
        return number_of(session.get_one(AccountEntry, value))
    if column.cell is Cell.BOOK:
        return session.get_one(ReceiptBook, value).code
    return shown(column, value)


def as_typed(session: Session, column: Column, of: Any) -> str:
    """Return a cell as its form takes it; what is masked is never sent back."""
    value = plain(session, column, of)
    if value is None or column.is_masked:
        return ""
    if column.cell is Cell.VOUCHER:
        entry = session.get_one(AccountEntry, value)
        return f"{entry.period // 100}-{entry.period % 100:02}/{entry.number}"
    if column.cell is Cell.CHOICE:
        return str(value)
    words = cell_of(session, column, of)
    return words.replace(",", "") if column.cell is Cell.MONEY else words


def voucher(session: Session, set_id: int, said: tuple[int, int]) -> int:
    """Return which entry a month and a number mean. Raises: NoSuchVoucher."""
    period, number = said
    query = sa.select(AccountEntry.id).where(
        AccountEntry.set_id == set_id,
        AccountEntry.period == period,
        AccountEntry.number == number,
    )
    found = session.scalar(query)
    if found is None:
        raise NoSuchVoucher
    return found


def receipt_book(session: Session, set_id: int, code: str) -> ReceiptBook:
    """Return the receipt book of that code. Raises: NoSuchBook."""
    query = sa.select(ReceiptBook).where(ReceiptBook.set_id == set_id, ReceiptBook.code == code)
    found = session.scalar(query.where(ReceiptBook.retired_on.is_(None)))
    if found is None:
        raise NoSuchBook(code=code)
    return found


def same(session: Session, found: RegisterRow | None, record: type[Record], **keys: Any) -> bool:
    """Say whether another row has these keys already."""
    query = sa.select(cast(Any, record).id).filter_by(**keys)
    return any(one != (found.id if found else 0) for one in session.scalars(query))


def contracts(session: Session, books: Sequence[AccountSet]) -> list[VillageContract]:
    """Return the contracts of some sets that run."""
    query = sa.select(VillageContract).where(
        VillageContract.set_id.in_([one.id for one in books]),
        VillageContract.retired_on.is_(None),
    )
    return list(session.scalars(query.order_by(VillageContract.id)))


def shares_of(one: Row) -> int:
    """Return a member's shares, in hundredths."""
    return one.row.shares if isinstance(one.row, VillageMember) else 0
