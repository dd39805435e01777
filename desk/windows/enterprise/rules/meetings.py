"""会商纪要: who met about a project's obstacles, and who does what by when. Given out, it stays.

Source: domain notes on 企业代办 (会商纪要); practice 11 (every paper has its number).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kernel.calendar.rules import chinese_date
from kernel.errors import InvalidInput

#: rows of the form, and the most of one meeting's minutes
MOST_POINTS = 8
NO_DAY = "——"


@dataclass(frozen=True, slots=True)
class Agreed:
    """One thing that was agreed: who does what by when."""

    who: str
    what: str
    by_on: date | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was written down of a meeting."""

    held_on: date
    place: str
    #: who took part, as the paper names them
    present: str
    agreed: tuple[Agreed, ...]
    #: the obstacles it moved
    obstacles: tuple[int, ...] = ()


class NobodyMet(InvalidInput):
    message = "请写明哪些人参加了会商。"
    field = "present"


class HeldLater(InvalidInput):
    message = "会商日期不能晚于今天，请改正。"
    field = "held_on"


class NothingAgreed(InvalidInput):
    message = "请至少写一条议定事项：谁做什么、哪天前做完。"
    field = "agreed"


class AgreedByNobody(InvalidInput):
    message = "第{place}条没有写谁来做，请补上。"
    field = "agreed"


class AgreedForThePast(InvalidInput):
    message = "第{place}条的完成日期早于会商那天，请改正。"
    field = "agreed"


def check_minutes(told: Minutes, today: date) -> None:
    """Refuse minutes that nobody could be held to.

    Raises: HeldLater, NobodyMet, NothingAgreed, AgreedByNobody, AgreedForThePast.
    """
    if told.held_on > today:
        raise HeldLater
    if not told.present:
        raise NobodyMet
    if not told.agreed:
        raise NothingAgreed
    for place, one in enumerate(told.agreed, start=1):
        if not one.who:
            raise AgreedByNobody(place=place)
        if one.by_on is not None and one.by_on < told.held_on:
            raise AgreedForThePast(place=place)


def meeting_number(year: int, serial: int) -> str:
    """Return the number printed on the minutes."""
    return f"企商〔{year}〕{serial}号"


def agreed_rows(agreed: Sequence[Agreed]) -> list[list[str]]:
    """Return what was agreed as the paper lists it."""
    return [
        [f"{place}", one.who, one.what, chinese_date(one.by_on) if one.by_on else NO_DAY]
        for place, one in enumerate(agreed, start=1)
    ]
