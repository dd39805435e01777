"""均衡: places change hands until nobody's year can be made lighter by anybody else's.

Cost is the sum of squares of what everybody carries, by kind: a place that goes from who has two
more to who has two fewer makes it fall. Only hand-overs that keep every rest are made.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from duty_roster.rules.shifts import Burden, Place

#: how much an uneven kind weighs against the others
WEIGHTS = {Burden.HOLIDAY: 40, Burden.WEEKEND: 40, Burden.ALL: 10, Burden.FLOOD: 3}
KINDS = tuple(Burden)
WATCHED = (Burden.HOLIDAY, Burden.WEEKEND)
MOST_ROUNDS = 40

Counts = dict[int, list[int]]
#: places, by their number in the month, and who takes each over
Moves = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What each place weighs, and what everybody carried before."""

    days: tuple[int, ...]
    #: of each place, the kinds (by their number) it counts as
    kinds: tuple[tuple[int, ...], ...]
    before: Mapping[int, tuple[int, ...]]

    @staticmethod
    def of(
        places: Sequence[Place],
        burdens: Sequence[Sequence[Burden]],
        carried: Mapping[int, Mapping[Burden, int]],
        people: Sequence[int],
    ) -> "Weighed":
        """Turn words into numbers, once."""
        return Weighed(
            tuple(place.day.toordinal() for place in places),
            tuple(tuple(KINDS.index(burden) for burden in entry) for entry in burdens),
            {one: tuple(carried.get(one, {}).get(kind, 0) for kind in KINDS) for one in people},
        )

    def counts_before(self) -> Counts:
        """Return everybody's counts before the month."""
        return {person: list(counts) for person, counts in self.before.items()}

    def counts(self, taken: Sequence[int]) -> Counts:
        """Return everybody's counts with a month's turns."""
        counts = self.counts_before()
        for at, person in enumerate(taken):
            self.give(counts, person, at, 1)
        return counts

    def give(self, counts: Counts, person: int, at: int, sign: int) -> None:
        """Count a place for somebody, or (-1) no longer."""
        for kind in self.kinds[at]:
            counts[person][kind] += sign

    def added(self, counts: Counts, person: int, at: int) -> int:
        """Return by how much the cost rises when somebody is given a place."""
        mine = counts[person]
        return sum(_WEIGHT[kind] * (2 * mine[kind] + 1) for kind in self.kinds[at])

    def cost(self, taken: Sequence[int]) -> int:
        """Return the weighted sum of squares."""
        counts = self.counts(taken)
        return sum(
            weight * mine[kind] ** 2
            for mine in counts.values()
            for kind, weight in enumerate(_WEIGHT)
        )

    def is_even(self, taken: Sequence[int]) -> bool:
        """Say whether nobody has two weekends or two holidays more than anybody else."""
        counts = self.counts(taken).values()
        columns = ([mine[KINDS.index(kind)] for mine in counts] for kind in WATCHED)
        return all(max(column) - min(column) <= 1 for column in columns)


_WEIGHT = tuple(WEIGHTS[kind] for kind in KINDS)


def even_out(
    weighed: Weighed, taken: Sequence[int], free: Mapping[int, frozenset[date]], gap_days: int
) -> list[int]:
    """Return the rota after every hand-over that helps: one place, two exchanged, three round."""
    table = _Table(weighed, list(taken), free, gap_days)
    for _ in range(MOST_ROUNDS):
        ways = [table.singles(), table.pairs()]
        if not any(table.round_of(moves) for moves in ways) and (
            weighed.is_even(table.taken) or not table.round_of(table.chains())
        ):
            break
    return table.taken


class _Table:
    """A rota on the table, while it is being made even."""

    def __init__(
        self,
        weighed: Weighed,
        taken: list[int],
        free: Mapping[int, frozenset[date]],
        gap_days: int,
    ) -> None:
        self.taken, self._weighed, self._gap = taken, weighed, gap_days
        self._counts = weighed.counts(taken)
        self._free = {one: {day.toordinal() for day in days} for one, days in free.items()}
        self._busy: dict[int, set[int]] = {one: set() for one in free}
        for at, person in enumerate(taken):
            self._busy[person].add(weighed.days[at])

    def round_of(self, moves: Iterator[Moves]) -> bool:
        """Make every move that helps; say whether there was one."""
        return sum(self._try(move) for move in moves) > 0

    def singles(self) -> Iterator[Moves]:
        """Yield every place in every other hand."""
        for at in range(len(self.taken)):
            for person in self._free:
                if person != self.taken[at]:
                    yield ((at, person),)

    def pairs(self) -> Iterator[Moves]:
        """Yield every two places exchanged."""
        kinds = self._weighed.kinds
        for one, other in combinations(range(len(self.taken)), 2):
            if self.taken[one] != self.taken[other] and kinds[one] != kinds[other]:
                yield ((one, self.taken[other]), (other, self.taken[one]))

    def chains(self) -> Iterator[Moves]:
        """Yield every watched place in another hand, that one's place in a third."""
        taken, days = self.taken, self._weighed.days
        for at in range(len(taken)):
            if len(self._weighed.kinds[at]) < 2:
                continue
            for person in self._free:
                near = [
                    other
                    for other, theirs in enumerate(taken)
                    if theirs == person and abs(days[other] - days[at]) <= self._gap
                ]
                if person != taken[at] and len(near) == 1:
                    yield from (((at, person), (near[0], third)) for third in self._free)

    def _try(self, moves: Moves) -> bool:
        if self._gain(moves) <= 0:
            return False
        old = tuple((at, self.taken[at]) for at, _ in moves)
        self._lift(moves)
        if all(self._fits(at, person) and self._set(at, person) for at, person in moves):
            return True
        for at, _ in moves:
            self._unset(at)
        for at, person in old:
            self._set(at, person)
        return False

    def _gain(self, moves: Moves) -> int:
        """Return by how much the cost would fall."""
        counts, change = self._counts, 0
        for at, _ in moves:
            self._weighed.give(counts, self.taken[at], at, -1)
            change += self._weighed.added(counts, self.taken[at], at)
        for at, person in moves:
            change -= self._weighed.added(counts, person, at)
            self._weighed.give(counts, person, at, 1)
        for at, person in moves:
            self._weighed.give(counts, person, at, -1)
            self._weighed.give(counts, self.taken[at], at, 1)
        return change

    def _lift(self, moves: Moves) -> None:
        for at, _ in moves:
            self._unset(at)

    def _unset(self, at: int) -> None:
        person = self.taken[at]
        if person:
            self._busy[person].discard(self._weighed.days[at])
            self._weighed.give(self._counts, person, at, -1)
            self.taken[at] = 0

    def _set(self, at: int, person: int) -> bool:
        self._busy[person].add(self._weighed.days[at])
        self._weighed.give(self._counts, person, at, 1)
        self.taken[at] = person
        return True

    def _fits(self, at: int, person: int) -> bool:
        day, busy = self._weighed.days[at], self._busy[person]
        near = range(day - self._gap, day + self._gap + 1)
        return day in self._free[person] and busy.isdisjoint(near)
