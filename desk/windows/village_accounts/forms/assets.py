"""三资的表单: which rent came with which entry."""

from datetime import date
from functools import partial

from desk.windows.village_accounts.rules.register_rows import read_cell
from desk.windows.village_accounts.rules.registers import Cell, Column
from desk.windows.village_accounts.rules.rents import RENT_ENTRY
from kernel.web.fields import Typed, read_day

_CONTRACT = Column("contract", "", Cell.NUMBER, needed=True)
_ENTRY = Column("entry", RENT_ENTRY, Cell.VOUCHER, needed=True)


def rent() -> tuple[int, date, tuple[int, int]]:
    """Read contract, due day and entry (month, number). Raises: WrongFields."""
    typed = Typed()
    contract = typed.read("contract", partial(read_cell, _CONTRACT))
    due_on = typed.read("due_on", read_day)
    entry = typed.read("entry", partial(read_cell, _ENTRY))
    typed.finish()
    return contract or 0, due_on or date.min, entry or (0, 0)
