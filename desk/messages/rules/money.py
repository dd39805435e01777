"""短信费与熔断: what texts cost, when money stops them, and when a carrier is left alone.

Costs are counted in 厘, thousandths of a yuan: a part costs a few fen and a fraction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: so many failures in a row open the breaker
ERRORS_TO_OPEN = 10
LEFT_ALONE = timedelta(minutes=5)
LI_PER_FEN = 10


@dataclass(frozen=True, slots=True)
class Spent:
    """What texts cost so far, in 厘."""

    today_li: int
    month_li: int


@dataclass(frozen=True, slots=True)
class Budget:
    """What they may cost, in fen."""

    day_fen: int
    month_fen: int

    def left_li(self, spent: Spent) -> int:
        """Return what may still be spent: the budget stops before it is passed."""
        day_left = self.day_fen * LI_PER_FEN - spent.today_li
        month_left = self.month_fen * LI_PER_FEN - spent.month_li
        return min(day_left, month_left)

    def has_room(self, spent: Spent, part_li: int) -> bool:
        """Say whether one more part still fits."""
        return self.left_li(spent) >= part_li


def open_until(errors: int, now: datetime) -> datetime | None:
    """Return until when a carrier is left alone after so many failures in a row."""
    return now + LEFT_ALONE if errors >= ERRORS_TO_OPEN else None
