"""路线图对账: projects on random road maps, with holds and holidays, against two other reckonings.

One lives each day in turn, the other is the graph library's longest path. The control forgets
the holidays.
"""

import random

from bench.chaos.deadlines import THE_CALENDAR
from bench.chaos.verdicts import Verdict
from bench.road_oracle import Road, a_road, lived, longest_path, plain
from kernel.calendar.rules import WorkingCalendar

WITHOUT_HOLIDAYS = WorkingCalendar(THE_CALENDAR.published)
CONTROLS = 100


def run(dice: random.Random, roads: int) -> Verdict:
    """Compare every day and every longest way of so many roads; return what differs."""
    days, ways = 0, 0
    for place in range(roads):
        road = a_road(dice, is_mixed=place % 2 == 0)
        found = road.reckoned(THE_CALENDAR).errands
        days += lived(road, THE_CALENDAR) != {key: one.finish_on for key, one in found.items()}
        other = plain(a_road(dice, is_mixed=False))
        left = any(not one.is_over for one in other.errands)
        wanted = longest_path(other, THE_CALENDAR) if left else 0
        ways += other.reckoned(THE_CALENDAR).days_left != wanted
    control = sum(_differs(a_road(dice, is_mixed=True)) for _ in range(CONTROLS))
    done = f"{roads:,} road maps lived through, {roads:,} measured as graphs"
    return Verdict("a road ends when it is said to", done, {"days": days, "ways": ways}, control)


def _differs(road: Road) -> bool:
    """Say whether a calendar without holidays gives another day somewhere."""
    found = road.reckoned(WITHOUT_HOLIDAYS).errands
    return lived(road, THE_CALENDAR) != {key: one.finish_on for key, one in found.items()}
