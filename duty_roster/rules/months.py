"""整月排班: a whole month for all three kinds of duty, and in words where it cannot be done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from duty_roster.rules.breaks import Break, Facts, Rule, shortages
from duty_roster.rules.drawing import Carried, Pool, TooHard, draw, fill_what_can_be
from duty_roster.rules.people import Member, both_away
from duty_roster.rules.shifts import (
    DUTY_NAMES,
    Burden,
    Duty,
    DutyTerms,
    Place,
    Turn,
    burdens_of,
    days_of_month,
    places_of,
)
from kernel.calendar.rules import WorkingCalendar


@dataclass(frozen=True, slots=True)
class DrawnMonth:
    """A month's turns, and why they are not all lawful, if they are not."""

    turns: list[Turn]
    reasons: list[Break] = field(default_factory=list)


def draw_month(
    first: date,
    facts: Facts,
    year: Sequence[Turn],
    calendar: WorkingCalendar,
    terms: DutyTerms,
) -> DrawnMonth:
    """Draw up the month that begins on `first`, evenly with `year`, the turns before it.

    Hard rules are never broken: where they cannot all hold, places stay empty, and the reasons
    say which rule, on which days.
    """
    days = list(days_of_month(first))
    places = places_of(iter(days), calendar, terms)
    apart = both_away(facts.members, facts.absences, days)
    month = DrawnMonth(
        [],
        [
            Break(day, Rule.ONE_AT_HOME, f"{day.month}月{day.day}日书记和乡长都外出")
            for day in apart
        ],
    )
    counts = carried(year, calendar, terms, facts.members, first)
    for duty in Duty:
        mine = [place for place in places if place.duty is duty]
        if mine:
            pool = _pool(mine, facts, counts, calendar, terms)
            people, reasons = _drawn(duty, pool)
            month.turns.extend(map(Turn, mine, people))
            month.reasons.extend(reasons)
    month.turns.sort(key=lambda turn: turn.place.rank)
    return month


def _drawn(duty: Duty, pool: Pool) -> tuple[Sequence[int | None], list[Break]]:
    try:
        found = draw(pool)
    except TooHard:
        found = None
    if found is not None:
        return found, []
    partial = fill_what_can_be(pool)
    reasons = shortages(pool.places, pool.free, pool.gap_days)
    if not reasons:
        at = pool.places[partial.index(None) if None in partial else 0].day
        words = (
            f"{at.month}月{at.day}日前后{DUTY_NAMES[duty]}外出太集中，间隔{pool.gap_days}天排不开"
        )
        reasons = [Break(at, Rule.GAP, words)]
    return partial, reasons


def _pool(
    places: Sequence[Place],
    facts: Facts,
    counts: Carried,
    calendar: WorkingCalendar,
    terms: DutyTerms,
) -> Pool:
    days = sorted({place.day for place in places})
    free = {
        one.person: frozenset(day for day in days if may_serve(one, day, facts, terms))
        for one in facts.members
        if one.duty is places[0].duty
    }
    burdens = [burdens_of(place.shift, calendar, terms) for place in places]
    return Pool(places, burdens, free, terms.gap_days, counts)


def may_serve(member: Member, day: date, facts: Facts, terms: DutyTerms) -> bool:
    """Say whether somebody is there on a day, and rested from the turns around the month."""
    if not member.is_on_the_roll(day) or facts.is_away(member.person, day):
        return False
    mine = (turn.place.day for turn in facts.around if turn.person == member.person)
    return all(abs((day - other).days) > terms.gap_days for other in mine)


def carried(
    year: Iterable[Turn],
    calendar: WorkingCalendar,
    terms: DutyTerms,
    members: Sequence[Member],
    first: date,
) -> dict[int, dict[Burden, int]]:
    """Return what everybody has carried this year before `first`.

    Who joined during the year is counted as if they had carried what the least burdened of the
    others has: nobody catches up on months in which they were not there.
    """
    counts = {one.person: dict.fromkeys(Burden, 0) for one in members}
    for turn in year:
        if turn.person in counts and turn.place.day.year == first.year and turn.place.day < first:
            for burden in burdens_of(turn.place.shift, calendar, terms):
                counts[turn.person][burden] += 1
    for duty in Duty:
        _credit_who_joined([one for one in members if one.duty is duty], counts, first)
    return counts


def _credit_who_joined(
    members: Sequence[Member], counts: Mapping[int, dict[Burden, int]], first: date
) -> None:
    began = date(first.year, 1, 1)
    novices = [one.person for one in members if one.from_on and began < one.from_on <= first]
    others = [counts[one.person] for one in members if one.person not in novices]
    for person in novices if others else []:
        for burden in Burden:
            least = min(mine[burden] for mine in others)
            counts[person][burden] = max(counts[person][burden], least)
