"""横道图: where a span of days lies on a calendar drawn a thousand units wide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDE = 1000
#: a bar of one day on a long road is still to be seen
THINNEST = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """A span on the sheet, in its units."""

    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The calendar the bars lie on."""

    first: date
    last: date

    def at(self, day: date) -> int:
        """Return where a day begins."""
        days = (self.last - self.first).days + 1
        return max(0, min(WIDE, (day - self.first).days * WIDE // days))

    def bar(self, start: date, finish: date) -> Bar:
        """Return where a span lies, both days within."""
        x = min(self.at(start), WIDE - THINNEST)
        return Bar(x, max(THINNEST, self.at(finish + timedelta(days=1)) - x))

    @property
    def months(self) -> list[tuple[int, date]]:
        """Return where each month begins, some left out where there are many."""
        days = [self.first]
        while days[-1] <= self.last:
            days.append((days[-1].replace(day=1) + timedelta(days=32)).replace(day=1))
        inside = days[1:-1]
        step = max(1, -(-len(inside) // 12))
        return [(self.at(day), day) for day in inside[::step]]


def sheet(days: Sequence[date]) -> Sheet:
    """Return a calendar on which all of these days find room."""
    return Sheet(min(days), max(days))
