"""看板的表单: how a list is narrowed in its address, and what the settings pages type.

An address that says something that is not there is read as if it had said nothing: a list is
looked at, nothing is changed by it.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from flask import request

from desk.board.rules.access import readable
from desk.board.rules.export import FIELD_NAMES, HEADING_LIMIT, Column, ExportField, ordered
from desk.board.rules.lists import Days, Glow, Order, Scope, Sought
from desk.board.rules.reports import BadSpan, Dimension, Measure, Span, check_span
from desk.cases.rules.countdowns import Threshold
from desk.cases.rules.lights import MOST_DAYS, MOST_SHARE, read_amount
from desk.cases.rules.stages import Stage
from kernel.access import Role
from kernel.text import checked_text
from kernel.web.fields import Typed
from services_catalog.rules.items import Window

Kind = TypeVar("Kind", bound=StrEnum)
#: what an address may narrow a list by, in the order of the form
NARROWED_BY = (
    "scope",
    "stage",
    "light",
    "window",
    "handler",
    "village",
    "item",
    "received_from",
    "received_to",
    "due_from",
    "due_to",
    "order",
)


def sought(typed: Mapping[str, str], roles: frozenset[Role]) -> Sought:
    """Return what a list is narrowed to, never beyond the windows these roles may read."""
    allowed = readable(roles)
    window = _member(Window, typed.get("window", ""))
    due = Days(_day(typed, "due_from"), _day(typed, "due_to"))
    chosen = _member(Order, typed.get("order", ""))
    return Sought(
        windows=tuple(one for one in allowed if window in (None, one)),
        scope=_member(Scope, typed.get("scope", "")) or Scope.OPEN,
        stage=_member(Stage, typed.get("stage", "")),
        glow=_member(Glow, typed.get("light", "")),
        handler_id=_number(typed.get("handler", "")),
        village_id=_number(typed.get("village", "")),
        item_code=typed.get("item", "").strip()[:60],
        received=Days(_day(typed, "received_from"), _day(typed, "received_to")),
        due=due,
        order=chosen or (Order.DUE if due else Order.NEWEST),
    )


def narrowed(typed: Mapping[str, str]) -> dict[str, str]:
    """Return the part of an address that narrows a list, for the next page and the export."""
    return {name: typed[name] for name in NARROWED_BY if typed.get(name, "").strip()}


def span(today: date) -> Span:
    """Return the span an address asks for; untold, this month until today."""
    first = _day(request.args, "first") or today.replace(day=1)
    last = _day(request.args, "last") or today
    return check_span(first, last)


def month(today: date) -> Span:
    """Return the month an address asks for, whole; untold, the one we are in."""
    try:
        first = date.fromisoformat(f"{request.args.get('month', '')[:7]}-01")
    except ValueError:
        first = today.replace(day=1)
    if not 2000 <= first.year <= 2100:
        raise BadSpan(days=31)
    return Span(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def dimension() -> Dimension:
    """Return what a report has rows for; untold, windows."""
    return _member(Dimension, request.args.get("by", "")) or Dimension.WINDOW


def figure() -> tuple[str, Measure]:
    """Return which figure of a report somebody wants to see behind: (row, column)."""
    measure = _member(Measure, request.args.get("measure", "")) or Measure.RECEIVED
    return request.args.get("row", "")[:200], measure


def threshold() -> Threshold:
    """Read when yellow begins."""
    typed = Typed()
    share = typed.read("share", lambda text: read_amount(text, MOST_SHARE))
    days = typed.read("days", lambda text: read_amount(text, MOST_DAYS))
    typed.finish()
    return Threshold(share or 0, days or 0)


def columns() -> list[Column]:
    """Read which columns the export has: ticked, numbered, each under its heading."""
    typed, chosen = Typed(), []
    for field, name in FIELD_NAMES.items():
        if field.value not in request.form.getlist("field"):
            continue
        place = typed.read(f"place_{field}", lambda text: read_amount(text, 999)) or 0
        heading = typed.read(f"heading_{field}", lambda text: checked_text(text, HEADING_LIMIT))
        chosen.append((place, Column(ExportField(field), heading or name)))
    typed.finish()
    return ordered(chosen)


def reason() -> str:
    """Read why."""
    return checked_text(request.form.get("reason", ""), 500)


def _member(kind: type[Kind], typed: str) -> Kind | None:
    return next((member for member in kind if member.value == typed), None)


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) <= 9 else None


def _day(typed: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(typed.get(name, "").strip())
    except ValueError:
        return None
