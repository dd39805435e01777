"""对账与盘点的表单: pairs that were ticked, the bank's balance, notes and coins, what is asked."""

from datetime import date

from flask import request

from desk.windows.village_accounts.rules.bank_sheets import COLUMNS
from desk.windows.village_accounts.rules.cash import (
    FACES,
    KEEPER_LIMIT,
    MOST_PIECES,
    NOTE_LIMIT,
    Count,
    NotCounted,
)
from desk.windows.village_accounts.rules.chart import NAME_LIMIT
from desk.windows.village_accounts.rules.demands import Demands, check_days
from desk.windows.village_accounts.rules.reconciling import NotAPair
from kernel.money import parse_fen
from kernel.text import whole_number
from kernel.web.fields import Typed, read_day


def called() -> dict[str, str]:
    """Read what the bank calls its columns, where that was said."""
    typed = Typed()
    names = {key: typed.text(f"col_{key}", NAME_LIMIT).strip() for key in COLUMNS}
    typed.finish()
    return names


def pairs() -> list[tuple[int, int, int]]:
    """Read which lines were ticked as the same. Raises: NotAPair."""
    ticked = request.form.getlist("pair")
    bank, book = request.form.get("bank_line", ""), request.form.get("book_line", "")
    if bank and book:
        ticked.append(f"{bank}-{book}")
    if not ticked:
        raise NotAPair
    return [_pair(one) for one in ticked]


def _pair(text: str) -> tuple[int, int, int]:
    numbers = [whole_number(part) for part in text.split("-")]
    match numbers:
        case [int(bank), int(entry), int(line)]:
            return bank, entry, line
    raise NotAPair


def number(name: str) -> int:
    """Read the number of a row a button stands for; garbled: 0, which none has."""
    return whole_number(request.form.get(name, "")) or 0


def bank_balance() -> int:
    """Read what the bank says stands there. Raises: WrongFields."""
    typed = Typed()
    fen = typed.read("bank", parse_fen)
    typed.finish()
    return fen or 0


def count() -> Count:
    """Read what was found in the cash box. Raises: WrongFields."""
    typed = Typed()
    day = typed.read("counted_on", read_day)
    pieces = {face: typed.optional(f"face_{face}", _pieces) or 0 for face in FACES}
    keeper, note = typed.text("keeper", KEEPER_LIMIT), typed.text("note", NOTE_LIMIT)
    typed.finish()
    return Count(day or date.min, pieces, keeper, note)


def _pieces(typed: str) -> int:
    found = whole_number(typed.strip())
    if found is None or found > MOST_PIECES:
        raise NotCounted
    return found


def demands() -> Demands:
    """Read what a close asks for. Raises: WrongFields."""
    typed = Typed()
    days = [
        typed.read(name, lambda text: check_days(whole_number(text.strip())))
        for name in ("hand_in_days", "match_days")
    ]
    typed.finish()
    both = ("needs_bank" in request.form, "needs_cash" in request.form)
    return Demands(*both, days[0] or 1, days[1] or 1)
