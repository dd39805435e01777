"""排班: a month's places of one kind filled fairly; what cannot be lawful is never drawn.

Two steps. First a lawful rota: day by day the least burdened person who may serve, going back
where that leads nowhere; a situation that failed once is never entered again, so the search is
exact as long as it stays within `MOST_STEPS`. Then the same rota, made even: places change hands
as long as the squares of what people carry over the year fall (`evening.py`).
Source: practice 30; the town's own 值班制度.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from duty_roster.rules.evening import Weighed, even_out
from duty_roster.rules.shifts import Burden, Place

MOST_STEPS = 60_000
#: different orders of equals that are tried while something is still uneven
ATTEMPTS = 3

Carried = Mapping[int, Mapping[Burden, int]]
#: who may not serve before which day, of those whose rest is not over
Resting = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """The people of one kind of duty, and the places they have to fill among them."""

    places: Sequence[Place]
    #: what each place counts as
    burdens: Sequence[Sequence[Burden]]
    #: on which of the days each person may serve at all
    free: Mapping[int, frozenset[date]]
    gap_days: int
    #: what people have carried this year before the first of these days
    carried: Carried = field(default_factory=dict)

    @property
    def people(self) -> list[int]:
        """Return everybody, in a fixed order."""
        return sorted(self.free)


class TooHard(Exception):
    """The search was given up before it found a rota or proved that there is none."""


def draw(pool: Pool) -> list[int] | None:
    """Return a person for every place, or None where no lawful rota exists.

    Raises: TooHard.
    """
    weighed = Weighed.of(pool.places, pool.burdens, pool.carried, pool.people)
    best: list[int] | None = None
    for attempt in range(ATTEMPTS):
        found = _Search(pool, weighed, attempt).run()
        if found is None:
            return None
        evened = even_out(weighed, found, pool.free, pool.gap_days)
        if best is None or weighed.cost(evened) < weighed.cost(best):
            best = evened
        if weighed.is_even(best):
            break
    return best


def fill_what_can_be(pool: Pool) -> list[int | None]:
    """Return a rota with holes, for a month that no lawful rota fills."""
    weighed = Weighed.of(pool.places, pool.burdens, pool.carried, pool.people)
    search = _Search(pool, weighed, 0)
    found: list[int | None] = []
    for at in range(len(pool.places)):
        person = next(iter(search.candidates(at)), None)
        found.append(person)
        if person is not None:
            search.take(at, person)
    return found


class _Search:
    """One walk through the places, with what it has tried."""

    def __init__(self, pool: Pool, weighed: Weighed, attempt: int) -> None:
        self._days = [place.day.toordinal() for place in pool.places]
        self._free = {
            person: frozenset(day.toordinal() for day in days) for person, days in pool.free.items()
        }
        turned = len(pool.people) and attempt % len(pool.people)
        self._order = pool.people[turned:] + pool.people[:turned]
        self._gap, self._weighed = pool.gap_days, weighed
        self._counts = weighed.counts_before()
        #: per person, the days served so far; what lies before the month is in `free` already
        self._served: dict[int, list[int]] = {person: [] for person in self._order}
        self._failed: set[tuple[int, Resting]] = set()
        self._taken: list[int] = []
        self._steps = 0

    def run(self) -> list[int] | None:
        """Return a lawful rota, or None when there is none. Raises TooHard."""
        return list(self._taken) if self._fill(0) else None

    def _fill(self, at: int) -> bool:
        if at == len(self._days):
            return True
        key = (at, self._resting(self._days[at]))
        if key in self._failed:
            return False
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooHard
        for person in self.candidates(at):
            self.take(at, person)
            if self._fill(at + 1):
                return True
            self._give_back(at, person)
        self._failed.add(key)
        return False

    def candidates(self, at: int) -> list[int]:
        """Return who may serve, the least burdened and longest rested first."""
        day = self._days[at]
        able = [one for one in self._order if self._may_serve(one, day)]
        added = self._weighed.added
        return sorted(able, key=lambda one: (added(self._counts, one, at), self._last(one)))

    def _may_serve(self, person: int, day: int) -> bool:
        return day in self._free[person] and day - self._last(person) > self._gap

    def _last(self, person: int) -> int:
        served = self._served[person]
        return served[-1] if served else 0

    def _resting(self, day: int) -> Resting:
        """Return whose last turn still matters on `day`: two walks alike in this go on alike."""
        resting = ((one, self._last(one)) for one in self._order)
        return tuple(sorted(pair for pair in resting if day - pair[1] <= self._gap))

    def take(self, at: int, person: int) -> None:
        """Give a place to somebody."""
        self._served[person].append(self._days[at])
        self._weighed.give(self._counts, person, at, 1)
        self._taken.append(person)

    def _give_back(self, at: int, person: int) -> None:
        self._served[person].pop()
        self._weighed.give(self._counts, person, at, -1)
        self._taken.pop()
