"""账龄: how old what is owed is; payments settle the oldest first.

Source: domain notes 4.4 (债权债务明细); habit of the trade (先发生先核销).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

#: until how many days, in words
BANDS: tuple[tuple[int, str], ...] = (
    (365, "一年以内"),
    (730, "一到两年"),
    (1095, "两到三年"),
    (10**6, "三年以上"),
)

HEAD = ("科目", "往来单位或个人", "余额（元）")


@dataclass(frozen=True, slots=True)
class Moved:
    """What was added to a debt (positive) or taken off it, and when."""

    on: date
    fen: int


def left(movements: Iterable[Moved]) -> list[Moved]:
    """Return what is left of a debt: each piece with its day, the oldest first.

    The sign is that of the side the balance stands on.
    """
    pieces: list[Moved] = []
    for one in movements:
        fen = one.fen
        while fen and pieces and (pieces[0].fen > 0) != (fen > 0):
            first = pieces[0]
            if abs(first.fen) > abs(fen):
                pieces[0] = Moved(first.on, first.fen + fen)
                fen = 0
            else:
                fen += first.fen
                pieces.pop(0)
        if fen:
            pieces.append(Moved(one.on, fen))
    return pieces


def banded(pieces: Iterable[Moved], today: date) -> list[int]:
    """Return how much of a debt lies in each band of age."""
    sums = [0] * len(BANDS)
    for one in pieces:
        age = (today - one.on).days
        place = next(number for number, (days, _) in enumerate(BANDS) if age <= days)
        sums[place] += one.fen
    return sums
