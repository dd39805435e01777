"""排班: drawn fairly, never unlawfully; where it cannot be done, it says which rule and when."""

import random
from datetime import date, datetime, time
from itertools import pairwise

import pytest

from bench.rota import CALENDAR, broken, compared, cost, least_cost, short_months
from duty_roster.rules.breaks import Facts, Rule, StillBroken, breaks, check_publishable
from duty_roster.rules.drawing import Pool, draw
from duty_roster.rules.months import carried, draw_month
from duty_roster.rules.people import (
    Away,
    EndsBeforeItBegins,
    Member,
    Seat,
    both_away,
    check_span,
)
from duty_roster.rules.shifts import (
    Burden,
    Duty,
    DutyTerms,
    Pattern,
    Place,
    Shift,
    ShiftKind,
    Turn,
    burdens_of,
    in_flood_season,
    shift_at,
    shifts_of,
    span_of,
)
from kernel.calendar.rules import ONE_DAY
from kernel.clock import TOWN_TZ

TERMS = DutyTerms()
TWO_SHIFTS = DutyTerms(workday=Pattern.DAY_NIGHT, restday=Pattern.DAY_NIGHT)
MARCH = date(2026, 3, 1)
NAMES = "甲乙丙丁戊己庚辛壬癸"


def leaders(count: int) -> list[Member]:
    return [
        Member(n, f"示例{NAMES[n - 1]}", Duty.LEADER, list(Seat)[min(n - 1, 2)])
        for n in range(1, count + 1)
    ]


def town(count: int = 6) -> list[Member]:
    officers = [Member(n, f"示例员{n}", Duty.OFFICER) for n in range(20, 30)]
    drivers = [Member(n, f"示例司{n}", Duty.DRIVER) for n in range(40, 44)]
    return [*leaders(count), *officers, *drivers]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(date(2026, 3, day), time(hour, minute), TOWN_TZ)


def of(turns: list[Turn], duty: Duty) -> list[int | None]:
    return [turn.person for turn in turns if turn.place.duty is duty]


@pytest.mark.parametrize(
    ("hour", "minute", "day", "kind"),
    [
        (7, 59, 1, ShiftKind.NIGHT),
        (8, 0, 2, ShiftKind.DAY),
        (17, 29, 2, ShiftKind.DAY),
        (17, 30, 2, ShiftKind.NIGHT),
        (23, 59, 2, ShiftKind.NIGHT),
        (0, 0, 1, ShiftKind.NIGHT),
    ],
)
def test_a_night_belongs_to_the_evening_it_began_on(
    hour: int, minute: int, day: int, kind: ShiftKind
) -> None:
    moment, drawn = at(2, hour, minute), {ShiftKind.DAY, ShiftKind.NIGHT}
    assert shift_at(moment, drawn, TWO_SHIFTS) == Shift(date(2026, 3, day), kind)
    whole = Shift(date(2026, 3, day), ShiftKind.WHOLE)
    assert shift_at(moment, {ShiftKind.WHOLE}, TWO_SHIFTS) == whole, "as the sheet was drawn up"


@pytest.mark.parametrize("terms", [TERMS, TWO_SHIFTS, DutyTerms(restday=Pattern.DAY_NIGHT)])
def test_shifts_follow_each_other_without_gap_or_overlap(terms: DutyTerms) -> None:
    days = [date(2026, 2, 10) + ONE_DAY * n for n in range(40)]
    spans = [span_of(s, terms) for day in days for s in shifts_of(day, CALENDAR, terms)]
    assert all(before[1] == after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("day", "burdens"),
    [
        (date(2026, 2, 16), {Burden.ALL, Burden.HOLIDAY}),  # a Monday of the Spring Festival
        (date(2026, 2, 21), {Burden.ALL, Burden.HOLIDAY}),  # a Saturday inside it
        (date(2026, 2, 28), {Burden.ALL}),  # a make-up Saturday
        (date(2026, 3, 7), {Burden.ALL, Burden.WEEKEND}),
        (date(2026, 4, 1), {Burden.ALL, Burden.FLOOD}),
        (date(2026, 9, 30), {Burden.ALL, Burden.FLOOD}),
    ],
)
def test_a_turn_counts_as_what_the_notice_says_of_its_day(day: date, burdens: set[Burden]) -> None:
    assert set(burdens_of(Shift(day, ShiftKind.WHOLE), CALENDAR, TERMS)) == burdens


