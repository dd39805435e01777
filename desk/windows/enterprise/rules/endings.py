"""到期提醒: which mandates and papers end so soon that agent and enterprise are told, once.

What was renewed in time is not told: the newer one stands for it.
Source: house rule (the days are settings); 民法典 §173 (a mandate ends by itself).
"""

from datetime import date, timedelta
from enum import StrEnum


class Ending(StrEnum):
    """What ends."""

    MANDATE = "mandate"  # 委托书
    PAPER = "paper"  # 库中材料


#: as a text names it: no more than that
ENDING_NAMES = {Ending.MANDATE: "代办委托书", Ending.PAPER: "库中材料"}
_KEY = "ending:{what}:{number}:{who}"


def horizon(today: date, days: int) -> date:
    """Return the last day on which what ends is told today."""
    return today + timedelta(days=days)


def is_near(until_on: date, today: date, days: int) -> bool:
    """Say whether something that ends on a day has not ended, and is to be told."""
    return today <= until_on <= horizon(today, days)


def key_of(what: Ending, number: int, who: str) -> str:
    """Return under which key the text about an ending to somebody goes."""
    return _KEY.format(what=what, number=number, who=who)


def read_key(key: str) -> tuple[Ending, int]:
    """Return what the text of a key is about."""
    _, what, number, _ = key.split(":", 3)
    return Ending(what), int(number)
