"""村账的表单: a set to be opened, an entry typed line by line, a reason."""

from collections.abc import Sequence
from datetime import date

from flask import request

from desk.windows.village_accounts.records import Account
from desk.windows.village_accounts.rules.chart import NAME_LIMIT as ACCOUNT_NAME_LIMIT
from desk.windows.village_accounts.rules.entries import GIST_LIMIT, MOST_LINES, Line, Written
from desk.windows.village_accounts.rules.kinds import EntryKind, Numbering, SetKind
from desk.windows.village_accounts.rules.periods import NotAMonth, read_period
from desk.windows.village_accounts.rules.sets import (
    BANK_LIMIT,
    CASH_LIMIT,
    FIVE_RIGHTS,
    NAME_LIMIT,
    Agreement,
    Opening,
)
from kernel.errors import NotFound
from kernel.money import parse_fen
from kernel.staff.records import Staff
from kernel.town.records import Village
from kernel.web.fields import NotAChoice, Typed, read_day

MOST_ATTACHMENTS = 999


def opening(villages: Sequence[Village]) -> tuple[Village, Opening]:
    """Read whose books are opened, and how. Raises: NotAChoice, WrongFields."""
    typed = Typed()
    place = {str(one.id): one for one in villages}.get(request.form.get("village", ""))
    kind = typed.choice("kind", SetKind) or SetKind.COOPERATIVE
    numbering = typed.choice("numbering", Numbering) or Numbering.MONTHLY
    name = typed.text("name", NAME_LIMIT)
    first = typed.read("period", read_period)
    limit = typed.optional("cash_limit", parse_fen)
    typed.finish()
    if place is None or first is None:
        raise NotAChoice
    cash = CASH_LIMIT if limit is None else limit
    return place, Opening(kind, name or place.name, first, numbering, cash)


def written(kinds: Sequence[EntryKind]) -> Written:
    """Read an entry: its lines without an account are left out. Raises: WrongFields."""
    typed = Typed()
    kind = typed.choice("kind", EntryKind)
    day = typed.read("entry_on", read_day)
    gist = typed.text("gist", GIST_LIMIT)
    attachments = typed.optional("attachments", _attachments)
    lines = [_line(typed, row) for row in range(1, MOST_LINES + 1) if _is_filled(row)]
    typed.finish()
    if kind is None or kind not in kinds or day is None:
        raise NotAChoice
    return Written(kind, day, gist, lines, attachments or 0)


def _is_filled(row: int) -> bool:
    return any(request.form.get(f"{name}_{row}", "").strip() for name in ("debit", "credit"))


def _line(typed: Typed, row: int) -> Line:
    account = typed.read(f"account_{row}", _number)
    debit = typed.optional(f"debit_{row}", parse_fen)
    credit = typed.optional(f"credit_{row}", parse_fen)
    gist = typed.text(f"gist_{row}", GIST_LIMIT)
    return Line(account or 0, debit or 0, credit or 0, gist)


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        raise NotAChoice
    return int(typed)


def _attachments(typed: str) -> int:
    number = _number(typed.strip())
    if number > MOST_ATTACHMENTS:
        raise NotAChoice
    return number


def staff_choice(name: str, among: Sequence[Staff]) -> int | None:
    """Return who was chosen among some staff, or None when nobody was. Raises: NotAChoice."""
    typed = Typed()
    chosen = typed.optional(name, _number)
    typed.finish()
    if chosen is not None and chosen not in {one.id for one in among}:
        raise NotAChoice
    return chosen


def reason(limit: int = GIST_LIMIT) -> str:
    """Read why something is done."""
    typed = Typed()
    text = typed.text("reason", limit)
    typed.finish()
    return text


def sub_account() -> tuple[str, str]:
    """Read code and name of an account to be opened."""
    typed = Typed()
    code, name = typed.text("code", 9), typed.text("name", ACCOUNT_NAME_LIMIT)
    typed.finish()
    return code.strip(), name


def agreement() -> Agreement:
    """Read what was signed on paper. Raises: WrongFields."""
    typed = Typed()
    days = [typed.read(name, read_day) for name in ("from_on", "to_on", "signed_on")]
    village = typed.text("signed_by_village", NAME_LIMIT)
    town = typed.text("signed_by_town", NAME_LIMIT)
    typed.finish()
    from_on, to_on, signed_on = (day or date.min for day in days)
    rights = frozenset(
        right for place, right in enumerate(FIVE_RIGHTS, 1) if f"right_{place}" in request.form
    )
    return Agreement(from_on, to_on, signed_on, village, town, rights)


def bank(accounts: Sequence[Account]) -> tuple[Account, tuple[str, str]]:
    """Read at which bank an account is kept. Raises: NotFound, WrongFields."""
    typed = Typed()
    name, number = typed.text("bank", BANK_LIMIT), typed.text("number", BANK_LIMIT)
    typed.finish()
    found = {one.code: one for one in accounts}.get(request.form.get("account", ""))
    if found is None or not (name and number):
        raise NotFound
    return found, (name, number)


def months(opens: int) -> tuple[int, int]:
    """Return from which month to which a page is asked for; the open one when nothing is.

    Asked for one end alone, the other is the same month, or for the last one the open month.
    """
    try:
        last = read_period(request.values["to"]) if request.values.get("to") else opens
        first = read_period(request.values["from"]) if request.values.get("from") else last
    except NotAMonth:
        return opens, opens
    return min(first, last), max(first, last)
