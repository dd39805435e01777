"""排班: forty years of random towns: broken rules, evenness of a year, seconds a month.

A town has 6 to 14 leaders who are away at random; a year is drawn up month by month, as a town
does it, each month knowing only the turns before it. Whether a lawful rota exists is asked of a
second solver, written differently (layers of situations, forward, everything kept), on months
short enough for it; there the least possible cost is compared as well.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from time import process_time

import chinese_calendar

from bench.figures import Figure
from duty_roster.rules.drawing import Pool, TooHard, draw
from duty_roster.rules.evening import KINDS, WATCHED, WEIGHTS
from duty_roster.rules.shifts import (
    Burden,
    Duty,
    DutyTerms,
    Pattern,
    Place,
    burdens_of,
    days_of_month,
    month_after,
    places_of,
)
from kernel.calendar.rules import ONE_DAY, WorkingCalendar

SEED = 365
YEARS = range(2010, 2026)
TOWN_YEARS = 40
SMALL = 400
MOST_SITUATIONS = 30_000
CALENDAR = WorkingCalendar(
    frozenset(range(2004, 2027)),
    frozenset(chinese_calendar.holidays),
    frozenset(chinese_calendar.workdays),
)


@dataclass
class Town:
    """A random town's duty of one kind, over one year."""

    terms: DutyTerms
    duty: Duty
    people: list[int]
    away: dict[int, set[date]]


@dataclass
class Tally:
    """What was seen over all the town-years."""

    months: int = 0
    lawful: int = 0
    breaks: int = 0
    given_up: int = 0
    slowest: float = 0.0
    years: int = 0
    uneven: int = 0
    #: of those, years in which no month alone made it impossible to come closer
    needlessly: int = 0


def figures() -> list[Figure]:
    """Draw the years up, then compare with the second solver."""
    tally = Tally()
    for number in range(TOWN_YEARS):
        keep_a_year(random.Random(SEED + number), YEARS[number % len(YEARS)], tally)
    wrong, dearer = compared(random.Random(SEED), SMALL)
    return [
        Figure("rota: months drawn up", tally.lawful, f"of {tally.months}"),
        Figure("rota: searches given up", tally.given_up, "months", aim=0, at_most=True),
        Figure("rota: hard rules broken", tally.breaks, "breaks", aim=0, at_most=True),
        Figure("rota: years further apart than 1", tally.uneven, f"of {tally.years} years"),
        Figure("rota: of those, years that could", tally.needlessly, "", aim=0, at_most=True),
        Figure(
            "rota: slowest month of one duty", tally.slowest, "s of processor", aim=1, at_most=True
        ),
        Figure(f"rota: {SMALL} short months judged wrongly", wrong, "months", aim=0, at_most=True),
        Figure("rota: short months dearer than the best", dearer, f"of {SMALL}"),
    ]


def keep_a_year(chance: random.Random, year: int, tally: Tally) -> None:
    """Draw up twelve months for each kind of duty of a random town."""
    terms = DutyTerms(
        workday=Pattern.WHOLE,
        restday=chance.choice(list(Pattern)),
        gap_days=chance.choice((1, 2, 2, 3)),
    )
    for duty, most in ((Duty.LEADER, 14), (Duty.OFFICER, 24), (Duty.DRIVER, 6)):
        fewest = {Duty.LEADER: 6, Duty.OFFICER: 16, Duty.DRIVER: 4}[duty]
        town_terms = terms if duty is Duty.LEADER else replace(terms, gap_days=1)
        people = list(range(1, chance.randint(fewest, most) + 1))
        town = Town(town_terms, duty, people, absences(chance, people, year))
        kept = keep_a_duty(town, year, tally)
        if duty is Duty.LEADER and kept is not None:
            counts, forced = kept
            far = {kind for kind in WATCHED if apart(counts, kind) > 1}
            tally.years += 1
            tally.uneven += bool(far)
            tally.needlessly += bool(far - forced)


def absences(chance: random.Random, people: list[int], year: int) -> dict[int, set[date]]:
    """Return who is away when: meetings of a day or two, training, a fortnight's leave."""
    away: dict[int, set[date]] = {one: set() for one in people}
    for one in people:
        for length, times in ((1, 8), (2, 4), (6, 1), (12, 1)):
            for _ in range(chance.randint(0, times)):
                first = date(year, 1, 1) + ONE_DAY * chance.randrange(365)
                away[one] |= {first + ONE_DAY * number for number in range(length)}
    return away


def keep_a_duty(
    town: Town, year: int, tally: Tally
) -> tuple[dict[int, dict[Burden, int]], set[Burden]] | None:
    """Draw up twelve months; return what everybody carried, if every month could be lawful.

    Beside it, the kinds that in some month nobody could have brought within one.
    """
    counts = {one: dict.fromkeys(Burden, 0) for one in town.people}
    served: dict[int, list[date]] = {one: [] for one in town.people}
    first, whole, forced = date(year, 1, 1), True, set[Burden]()
    for _ in range(12):
        begun = process_time()
        pool = pool_of(town, list(days_of_month(first)), counts, served)
        found = drawn(pool, tally)
        tally.slowest = max(tally.slowest, process_time() - begun)
        tally.months += 1
        whole = whole and found is not None
        if found is not None:
            tally.lawful += 1
            tally.breaks += broken(pool, found)
            for place, burdens, person in zip(pool.places, pool.burdens, found, strict=True):
                served[person].append(place.day)
                for burden in burdens:
                    counts[person][burden] += 1
            forced |= {
                kind
                for kind in WATCHED
                if apart(counts, kind) > 1 and not could_be_even(pool, kind)
            }
        first = month_after(first)
    return (counts, forced) if whole else None


