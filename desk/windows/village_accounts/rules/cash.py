"""现金管理: how much cash may be held, how soon it is handed in, and what a count says.

Cash that anybody received goes to the bank within three days (s), never across the end of a month.
Source: domain notes 4.3 (库存现金限额, 三日内送存, 不得跨月); 会计基础工作规范 (现金盘点).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desk.cases.rules.lights import Light
from desk.windows.village_accounts.rules.periods import last_day, period_of
from kernel.errors import Refusal
from kernel.money import yuan

#: notes and coins, in fen
FACES = (100_00, 50_00, 20_00, 10_00, 5_00, 1_00, 50, 10)
MOST_PIECES = 99_999
KEEPER_LIMIT, NOTE_LIMIT = 20, 100
SOON = timedelta(days=1)


class NotCounted(Refusal):
    message = "券别张数请填整数，没有就留空。"
    status = 422


class NoKeeper(Refusal):
    message = "请填写现金由谁保管。"
    status = 422
    field = "keeper"


class Unexplained(Refusal):
    message = "盘点{counted}元，账面{book}元，相差{gap}元：请写明原因，盘盈盘亏先记入181。"
    status = 422
    field = "note"


class CountedLater(Refusal):
    message = "盘点日要在{first}以后，也不能晚于今天。"
    status = 422
    field = "counted_on"


@dataclass(frozen=True, slots=True)
class Count:
    """What was found in the cash box."""

    counted_on: date
    pieces: Mapping[int, int]
    keeper: str
    note: str

    @property
    def fen(self) -> int:
        """Return how much it was."""
        return sum(face * number for face, number in self.pieces.items())


def check_count(count: Count, book_fen: int, first: date, today: date) -> None:
    """Refuse a count that says too little. Raises: NoKeeper, CountedLater, Unexplained."""
    if not count.keeper.strip():
        raise NoKeeper
    if not first <= count.counted_on <= today:
        raise CountedLater(first=first)
    if count.fen != book_fen and not count.note.strip():
        gap = yuan(abs(count.fen - book_fen))
        raise Unexplained(counted=yuan(count.fen), book=yuan(book_fen), gap=gap)


@dataclass(frozen=True, slots=True)
class Held:
    """Cash that was received and not handed in yet."""

    on: date
    fen: int
    due_on: date


def hand_in_by(received_on: date, days: int) -> date:
    """Return by which day cash is handed in: some days later, never in another month."""
    return min(received_on + timedelta(days=days), last_day(period_of(received_on)))


def still_held(received: Iterable[tuple[date, int]], handed_in: int, days: int) -> list[Held]:
    """Return what is still held, the oldest cash having been handed in first."""
    left, held = handed_in, []
    for on, fen in sorted(received):
        gone = min(fen, left)
        left -= gone
        if fen > gone:
            held.append(Held(on, fen - gone, hand_in_by(on, days)))
    return held


def light(held: Sequence[Held], today: date) -> Light:
    """Return the light of a cash box: red once cash should have been in the bank."""
    first = min((one.due_on for one in held), default=None)
    if first is None or today < first - SOON:
        return Light.GREEN
    return Light.RED if today > first else Light.YELLOW


def over_limit(balance: int, limit: int) -> int:
    """Return by how much a village holds more cash than it may."""
    return max(0, balance - limit)
