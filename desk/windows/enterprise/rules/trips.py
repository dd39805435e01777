"""跑腿账: how many trips were made, and how many were spared by carrying several matters at once.

Source: house rule, written on every page that shows the figure.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

DEFINITION = (
    "一趟：同一位代办员、同一天、到同一个承办单位；带件：那天递到那里的事项（要送到承办单位的才算）；"
    "少跑：带件减趟数，就是一件一趟要多跑的。"
)


@dataclass(frozen=True, slots=True)
class Carried:
    """A matter that was carried to a bureau."""

    agent_id: int
    bureau: str
    day: date


@dataclass(frozen=True, slots=True)
class Trips:
    """Trips made, and the matters carried on them."""

    made: int
    matters: int

    @property
    def spared(self) -> int:
        """Return how many more there would have been with one matter each."""
        return self.matters - self.made


def trips(carried: Iterable[Carried]) -> Trips:
    """Count: one agent at one bureau on one day is one trip."""
    matters = Counter(carried)
    return Trips(len(matters), matters.total())


def by_agent(carried: Iterable[Carried]) -> dict[int, Trips]:
    """Count the same for each agent, who spared the most first."""
    mine: dict[int, list[Carried]] = {}
    for one in carried:
        mine.setdefault(one.agent_id, []).append(one)
    counted = {agent_id: trips(rows) for agent_id, rows in mine.items()}
    return dict(sorted(counted.items(), key=lambda pair: -pair[1].spared))
