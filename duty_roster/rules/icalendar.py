"""日历订阅: somebody's turns as iCalendar, the ones taken away marked as cancelled.

Source: RFC 5545: 3.1 (lines of 75 octets, CRLF), 3.3.11 (escaping), 3.6.5 (VTIMEZONE), 3.8.1.11
(STATUS), 3.8.4.7 (UID), 3.8.7.2 (DTSTAMP), 3.8.7.4 (SEQUENCE).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from duty_roster.rules.shifts import DUTY_NAMES, SHIFT_NAMES, Duty, Shift

MEDIA_TYPE = "text/calendar"
PRODUCT = "-//township-desk//duty//ZH"
OCTETS = 75
ZONE = "Asia/Shanghai"
#: China has kept one time without summer time since 1991
ZONE_LINES = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19910915T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800",
    "TZNAME:CST",
    "END:STANDARD",
    "END:VTIMEZONE",
)
CANCELLED_WORDS = "（已取消）"


@dataclass(frozen=True, slots=True)
class DutyEvent:
    """One turn of one person, or one they no longer have."""

    uid: str
    shift: Shift
    duty: Duty
    span: tuple[datetime, datetime]
    changed_at: datetime
    #: how often anything of that month was changed: a later answer outranks an earlier one
    sequence: int
    is_cancelled: bool


def icalendar(name: str, place: str, events: Iterable[DutyEvent]) -> str:
    """Return a calendar to subscribe to; `name` is its title, `place` where one sits."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    lines += [
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    lines += ZONE_LINES
    for event in events:
        lines += _lines(event, place)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _lines(event: DutyEvent, place: str) -> Iterator[str]:
    begins, ends = event.span
    words = f"{DUTY_NAMES[event.duty]}（{SHIFT_NAMES[event.shift.kind]}）"
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{event.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"LAST-MODIFIED:{event.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART;TZID={ZONE}:{begins:%Y%m%dT%H%M%S}"
    yield f"DTEND;TZID={ZONE}:{ends:%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{_escaped(words + (CANCELLED_WORDS if event.is_cancelled else ''))}"
    yield f"LOCATION:{_escaped(place)}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield "TRANSP:OPAQUE" if not event.is_cancelled else "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for sign, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, instead)
    return text


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets; no character is cut in two."""
    part, length = "", 0
    for character in line:
        octets = len(character.encode())
        if length + octets > OCTETS:
            yield part
            part, length = " ", 1
        part, length = part + character, length + octets
    yield part
