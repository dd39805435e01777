"""登记簿的表单: a row typed column by column; why one is struck off."""

from functools import partial
from typing import Any

from desk.windows.village_accounts.rules.register_rows import (
    REASON_LIMIT,
    TEXT_LIMIT,
    read_cell,
)
from desk.windows.village_accounts.rules.registers import COLUMNS, Cell, Column, Register
from kernel.errors import NotFound
from kernel.text import checked_text
from kernel.web.fields import NotAChoice, Typed, read_day


def register_at(address: str) -> Register:
    """Return the register of an address. Raises: NotFound."""
    if address not in set(Register):
        raise NotFound
    return Register(address)


def row(register: Register) -> dict[str, Any]:
    """Read a row. Raises: WrongFields."""
    typed = Typed()
    said = {one.name: typed.read(one.name, partial(_read, one)) for one in COLUMNS[register]}
    typed.finish()
    return said


def _read(column: Column, text: str) -> Any:
    checked = checked_text(text, TEXT_LIMIT)
    if column.cell is Cell.CHOICE and checked not in column.choices:
        raise NotAChoice
    if column.cell is Cell.DAY and checked:
        return read_day(checked)
    return read_cell(column, checked)


def reason() -> str:
    """Read why a row is struck off."""
    typed = Typed()
    text = typed.text("reason", REASON_LIMIT)
    typed.finish()
    return text
