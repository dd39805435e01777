"""按历史推算: when a project ends if its errands take as long as they took before.

Of each item with enough ended errands the range is what all but the quickest and the slowest
fifth took; an item without takes its promise. Nobody's law: the hall's own experience.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desk.windows.enterprise.rules.schedule import Almanac, ErrandFacts, schedule
from services_catalog.rules.limits import LimitUnit, TimeLimit

#: the quickest and the slowest fifth are left out
QUICK, SLOW = 0.2, 0.8
#: what is older tells how it was, not how it is
LOOK_BACK_DAYS = 730


@dataclass(frozen=True, slots=True)
class Pace:
    """How many working days an item takes."""

    quick: int
    slow: int


@dataclass(frozen=True, slots=True)
class Range:
    """Between which days a project ends, as far as the hall's own history tells."""

    earliest_on: date
    latest_on: date
    #: errands whose pace is known, of those that are not over
    known: int
    left: int


def pace(days: Sequence[int], least: int) -> Pace | None:
    """Return how long an item takes; None: too few have ended to tell."""
    if len(days) < max(1, least):
        return None
    ordered = sorted(days)
    return Pace(_quantile(ordered, QUICK), _quantile(ordered, SLOW))


def _quantile(ordered: Sequence[int], share: float) -> int:
    """Return the smallest value that `share` of the values do not exceed."""
    place = -(-len(ordered) * round(share * 100) // 100)
    return ordered[max(place, 1) - 1]


def by_history(
    errands: Sequence[ErrandFacts],
    paces: Mapping[str, Pace],
    began_on: date,
    today: date,
    almanac: Almanac,
) -> Range | None:
    """Return between which days a project ends; None: no errand left has a history.

    `paces` is by errand's key.
    """
    left = [one for one in errands if not one.is_over]
    known = [one for one in left if one.key in paces]
    if not known:
        return None

    def end(days: Mapping[str, int]) -> date:
        told = [_taking(one, days.get(one.key)) for one in errands]
        return schedule(told, began_on, today, almanac).finish_on

    quick = end({key: one.quick for key, one in paces.items()})
    slow = end({key: one.slow for key, one in paces.items()})
    return Range(quick, slow, len(known), len(left))


def _taking(one: ErrandFacts, days: int | None) -> ErrandFacts:
    if days is None or one.is_over:
        return one
    # what took long before had its holds in it already
    return replace(one, limit=TimeLimit(days, LimitUnit.WORKING), holds=())
