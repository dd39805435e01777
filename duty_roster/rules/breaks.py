"""冲突: which hard rules a sheet breaks, on which day, and why a month cannot be drawn at all.

Source: practice 30; the town's own 值班制度. The numbers are settings, the rules are not.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from duty_roster.rules.people import Away, Member, both_away
from duty_roster.rules.shifts import DUTY_NAMES, SHIFT_NAMES, Duty, DutyTerms, Place, Turn
from kernel.calendar.rules import ONE_DAY
from kernel.errors import Refusal


class Rule(StrEnum):
    """A hard rule; the value is what people read."""

    FILLED = "每个班位都要有人"
    ROLL = "只排名册上的人"
    AWAY = "外出的人不排班"
    ONCE = "一人一天只值一班"
    GAP = "两次值班之间要有间隔"
    ONE_AT_HOME = "书记和乡长不同时外出"


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """One rule broken on one day, in words."""

    day: date
    rule: Rule
    words: str


class StillBroken(Refusal):
    message = "还有{count}处不合规定，不能签发。第一处：{first}。"


class BreaksARule(Refusal):
    message = "这样换不合规定：{first}。"
    status = 422
    field = "deputy"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules have to know of the people."""

    members: Sequence[Member]
    absences: Sequence[Away] = ()
    #: turns before and after the days looked at, for the rest between two
    around: Sequence[Turn] = ()

    def member(self, person: int) -> Member | None:
        """Return somebody of the rota."""
        return next((one for one in self.members if one.person == person), None)

    def is_away(self, person: int, day: date) -> bool:
        """Say whether somebody is away on a day."""
        return any(one.person == person and one.covers(day) for one in self.absences)


def breaks(turns: Sequence[Turn], facts: Facts, terms: DutyTerms) -> list[Break]:
    """Return every hard rule that a sheet breaks, by day."""
    days = sorted({turn.place.day for turn in turns})
    apart = both_away(facts.members, facts.absences, days)
    found = [Break(day, Rule.ONE_AT_HOME, f"{_day(day)}书记和乡长都外出") for day in apart]
    for turn in turns:
        found += _of_a_place(turn, facts)
    return sorted({*found, *_of_rest(turns, facts, terms)})


def _of_a_place(turn: Turn, facts: Facts) -> Iterable[Break]:
    day, person = turn.place.day, turn.person
    where = f"{_day(day)}{SHIFT_NAMES[turn.place.shift.kind]}{DUTY_NAMES[turn.place.duty]}"
    if person is None:
        yield Break(day, Rule.FILLED, f"{where}没有人")
        return
    member = facts.member(person)
    if member is None or member.duty is not turn.place.duty or not member.is_on_the_roll(day):
        yield Break(day, Rule.ROLL, f"{where}{member.name if member else ''}不在名册上")
    elif facts.is_away(person, day):
        yield Break(day, Rule.AWAY, f"{where}{member.name}外出")


def _of_rest(turns: Sequence[Turn], facts: Facts, terms: DutyTerms) -> Iterable[Break]:
    mine: dict[int, list[date]] = defaultdict(list)
    shown = {turn.place.day for turn in turns}
    for turn in (*turns, *facts.around):
        if turn.person is not None:
            mine[turn.person].append(turn.place.day)
    for person, days in mine.items():
        member = facts.member(person)
        name = member.name if member else ""
        for before, after in pairwise(sorted(days)):
            if shown.isdisjoint({before, after}):
                continue
            if before == after:
                yield Break(after, Rule.ONCE, f"{_day(after)}{name}值了两班")
            elif (after - before).days <= terms.gap_days:
                words = f"{name}{_day(before)}和{_day(after)}之间不足{terms.gap_days}天"
                yield Break(after if after in shown else before, Rule.GAP, words)


def check_publishable(found: Sequence[Break]) -> None:
    """Refuse to publish a sheet that breaks a rule. Raises StillBroken."""
    if found:
        raise StillBroken(count=len(found), first=found[0].words)


def shortages(
    places: Sequence[Place], free: Mapping[int, frozenset[date]], gap_days: int
) -> list[Break]:
    """Return the shortest stretches of days for which there are not enough people.

    Within `gap_days + 1` days nobody can serve twice, so each place needs a person of its own:
    where no such pairing of places with people exists, no rota does.
    """
    found: list[Break] = []
    days = sorted({place.day for place in places})
    covered: set[date] = set()
    for length in range(1, gap_days + 2):
        for first in days:
            stretch = [first + ONE_DAY * number for number in range(length)]
            wanted = [place for place in places if place.day in stretch]
            if covered.isdisjoint(stretch) and (there := _most_paired(wanted, free)) < len(wanted):
                covered.update(stretch)
                found.append(_short(places[0].duty, stretch, (len(wanted), there), gap_days))
    return sorted(found)


def _short(duty: Duty, stretch: list[date], count: tuple[int, int], gap_days: int) -> Break:
    wanted, there = count
    rule = Rule.FILLED if len(stretch) == 1 else Rule.GAP
    span = _day(stretch[0]) + (f"至{_day(stretch[-1])}" if len(stretch) > 1 else "")
    rest = f"、间隔{gap_days}天" if len(stretch) > 1 else ""
    words = f"{span}{DUTY_NAMES[duty]}要{wanted}人次，除去外出{rest}，只排得出{there}人次"
    return Break(stretch[0], rule, words)


def _most_paired(wanted: Sequence[Place], free: Mapping[int, frozenset[date]]) -> int:
    """Return how many places can have a person of their own (augmenting paths)."""
    holder: dict[int, int] = {}

    def pair(at: int, tried: set[int]) -> bool:
        for person, days in free.items():
            if wanted[at].day in days and person not in tried:
                tried.add(person)
                if person not in holder or pair(holder[person], tried):
                    holder[person] = at
                    return True
        return False

    return sum(pair(at, set()) for at in range(len(wanted)))


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
