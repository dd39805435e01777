"""领导看板的表单: of which month, and which list."""

from datetime import date, timedelta

from flask import request

from desk.windows.enterprise.queries.sheets import Month
from desk.windows.enterprise.rules.leaders import SheetKind
from kernel.errors import NotFound

#: months of these years can be asked for
YEARS = range(2000, 2101)


def month(today: date) -> Month:
    """Return the month an address asks for, whole; untold, the one we are in."""
    try:
        first = date.fromisoformat(f"{request.args.get('month', '')[:7]}-01")
    except ValueError:
        first = today.replace(day=1)
    if first.year not in YEARS:
        first = today.replace(day=1)
    return Month(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def sheet_kind(name: str) -> SheetKind:
    """Return which list an address asks for. Raises NotFound."""
    if name not in set(SheetKind):
        raise NotFound
    return SheetKind(name)
