"""报账的表单: a paper as it is typed, who signed, why a bundle goes back, where its money goes."""

from collections.abc import Callable, Sequence
from datetime import date

from flask import request

from desk.cases.rules.attachments import AttachedTo, ScannedPaper, read_scan
from desk.windows.village_accounts.actions.bundle_entries import Sorted
from desk.windows.village_accounts.actions.originals import Claim
from desk.windows.village_accounts.rules.bundles import (
    GIST_LIMIT,
    NOTE_LIMIT,
    RETURN_NAMES,
    ReturnReason,
)
from desk.windows.village_accounts.rules.means import Means
from desk.windows.village_accounts.rules.original_kinds import OriginalKind, Purpose, Share
from desk.windows.village_accounts.rules.originals import CODE_LIMIT, ISSUER_LIMIT, Entered
from desk.windows.village_accounts.rules.settings import (
    Limits,
    PayingOrder,
    SigningOrder,
    check_bands,
    read_days,
    read_limit,
    read_stretches,
    read_warning,
)
from desk.windows.village_accounts.rules.signing import NAME_LIMIT, Signed, SignPart
from kernel.contact import parse_phone
from kernel.errors import InvalidInput
from kernel.identity import DocumentKind, normalised_number
from kernel.money import parse_fen
from kernel.text import checked_name, checked_text
from kernel.web.fields import NoFile, NotAChoice, Typed, read_day
from services_catalog.rules.uploads import MOST_BYTES


class Needed(InvalidInput):
    message = "请填写这一项。"


def needed(limit: int) -> Callable[[str], str]:
    """Return a reader of text that has to be there. Raises: Needed, InvalidInput."""

    def read(typed: str) -> str:
        text = checked_text(typed, limit)
        if not text:
            raise Needed
        return text

    return read


def beginning() -> tuple[Means, str]:
    """Read how the money of a bundle moves, and what it is about. Raises: WrongFields."""
    typed = Typed()
    means = typed.one("means", Means)
    gist = typed.read("gist", needed(GIST_LIMIT))
    typed.finish()
    return means or Means.TRANSFER, gist or ""


def chosen(name: str) -> int:
    """Read the number of a row that was chosen. Raises: WrongFields."""
    typed = Typed()
    found = typed.read(name, _row)
    typed.finish()
    return found or 0


def claim(today: date) -> Claim:
    """Read a paper; of a white slip whatever it says. Raises: WrongFields."""
    typed = Typed()
    kind, purpose = typed.one("kind", OriginalKind), typed.one("purpose", Purpose)
    is_nothing = kind is OriginalKind.WHITE_SLIP
    read = typed.optional if is_nothing else typed.read
    issuer = read("issuer", needed(ISSUER_LIMIT))
    day, face = read("issued_on", read_day), read("face", parse_fen)
    amount = typed.optional("amount", parse_fen)
    code, number = (typed.text(name, CODE_LIMIT) for name in ("code", "number"))
    capitals = read("capitals", needed(NAME_LIMIT))
    gist = typed.read("gist", needed(GIST_LIMIT))
    share = typed.choice("share", Share) or Share.WHOLE
    payee = _payee(typed)
    red_code, red_number = (typed.text(name, CODE_LIMIT) for name in ("red_code", "red_number"))
    typed.finish()
    entered = Entered(
        kind or OriginalKind.WHITE_SLIP,
        purpose or Purpose.GOODS,
        code,
        number,
        issuer or "",
        day or today,
        face or 0,
        (face or 0) if amount is None else amount,
        gist or "",
        share,
    )
    return Claim(entered, capitals or "", payee, (red_code, red_number))


def _payee(typed: Typed) -> tuple[str, str, str]:
    name = typed.optional("payee_name", checked_name)
    document = typed.optional(
        "payee_document", lambda text: normalised_number(DocumentKind.RESIDENT_ID, text)
    )
    phone = typed.optional("payee_phone", lambda text: parse_phone(text).stored)
    return name or "", document or "", phone or ""


def maybe_scan(title: str, name: str = "file") -> ScannedPaper | None:
    """Read the picture that came along, where one did. Raises: as `read_scan`."""
    file = request.files.get(name)
    if file is None or not file.filename:
        return None
    with file.stream as stream:
        return read_scan(AttachedTo.OTHER, title, stream.read(MOST_BYTES + 1))


def scan(title: str) -> ScannedPaper:
    """Read the picture. Raises: NoFile, and as `read_scan`."""
    found = maybe_scan(title)
    if found is None:
        raise NoFile
    return found


def signatures(parts: Sequence[SignPart]) -> list[Signed]:
    """Read who signed on which day. Raises: WrongFields."""
    typed = Typed()
    both = [
        (part, typed.read(f"name_{part}", checked_name), typed.read(f"on_{part}", read_day))
        for part in parts
    ]
    typed.finish()
    return [Signed(part, name, day) for part, name, day in both if name and day]


def reasons() -> tuple[list[ReturnReason], str]:
    """Read why a bundle goes back. Raises: WrongFields."""
    typed = Typed()
    note = typed.text("note", NOTE_LIMIT)
    typed.finish()
    return [one for one in RETURN_NAMES if f"reason_{one}" in request.form], note


def payment() -> tuple[str, date]:
    """Read the number of the bank's slip and the day. Raises: WrongFields."""
    typed = Typed()
    slip, day = typed.text("slip", CODE_LIMIT), typed.read("paid_on", read_day)
    typed.finish()
    return slip, day or date.min


def sorting(uses: Sequence[int]) -> Sorted:
    """Read into which account each use goes. Raises: WrongFields."""
    typed = Typed()
    day, gist = typed.read("entry_on", read_day), typed.read("gist", needed(GIST_LIMIT))
    accounts = {use: typed.read(f"account_{use}", _row) or 0 for use in uses}
    money = typed.read("money", _row)
    typed.finish()
    return Sorted(day or date.min, gist or "", accounts, money or 0)


def _row(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        raise NotAChoice
    return int(typed)


def limits() -> Limits:
    """Read the town's limits. Raises: WrongFields, BandsBackwards, DayBelowOne."""
    typed = Typed()
    small, small_day, cash, one_pen, joint, committee = (
        typed.read(f"{name}_fen", read_limit) or 0
        for name in ("small", "small_day", "cash", "one_pen", "joint", "committee")
    )
    rent, end = (typed.read(name, read_warning) or 0 for name in ("rent_days", "end_days"))
    signing = typed.one("signing_order", SigningOrder)
    paying = typed.one("paying_order", PayingOrder)
    days = typed.read("reporting_days", read_stretches)
    review = typed.read("review_days", read_days)
    typed.finish()
    found = Limits(
        small_fen=small,
        cash_fen=cash,
        one_pen_fen=one_pen,
        joint_fen=joint,
        committee_fen=committee,
        signing_order=signing or SigningOrder.SUPERVISE_FIRST,
        paying_order=paying or PayingOrder.PAY_FIRST,
        refuses_hospitality="refuses_hospitality" in request.form,
        reporting_days=days or "",
        review_days=review or 0,
        small_day_fen=small_day,
        rent_days=rent,
        end_days=end,
    )
    check_bands(found)
    return found