def test_a_day_shift_of_the_flood_season_is_no_flood_night() -> None:
    assert Burden.FLOOD not in burdens_of(Shift(date(2026, 7, 6), ShiftKind.DAY), CALENDAR, TERMS)


def test_a_flood_season_may_run_over_the_turn_of_the_year() -> None:
    terms = DutyTerms(flood_from=(11, 1), flood_to=(2, 15))
    found = [in_flood_season(date(2026, month, 15), terms) for month in (1, 2, 3, 11, 12)]
    assert found == [True, True, False, True, True]


def test_a_drawn_month_breaks_nothing_and_is_the_same_again() -> None:
    facts = Facts(town(), [Away(3, date(2026, 3, 5), date(2026, 3, 20))])
    month = draw_month(MARCH, facts, [], CALENDAR, TERMS)
    assert month.reasons == []
    assert len(month.turns) == 31 * (1 + 2 + 1)
    assert breaks(month.turns, facts, TERMS) == []
    assert draw_month(MARCH, facts, [], CALENDAR, TERMS) == month


def test_a_year_comes_out_even() -> None:
    facts, year = Facts(town(7)), list[Turn]()
    for number in range(1, 13):
        around = Facts(facts.members, (), year[-40:])
        year += draw_month(date(2026, number, 1), around, year, CALENDAR, TERMS).turns
    counts = carried(year, CALENDAR, TERMS, leaders(7), date(2026, 12, 31))
    for burden in Burden:
        column = [counts[n][burden] for n in range(1, 8)]
        assert max(column) - min(column) <= 1, (burden, column)


def test_rest_holds_across_the_end_of_a_month() -> None:
    february = [Turn(Place(Shift(date(2026, 2, 28), ShiftKind.WHOLE), Duty.LEADER, 1), 1)]
    found = draw_month(MARCH, Facts(town(), (), february), february, CALENDAR, TERMS)
    assert 1 not in of(found.turns, Duty.LEADER)[:2]


def test_too_few_people_on_a_day_is_said_with_the_day() -> None:
    away = [Away(n, date(2026, 3, 10), date(2026, 3, 10)) for n in range(3, 7)]
    away += [Away(1, date(2026, 3, 10), date(2026, 3, 10))]
    away += [Away(2, date(2026, 3, 9), date(2026, 3, 11))]
    month = draw_month(MARCH, Facts(town(), away), [], CALENDAR, TERMS)
    rules = {(one.day.day, one.rule) for one in month.reasons}
    assert rules == {(10, Rule.ONE_AT_HOME), (10, Rule.FILLED)}
    assert "3月10日带班领导要1人次" in " ".join(one.words for one in month.reasons)
    assert of(month.turns, Duty.LEADER)[9] is None


def test_rest_that_leaves_too_few_is_said_with_its_days() -> None:
    away = [Away(n, date(2026, 3, 10), date(2026, 3, 12)) for n in (3, 4, 5, 6)]
    month = draw_month(MARCH, Facts(town(), away), [], CALENDAR, TERMS)
    assert [(one.day.day, one.rule) for one in month.reasons] == [(10, Rule.GAP)]
    assert "3月10日至3月12日" in month.reasons[0].words
    assert all(one.rule is Rule.FILLED for one in breaks(month.turns, Facts(town(), away), TERMS))


