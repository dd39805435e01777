"""公开与质询的表单: a sheet to be drafted, a step written down, a question, an answer."""

from datetime import date

from flask import request

from desk.cases.rules.attachments import MOST_BYTES
from desk.cases.rules.people import NOBODY, Person
from desk.windows.village_accounts.actions.disclosure import Happened
from desk.windows.village_accounts.actions.questions import Answering
from desk.windows.village_accounts.rules.disclosed_months import Span, months_of
from desk.windows.village_accounts.rules.open_books import NAMES_LIMIT, NOTE_LIMIT
from desk.windows.village_accounts.rules.periods import read_period
from desk.windows.village_accounts.rules.questions import ANSWER_LIMIT, ASKED_LIMIT, SHOWN_LIMIT
from kernel.contact import parse_phone
from kernel.web.fields import Typed, read_day


def sheet_months() -> tuple[int, int]:
    """Read of which months a sheet is drafted. Raises: WrongFields."""
    typed = Typed()
    span, period = typed.one("span", Span), typed.read("period", read_period)
    typed.finish()
    return months_of(span or Span.MONTH, period or 0)


def happened() -> Happened:
    """Read when something happened to a sheet, and who or where. Raises: WrongFields."""
    typed = Typed()
    on = typed.read("on", read_day)
    names, note = typed.text("names", NAMES_LIMIT), typed.text("note", NOTE_LIMIT)
    typed.finish()
    return Happened(on or date.min, names, note)


def why_dropped() -> str:
    """Read why a sheet is thrown away."""
    typed = Typed()
    note = typed.text("note", NOTE_LIMIT)
    typed.finish()
    return note


def picture() -> bytes:
    """Return the file that was chosen, or nothing; one byte more than may be kept tells."""
    file = request.files.get("file")
    return file.stream.read(MOST_BYTES + 1) if file else b""


def question() -> tuple[str, Person]:
    """Read a villager's question, and who asks where he says so. Raises: WrongFields."""
    typed = Typed()
    asked = typed.text("asked", ASKED_LIMIT)
    name = typed.text("name", NAMES_LIMIT)
    phone = typed.optional("phone", parse_phone)
    typed.finish()
    if not name and phone is None:
        return asked, NOBODY
    return asked, Person(name, phone=phone.stored if phone else "")


def answer() -> Answering:
    """Read an answer, and whether everybody may read it. Raises: WrongFields."""
    typed = Typed()
    said, shown = typed.text("answer", ANSWER_LIMIT), typed.text("shown", SHOWN_LIMIT)
    typed.finish()
    return Answering(said, shown, request.form.get("public") == "1")
