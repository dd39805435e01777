"""路线图与进度: circles are named, days are what two other reckonings say, what blocks is told."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import networkx as nx
import pytest

from bench.road_oracle import Road, a_road, lived, longest_path, plain
from desk.cases.rules.deadlines import Hold
from desk.windows.enterprise.rules.bars import THINNEST, WIDE, sheet
from desk.windows.enterprise.rules.roadmaps import (
    CircleFound,
    ErrandTwice,
    NeedUnknown,
    NoErrands,
    PlannedErrand,
    check_road_map,
    circle,
    difference,
    in_order,
)
from desk.windows.enterprise.rules.schedule import ErrandFacts
from kernel.calendar.rules import WorkingCalendar
from services_catalog.rules.limits import NO_LIMIT, LimitUnit, TimeLimit
from tests.rules.test_deadlines import THE_CALENDAR as CALENDAR

ROADS = 300
SEED = 20261122
MONDAY = date(2026, 3, 2)


def planned(**needs: str) -> list[PlannedErrand]:
    """Return a road map of one-letter errands: `b="a"` needs a."""
    return [
        PlannedErrand(key, f"QY-{key}", "立项", "示例局", needs=tuple(before))
        for key, before in needs.items()
    ]


def working(days: int) -> TimeLimit:
    return TimeLimit(days, LimitUnit.WORKING)


def test_a_circle_is_refused_and_its_way_named() -> None:
    with pytest.raises(CircleFound) as refused:
        check_road_map(planned(a="", b="ad", c="b", d="c"), {"b": "用地", "c": "规划", "d": "施工"})
    assert "用地 → 规划 → 施工 → 用地" in refused.value.sentence


def test_an_errand_that_waits_for_itself_is_a_circle() -> None:
    assert circle({"a": ("a",)}) == ("a", "a")


@pytest.mark.parametrize(
    ("errands", "refusal"),
    [
        ([], NoErrands),
        (planned(a="") + planned(a=""), ErrandTwice),
        (planned(a="x"), NeedUnknown),
    ],
    ids=["none", "twice", "unknown"],
)
def test_what_is_no_road_map_is_refused(
    errands: list[PlannedErrand], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        check_road_map(errands)


def test_circles_are_found_where_the_graph_library_finds_them() -> None:
    dice = random.Random(SEED)
    found = 0
    for _ in range(ROADS):
        keys = [f"{one}" for one in range(dice.randint(1, 9))]
        needs = {key: tuple(dice.sample(keys, dice.choice((0, 0, 1, 1)))) for key in keys}
        graph = nx.DiGraph([(need, key) for key, before in needs.items() for need in before])
        way = circle(needs)
        assert bool(way) is not nx.is_directed_acyclic_graph(graph)
        found += bool(way)
        assert all(first in needs[then] for first, then in pairwise(way))
        if not way:
            place = {key: number for number, key in enumerate(in_order(needs))}
            assert all(place[need] < place[key] for key in needs for need in needs[key])
    assert 50 < found < ROADS - 50


def unlike(seed: int, number: int, calendar: WorkingCalendar) -> list[Road]:
    """Return the roads whose days differ from those somebody lived through."""
    dice = random.Random(seed)
    wrong = []
    for place in range(number):
        road = a_road(dice, is_mixed=place % 2 == 0)
        days = {key: one.finish_on for key, one in road.reckoned(CALENDAR).errands.items()}
        if days != lived(road, calendar):
            wrong.append(road)
    return wrong


def test_every_day_is_what_living_each_day_in_turn_gives() -> None:
    assert unlike(SEED, ROADS, CALENDAR) == []


def test_a_calendar_without_holidays_would_be_noticed() -> None:
    """The control."""
    weekends = WorkingCalendar(CALENDAR.published, frozenset(), frozenset())
    assert len(unlike(SEED, 40, weekends)) > 10


def test_the_longest_way_is_what_the_graph_library_finds() -> None:
    dice = random.Random(SEED + 1)
    seen = 0
    for _ in range(ROADS):
        road = plain(a_road(dice, is_mixed=False))
        found = road.reckoned(CALENDAR)
        if all(one.is_over for one in road.errands):
            assert found.days_left == 0
            continue
        seen += 1
        assert found.days_left == longest_path(road, CALENDAR)
        way = found.longest_way
        assert found.errands[way[-1]].finish_on == found.finish_on
        for first, then in pairwise(way):
            assert first in found.errands[then].blockers
    assert seen > ROADS // 2


def test_a_day_more_on_the_longest_way_ends_everything_a_day_later() -> None:
    dice = random.Random(SEED + 2)
    for _ in range(60):
        road = plain(a_road(dice, is_mixed=False))
        found = road.reckoned(CALENDAR)
        coming = [one for one in road.errands if one.key in found.longest_way and not one.begun_on]
        for one in coming:
            longer = replace(one, limit=working(one.limit.amount + 1))
            errands = tuple(longer if each is one else each for each in road.errands)
            assert (
                replace(road, errands=errands).reckoned(CALENDAR).days_left == found.days_left + 1
            )


def test_what_blocks_what_and_since_when() -> None:
    road = Road(
        (
            ErrandFacts("a", working(1), begun_on=MONDAY, done_on=date(2026, 3, 4)),
            ErrandFacts("b", working(5), ("a",), begun_on=date(2026, 3, 5)),
            ErrandFacts("c", working(3), ("a", "b"), preparation_days=2),
            ErrandFacts("d", working(1), ("c",), is_skipped=True),
            ErrandFacts("e", working(1), ("d",)),
            ErrandFacts("f", working(2)),
        ),
        MONDAY,
        date(2026, 3, 6),
    )
    found = road.reckoned(CALENDAR)
    assert found.errands["c"].blockers == ("b",)
    assert found.errands["c"].since == date(2026, 3, 4), "since then only b holds it"
    assert found.errands["e"].blockers == ("c",), "what is not needed lets its needs through"
    assert (found.errands["f"].blockers, found.errands["f"].since) == ((), MONDAY)
    assert found.longest_way == ("b", "c", "e")
    assert found.errands["b"].finish_on == date(2026, 3, 12)
    assert found.errands["c"].start_on == date(2026, 3, 16), "two working days of its own"
    assert found.finish_on == date(2026, 3, 20)


def test_what_is_late_ends_today_at_the_earliest_and_an_open_hold_leaves_the_end_open() -> None:
    late = Road((ErrandFacts("a", working(1), begun_on=MONDAY),), MONDAY, date(2026, 3, 10))
    assert late.reckoned(CALENDAR).finish_on == date(2026, 3, 10)
    held = replace(late, errands=(replace(late.errands[0], holds=(Hold(MONDAY, None),)),)).reckoned(
        CALENDAR
    )
    assert (held.finish_on, held.is_open_ended) == (date(2026, 3, 11), True)


def test_a_limit_that_gives_no_day_adds_none_and_says_so() -> None:
    road = Road((ErrandFacts("a", NO_LIMIT), ErrandFacts("b", working(1), ("a",))), MONDAY, MONDAY)
    found = road.reckoned(CALENDAR)
    assert (found.finish_on, found.is_open_ended) == (date(2026, 3, 3), True)


def test_a_new_map_tells_what_comes_what_goes_and_what_is_walked_to_its_end() -> None:
    before, after = planned(a="", b="a", c="b", d=""), planned(a="", c="a", e="c")
    found = difference(before, after, frozenset("ab"))
    assert (found.added, found.dropped) == (("e",), ("d",))
    assert (found.kept_beside, found.changed) == (("b",), ("c",))
    assert difference(before, list(reversed(before)), frozenset()).is_nothing


def test_every_bar_lies_on_its_sheet_and_is_to_be_seen() -> None:
    dice = random.Random(SEED)
    for _ in range(ROADS):
        first = MONDAY + timedelta(days=dice.randrange(900))
        days = [first + timedelta(days=dice.randrange(1500)) for _ in range(6)]
        drawn = sheet(days)
        for start, finish in pairwise(sorted(days)):
            bar = drawn.bar(start, finish)
            assert bar.x >= 0
            assert bar.x + bar.width <= WIDE
            assert bar.width >= THINNEST
        assert len(drawn.months) <= 12
        assert drawn.bar(drawn.first, drawn.last).width == WIDE