def test_who_joins_in_summer_does_not_make_up_for_the_spring() -> None:
    members = [*leaders(3), Member(9, "示例新", Duty.LEADER, from_on=date(2026, 6, 1))]
    year = [
        Turn(
            Place(Shift(date(2026, 1, 1) + ONE_DAY * n, ShiftKind.WHOLE), Duty.LEADER, 1), n % 3 + 1
        )
        for n in range(150)
    ]
    counts = carried(year, CALENDAR, TERMS, members, date(2026, 6, 1))
    assert counts[9][Burden.ALL] == 50
    assert counts[9][Burden.HOLIDAY] > 0


BROKEN = [
    ([1, 2, None], Rule.FILLED),
    ([1, 2, 2], Rule.GAP),
    ([1, 2, 1], Rule.GAP),
    ([1, 2, 99], Rule.ROLL),
    ([1, 2, 20], Rule.ROLL),
    ([1, 2, 4], Rule.AWAY),
]


@pytest.mark.parametrize(("people", "rule"), BROKEN)
def test_each_rule_is_noticed_when_it_is_broken(people: list[int | None], rule: Rule) -> None:
    facts = Facts(town(), [Away(4, date(2026, 3, 4), date(2026, 3, 4))])
    turns = [
        Turn(Place(Shift(date(2026, 3, 2 + n), ShiftKind.WHOLE), Duty.LEADER, 1), person)
        for n, person in enumerate(people)
    ]
    found = breaks(turns, facts, TERMS)
    assert {one.rule for one in found} == {rule}
    with pytest.raises(StillBroken, match="不能签发"):
        check_publishable(found)
    check_publishable(breaks(turns[:2], facts, TERMS))


def test_two_shifts_on_one_day_are_one_too_many() -> None:
    day = date(2026, 3, 2)
    kinds = (ShiftKind.DAY, ShiftKind.NIGHT)
    turns = [Turn(Place(Shift(day, kind), Duty.LEADER, 1), 1) for kind in kinds]
    assert [one.rule for one in breaks(turns, Facts(town()), TWO_SHIFTS)] == [Rule.ONCE]


def test_the_secretary_and_the_town_head_are_never_both_away() -> None:
    days = [date(2026, 3, n) for n in range(1, 8)]
    away = [Away(1, days[1], days[4]), Away(2, days[3], days[6])]
    assert both_away(leaders(4), away, days) == days[3:5]
    assert both_away([leaders(4)[0], leaders(4)[2]], away, days) == [], (
        "only one of them on the rota"
    )


@pytest.mark.parametrize(("first", "last"), [(5, 4), (1, 400)])
def test_an_absence_that_cannot_be_meant_is_refused(first: int, last: int) -> None:
    begin = date(2026, 1, 1)
    with pytest.raises(EndsBeforeItBegins):
        check_span(begin + ONE_DAY * first, begin + ONE_DAY * last)


def test_a_lawful_rota_is_found_exactly_where_there_is_one() -> None:
    """Beside a second solver, written differently, on 60 tight little months."""
    wrong, dearer = compared(random.Random(2026), 60)
    assert (wrong, dearer <= 3) == (0, True)


def test_the_comparison_would_notice_a_solver_that_gives_up_or_cheats() -> None:
    pools = list(short_months(random.Random(2026), 60))
    possible = [pool for pool in pools if least_cost(pool) is not None]
    assert 10 < len(possible) < 60, "some are possible, some are not"
    assert any(broken(pool, [pool.people[0]] * len(pool.places)) for pool in possible)
    uneven = possible[0]
    found = draw(uneven)
    assert found is not None
    assert cost(uneven, [found[0]] * len(found)) > cost(uneven, found)


def test_a_month_of_nobody_is_impossible_and_of_no_places_is_done() -> None:
    place = Place(Shift(MARCH, ShiftKind.WHOLE), Duty.LEADER, 1)
    assert draw(Pool([place], [[Burden.ALL]], {}, 1)) is None
    assert draw(Pool([], [], {1: frozenset()}, 1)) == []