def pool_of(
    town: Town,
    days: list[date],
    counts: dict[int, dict[Burden, int]],
    served: dict[int, list[date]],
) -> Pool:
    """Return a town's people and the places of some days."""
    places = [one for one in places_of(iter(days), CALENDAR, town.terms) if one.duty is town.duty]
    rest = town.terms.gap_days
    free = {
        one: frozenset(
            day
            for day in days
            if day not in town.away[one]
            and all((day - before).days > rest for before in served[one][-3:])
        )
        for one in town.people
    }
    burdens = [burdens_of(place.shift, CALENDAR, town.terms) for place in places]
    return Pool(places, burdens, free, rest, {one: dict(mine) for one, mine in counts.items()})


def drawn(pool: Pool, tally: Tally) -> list[int] | None:
    try:
        return draw(pool)
    except TooHard:
        tally.given_up += 1
        return None


def broken(pool: Pool, found: list[int]) -> int:
    """Return how many times a rota breaks a rule, counted from the rota alone."""
    days: dict[int, list[date]] = {}
    wrong = 0
    for place, person in zip(pool.places, found, strict=True):
        wrong += place.day not in pool.free[person]
        wrong += any((place.day - day).days <= pool.gap_days for day in days.get(person, []))
        days.setdefault(person, []).append(place.day)
    return wrong


def could_be_even(pool: Pool, kind: Burden) -> bool:
    """Say whether a kind could come within one, all other places left out.

    Leaving them out only makes it easier: what is not reached here cannot be reached at all.
    """
    people = pool.people
    before = tuple(pool.carried.get(one, {}).get(kind, 0) for one in people)
    wanted = [
        place.day for place, own in zip(pool.places, pool.burdens, strict=True) if kind in own
    ]
    most = -(-(sum(before) + len(wanted)) // len(people))
    layer = {(tuple(0 for _ in people), before)} if max(before) <= most else set()
    for day in wanted:
        today, gone = day.toordinal(), day.toordinal() - pool.gap_days
        layer = {
            (
                tuple(n if n >= gone else 0 for n in (*lasts[:at], today, *lasts[at + 1 :])),
                (*counts[:at], counts[at] + 1, *counts[at + 1 :]),
            )
            for lasts, counts in layer
            for at, person in enumerate(people)
            if counts[at] < most and day in pool.free[person] and today - lasts[at] > pool.gap_days
        }
        if len(layer) >= MOST_SITUATIONS:
            return True  # not known: held against the drawing
    return any(max(counts) - min(counts) <= 1 for _, counts in layer)


def apart(counts: dict[int, dict[Burden, int]], kind: Burden) -> int:
    """Return how far the most and the least burdened are apart."""
    column = [mine[kind] for mine in counts.values()]
    return max(column) - min(column)


def compared(chance: random.Random, count: int) -> tuple[int, int]:
    """Return how many short months are judged wrongly, and how many cost more than they must."""
    wrong = dearer = 0
    for pool in short_months(chance, count):
        least = least_cost(pool)
        found = drawn(pool, Tally())
        wrong += (found is None) != (least is None) or (found is not None and broken(pool, found))
        dearer += found is not None and least is not None and cost(pool, found) > least
    return wrong, dearer


def short_months(chance: random.Random, count: int) -> Iterator[Pool]:
    """Yield tight little rotas: few people, many of them away, about half of them impossible."""
    for _ in range(count):
        length, gap = chance.randint(4, 8), chance.randint(1, 3)
        people = list(range(1, gap + 1 + chance.randint(1, 2)))
        days = [date(2025, 4, 28) + ONE_DAY * number for number in range(length)]
        terms = DutyTerms(
            gap_days=gap, restday=chance.choice(list(Pattern)) if gap == 1 else Pattern.WHOLE
        )
        away = {one: {day for day in days if chance.random() < 0.18} for one in people}
        town = Town(terms, Duty.LEADER, people, away)
        yield pool_of(town, days, {}, {one: [] for one in people})


Layer = dict[tuple[tuple[int, ...], tuple[tuple[int, ...], ...]], None]


def least_cost(pool: Pool) -> int | None:
    """Return the least cost of any lawful rota: every situation after every place, kept whole.

    A situation is when everybody last served and what everybody carries.
    """
    people = pool.people
    nobody = tuple(0 for _ in people)
    layer: Layer = {(nobody, tuple(tuple(0 for _ in KINDS) for _ in people)): None}
    for place, burdens in zip(pool.places, pool.burdens, strict=True):
        layer = {after: None for before in layer for after in _after(pool, before, place, burdens)}
    costs = [
        sum(WEIGHTS[kind] * mine[n] ** 2 for mine in counts for n, kind in enumerate(KINDS))
        for _, counts in layer
    ]
    return min(costs, default=None)


def _after(
    pool: Pool,
    before: tuple[tuple[int, ...], tuple[tuple[int, ...], ...]],
    place: Place,
    burdens: object,
) -> Iterator[tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]]:
    lasts, counts = before
    today = place.day.toordinal()
    for at, person in enumerate(pool.people):
        if place.day in pool.free[person] and today - lasts[at] > pool.gap_days:
            added = tuple(n + (kind in burdens) for n, kind in zip(counts[at], KINDS, strict=True))  # type: ignore[operator]
            yield (
                (*lasts[:at], today, *lasts[at + 1 :]),
                (*counts[:at], added, *counts[at + 1 :]),
            )


def cost(pool: Pool, found: list[int]) -> int:
    """Return what a rota costs, counted from the rota alone."""
    counts = {one: dict.fromkeys(Burden, 0) for one in pool.people}
    for person, burdens in zip(found, pool.burdens, strict=True):
        for burden in burdens:
            counts[person][burden] += 1
    return sum(WEIGHTS[kind] * n**2 for mine in counts.values() for kind, n in mine.items())
