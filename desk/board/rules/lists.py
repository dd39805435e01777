"""名册: what a list of cases is narrowed to, in which order, and where its next page begins.

A page is found by where the last one ended, never by counting rows, and no page looks at more
than `SCANS` of them: what it has not reached is offered to be looked at next.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desk.cases.rules.stages import OPEN, Stage
from services_catalog.rules.items import Window

PAGE = 50
#: how many cases a page looks at: few first, then as many as it ever does
SCANS = (200, 2000)
#: how many such looks an export takes at most
MOST_PAGES = 50


class Scope(StrEnum):
    """How far back a list goes."""

    OPEN = "open"  # 在办
    ALL = "all"  # 全部


class Glow(StrEnum):
    """Which light a list is narrowed to."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    STEP = "step"  # 环节超期: a step is late, the case may be in time
    HELD = "held"  # 特别程序过了预计结束日: nobody has ended a hold by its day


class Order(StrEnum):
    """What comes first."""

    NEWEST = "newest"  # 最近收件
    DUE = "due"  # 最先到期


SCOPE_NAMES = {Scope.OPEN: "在办", Scope.ALL: "全部（含已办结）"}
GLOW_NAMES = {
    Glow.RED: "■ 超期",
    Glow.YELLOW: "▲ 临期",
    Glow.GREEN: "● 按时",
    Glow.STEP: "■ 环节超期",
    Glow.HELD: "▲ 特别程序过了预计结束日",
}
ORDER_NAMES = {Order.NEWEST: "最近收件在前", Order.DUE: "最先到期在前"}


@dataclass(frozen=True, slots=True)
class Days:
    """From one civil day to another, both included; None is open."""

    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        """Say whether either end is set."""
        return self.first is not None or self.last is not None


@dataclass(frozen=True, slots=True)
class Sought:
    """What a list is narrowed to."""

    windows: tuple[Window, ...]
    scope: Scope = Scope.OPEN
    stage: Stage | None = None
    glow: Glow | None = None
    handler_id: int | None = None
    village_id: int | None = None
    item_code: str = ""
    received: Days = Days()
    due: Days = Days()
    order: Order = Order.NEWEST

    @property
    def is_open_only(self) -> bool:
        """Say whether nothing that ended can be in the list: only what runs has a light."""
        return self.scope is Scope.OPEN or self.glow is not None or self.stage in OPEN


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the day or moment it is ordered by, and the case."""

    key: date
    case_id: int


def written(place: Place) -> str:
    """Return a place as an address carries it."""
    return f"{place.key.isoformat()}_{place.case_id}"


def read_place(typed: str, order: Order) -> Place | None:
    """Return the place an address carries; whatever is garbled is the first page."""
    key, _, number = typed.rpartition("_")
    if not number.isdecimal() or len(number) > 18:
        return None
    try:
        if order is Order.DUE:
            return Place(date.fromisoformat(key), int(number))
        moment = datetime.fromisoformat(key)
    except ValueError:
        return None
    return Place(moment, int(number)) if moment.tzinfo else None
