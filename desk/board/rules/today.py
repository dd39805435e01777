"""今日: what the day's page counts at each window, and how."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desk.cases.rules.countdowns import COUNTDOWN_NAMES, CountdownKind
from desk.cases.rules.lights import Light
from services_catalog.rules.items import Window

#: 报表 of reds: how far back the day's page counts annulments, days
ANNULLED_WITHIN = 30
#: how far back the day's page lists missed sign-ins, days
MISSED_WITHIN = 7


@dataclass(frozen=True, slots=True)
class WindowDay:
    """One window's day."""

    window: Window
    received: int = 0
    accepted: int = 0
    closed: int = 0
    #: of what is being handled
    lights: Mapping[Light, int] = field(default_factory=dict)
    #: open, and no promise runs yet: waiting for papers, or for the body that accepts
    waiting: int = 0
    #: held past the day the hold was to end; they are counted under their lights too
    overrun: int = 0

    @property
    def open(self) -> int:
        """Return how many cases are open."""
        return self.waiting + sum(self.lights.values())


def step_name(kind: CountdownKind) -> str:
    """Return what a step is called."""
    return COUNTDOWN_NAMES[kind]
