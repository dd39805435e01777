"""到期提醒: which mandates and papers end so soon that agent and enterprise are told, once.

What was renewed in time is not told: the newer one stands for it. Who stands in for an agent
is told as well, unless the roster says that the agent is here.
Source: house rule (the days are settings); 民法典 §173 (a mandate ends by itself).
"""

from collections.abc import Collection, Mapping
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


def told_of(
    agent_id: int, deputy_id: int | None, in_use: Collection[int], here: Mapping[int, bool]
) -> set[int]:
    """Return who is told of an ending, by account: the agent, and the deputy in copy.

    The deputy is spared while the agent is known to be `here`; the roster does not know of
    everybody. `in_use` are the accounts that are not closed.
    """
    is_here = here.get(agent_id, False) and agent_id in in_use
    told = {agent_id} if is_here else {agent_id, deputy_id}
    return {one for one in told if one is not None and one in in_use}


def reads_nobody(told: Collection[int], here: Mapping[int, bool]) -> bool:
    """Say whether everybody who is told is known to be away, so that the director is told, too."""
    return not any(here.get(one, True) for one in told)


def key_of(what: Ending, number: int, who: str) -> str:
    """Return under which key the text about an ending to somebody goes."""
    return _KEY.format(what=what, number=number, who=who)


def read_key(key: str) -> tuple[Ending, int]:
    """Return what the text of a key is about."""
    _, what, number, _ = key.split(":", 3)
    return Ending(what), int(number)
