"""突发事件的表单: what is tapped and typed on a phone at night."""

from datetime import datetime

from flask import request

from desk.incidents.actions import First
from desk.incidents.actions.calls import Attempt
from desk.incidents.rules.calls import WIDE_WAYS, Contact, Outcome, Way
from desk.incidents.rules.kinds import IncidentKind, LineKind
from desk.incidents.rules.listing import LABEL_LIMIT, NAME_LIMIT, Entry
from desk.incidents.rules.reporting import Times, read_minutes
from duty_roster.rules.log import read_moment
from kernel.contact import parse_phone
from kernel.text import whole_number
from kernel.town.records import Village
from kernel.web.fields import NotAChoice, Typed

GIST_LIMIT, PLACE_LIMIT, TEXT_LIMIT = 500, 60, 500


def first(villages: list[Village]) -> First:
    """Read what has happened, where, and who says so."""
    typed = Typed()
    kind = typed.choice("kind", IncidentKind)
    found = {str(one.id): one for one in villages}.get(request.form.get("village", ""))
    gist, place = typed.text("gist", GIST_LIMIT), typed.text("place", PLACE_LIMIT)
    source = typed.text("source", PLACE_LIMIT)
    typed.finish()
    return First(kind or IncidentKind.OTHER, found, place, gist, source)


def attempt() -> Attempt:
    """Read which button was tapped beside a name."""
    typed = Typed()
    outcome = typed.choice("outcome", Outcome)
    way = typed.choice("way", Way)
    typed.finish()
    if outcome is None or way is Way.TEXT:
        raise NotAChoice
    return Attempt(outcome, way or Way.PHONE, "deputy" in request.form)


def announcement() -> tuple[Way, set[int]]:
    """Read who was told by one announcement, and by what."""
    typed = Typed()
    way = typed.choice("way", Way)
    typed.finish()
    if way not in WIDE_WAYS:
        raise NotAChoice
    typed_calls = map(whole_number, request.form.getlist("calls"))
    return way, {one for one in typed_calls if one is not None}


def words(name: str) -> str:
    """Read one text."""
    typed = Typed()
    text = typed.text(name, TEXT_LIMIT)
    typed.finish()
    return text


def line(now: datetime) -> tuple[LineKind, str, datetime]:
    """Read a line of the timeline, with the time of day it happened at."""
    typed = Typed()
    kind = typed.choice("kind", LineKind) or LineKind.SITUATION
    happened_at = typed.read("at", lambda text: read_moment(text, now)) or now
    text = typed.text("text", TEXT_LIMIT)
    typed.finish()
    return kind, text, happened_at


def made_report() -> tuple[str, str]:
    """Read to whom something was reported, and a word with it."""
    typed = Typed()
    found = typed.text("to_whom", PLACE_LIMIT), typed.text("note", TEXT_LIMIT)
    typed.finish()
    return found


def entry() -> Entry:
    """Read an entry of a kind's list."""
    typed = Typed()
    kind = typed.choice("kind", IncidentKind)
    label, unit = typed.text("label", LABEL_LIMIT), typed.text("unit_code", 20)
    contact = Contact(
        typed.text("who", NAME_LIMIT),
        _phone(typed, "phone"),
        typed.text("deputy", NAME_LIMIT),
        _phone(typed, "deputy_phone"),
    )
    typed.finish()
    if kind is None:
        raise NotAChoice
    return Entry(kind, label, unit, contact)


def times() -> Times:
    """Read the reporting times."""
    typed = Typed()
    names = ("phone", "written", "follow_up", "final", "text")
    found = {name: typed.read(name, read_minutes) or 1 for name in names}
    typed.finish()
    return Times(**found)


def _phone(typed: Typed, name: str) -> str:
    phone = typed.optional(name, parse_phone)
    return phone.display.replace(" ", "") if phone else ""
