"""登记簿的动作: add a row, change it, strike it off with a reason."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries import registers as queries
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.queries.registers import RECORD_OF
from desk.windows.village_accounts.records import (
    Account,
    AccountSet,
    FixedAsset,
    ReceiptBook,
    UsedReceipt,
)
from desk.windows.village_accounts.rules.periods import period_of
from desk.windows.village_accounts.rules.register_papers import HELD_TITLE
from desk.windows.village_accounts.rules.register_rows import (
    CodeThere,
    NoSuchAccount,
    NotInBook,
    NoWhyRetired,
    RowRetired,
    check_brought,
    check_row,
)
from desk.windows.village_accounts.rules.registers import (
    COLUMNS,
    REGISTER_NAMES,
    Cell,
    Column,
    Register,
)
from kernel.access import Actor
from kernel.audit.actions import record
from kernel.errors import Conflict
from kernel.house_session import vault_of
from kernel.work.actions import hold
from kernel.work.records import LongWork

Said = Mapping[str, Any]
EXPORT_WORK = "registers.export"


def add(
    session: Session,
    books: AccountSet,
    register: Register,
    said: Said,
    actor: Actor,
    now: datetime,
) -> int:
    """Add a row; return its number. Raises: as `check_row`; CodeThere, NoSuchAccount, …"""
    settled = _settled(session, books, register, said, None)
    row: Any = RECORD_OF[register](set_id=books.id, made_at=now, retire_reason="", version=1)
    row.made_by_id = actor.staff_id
    if any(column.is_sealed for column in COLUMNS[register]):
        row.uuid = uuid4().hex
    _write(session, row, register, settled)
    session.add(row)
    session.flush()
    record(session, actor, "register.added", f"{register}:{row.id}", now)
    return int(row.id)


def change(
    session: Session,
    books: AccountSet,
    of: tuple[Register, int, int],
    said: Said,
    actor: Actor,
    now: datetime,
) -> None:
    """Change a row (register, number, version on screen).

    Raises: Conflict, RowRetired, and whatever `add` does.
    """
    register, row_id, version = of
    row = _current(session, books, register, row_id, version)
    settled = _settled(session, books, register, said, row)
    changed = [name for name, value in settled.items() if getattr(row, name, value) != value]
    _write(session, row, register, settled)
    row.version += 1
    session.flush()
    record(session, actor, "register.changed", f"{register}:{row_id}", now, columns=changed)


def retire(
    session: Session,
    books: AccountSet,
    of: tuple[Register, int, int],
    why: tuple[str, date],
    actor: Actor,
    now: datetime,
) -> None:
    """Strike a row off (register, number, version) for a reason, from a day on.

    Raises: Conflict, RowRetired, NoWhyRetired.
    """
    register, row_id, version = of
    reason, day = why
    if not reason:
        raise NoWhyRetired
    row = _current(session, books, register, row_id, version)
    row.retired_on, row.retire_reason = day, reason
    row.version += 1
    session.flush()
    record(session, actor, "register.retired", f"{register}:{row_id}", now, reason=reason)


def _current(
    session: Session, books: AccountSet, register: Register, row_id: int, version: int
) -> Any:
    row = queries.row(session, books.id, register, row_id)
    if row.version != version:
        raise Conflict
    if row.retired_on is not None:
        raise RowRetired
    return row


def _settled(
    session: Session, books: AccountSet, register: Register, said: Said, row: Any
) -> dict[str, Any]:
    """Return what was typed with entries, accounts and books found; refuse what clashes."""
    check_row(register, said)
    settled = dict(said)
    for column in COLUMNS[register]:
        value = settled[column.name]
        if value is not None:
            settled[column.name] = _found(session, books, column, value)
    _check_keys(session, books, register, settled, row)
    return settled


def _found(session: Session, books: AccountSet, column: Column, value: Any) -> Any:
    if column.cell is Cell.VOUCHER:
        return queries.voucher(session, books.id, value)
    if column.cell is Cell.BOOK:
        return queries.receipt_book(session, books.id, value).id
    if column.cell in _CHARTS:
        codes = {one.code for one in _CHARTS[column.cell](session, books.id)}
        if value not in codes:
            raise NoSuchAccount(code=value)
    return value


def _in_use(session: Session, set_id: int) -> list[Account]:
    return [one for one in sets.accounts(session, set_id) if one.retired_on is None]


#: which accounts a code may be of
_CHARTS = {Cell.ACCOUNT: sets.leaves, Cell.ANY_ACCOUNT: _in_use}


def _check_keys(
    session: Session, books: AccountSet, register: Register, settled: Said, row: Any
) -> None:
    if register is Register.RECEIPTS:
        _check_receipt(session, settled, row)
    if register is Register.ASSETS:
        acquired = period_of(settled["acquired_on"])
        check_brought(settled["opening_wear_fen"], acquired, books.first_period)
    coded = {Register.ASSETS: FixedAsset, Register.BOOKS: ReceiptBook}.get(register)
    if coded and queries.same(session, row, coded, set_id=books.id, code=settled["code"]):
        raise CodeThere


def _check_receipt(session: Session, settled: Said, row: Any) -> None:
    book, number = session.get_one(ReceiptBook, settled["book_id"]), settled["number"]
    if not book.first_number <= number <= book.last_number:
        raise NotInBook(first=book.first_number, last=book.last_number)
    if queries.same(session, row, UsedReceipt, book_id=book.id, number=number):
        raise CodeThere


def _write(session: Session, row: Any, register: Register, settled: Said) -> None:
    for column in COLUMNS[register]:
        value = settled[column.name]
        if not column.is_sealed:
            setattr(row, column.name, value)
        elif value is not None or not getattr(row, f"{column.name}_sealed", ""):
            place = queries.place_of(column, row.uuid)
            sealed = vault_of(session).town.seal(value, place) if value else ""
            setattr(row, f"{column.name}_sealed", sealed)


def note_export(
    session: Session, set_id: int, which: str, rows: int, actor: Actor, now: datetime
) -> None:
    """Write down that somebody took a register, or a table beside it, out of the house."""
    facts = {"register": which, "rows": rows}
    record(session, actor, "register.exported", f"account_set:{set_id}", now, **facts)


def hold_export(
    session: Session,
    books: AccountSet,
    of: tuple[Register, int],
    file: str,
    actor: Actor,
    now: datetime,
) -> LongWork:
    """Keep a register's sheet back until a second person agrees; `of`: which, how many persons."""
    which, persons = of
    note_export(session, books.id, which, persons, actor, now)
    said = {"whose": books.name, "register": REGISTER_NAMES[which], "persons": persons}
    return hold(session, EXPORT_WORK, HELD_TITLE.format(**said), file, (actor, now))
