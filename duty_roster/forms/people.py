"""人员与设置的表单: what is typed about people, absences, photos and the town's terms."""

from datetime import time

from flask import request

from duty_roster.actions.people import Absence, PersonFacts
from duty_roster.records.sheets import DutySettings
from duty_roster.rules.people import AwayKind, Seat
from duty_roster.rules.photos import MOST_BYTES, Photo, read_photo
from duty_roster.rules.settings import (
    DRIVERS,
    GAPS,
    MINUTES,
    OFFICERS,
    check_hours,
    read_count,
    read_time,
)
from duty_roster.rules.shifts import Duty, Pattern
from kernel.text import checked_name
from kernel.web.fields import NotAChoice, Typed, read_day

RESPONSIBILITIES = 60


def person() -> PersonFacts:
    """Read what is typed about somebody on the rota."""
    typed = Typed()
    facts = PersonFacts(
        typed.read("name", checked_name) or "",
        typed.text("title", 40),
        typed.one("duty", Duty) or Duty.OFFICER,
        typed.choice("seat", Seat) or Seat.OTHER,
        typed.text("responsibilities", RESPONSIBILITIES),
        typed.optional("staff", _number),
        typed.day("from_on"),
        typed.day("to_on"),
    )
    typed.finish()
    return facts


def absence() -> Absence:
    """Read when and why somebody is away."""
    typed = Typed()
    kind = typed.one("kind", AwayKind)
    first, last = typed.read("first_on", read_day), typed.read("last_on", read_day)
    note = typed.text("note", 100)
    typed.finish()
    assert kind is not None
    assert first is not None
    assert last is not None
    return Absence(kind, first, last, note)


def photo() -> Photo:
    """Read an uploaded photo, no more of it than one may have."""
    file = request.files.get("photo")
    return read_photo(file.stream.read(MOST_BYTES + 1024) if file else b"")


def settings(kept: DutySettings) -> None:
    """Write what is typed about the town's terms."""
    typed = Typed()
    workday = typed.choice("workday", Pattern) or Pattern.WHOLE
    restday = typed.choice("restday", Pattern) or Pattern.WHOLE
    day_from = typed.read("day_from", read_time) or time(8)
    night_from = typed.read("night_from", read_time) or time(17, 30)
    counts = {
        name: typed.read(name, lambda text, span=span: read_count(text, span))  # type: ignore[misc]
        for name, span in (
            ("officers", OFFICERS),
            ("drivers", DRIVERS),
            ("gap_days", GAPS),
            ("nudge_minutes", MINUTES),
        )
    }
    typed.finish()
    check_hours(day_from, night_from)
    kept.workday, kept.restday = workday, restday
    kept.day_from, kept.night_from = day_from, night_from
    for name, count in counts.items():
        setattr(kept, name, count)
    kept.approves_swaps = "approves_swaps" in request.form


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotAChoice
    return int(text)


def chosen(name: str) -> int:
    """Return the number of whom or what was chosen; 0, which nothing has, for none."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
