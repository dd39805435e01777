"""跑腿账、按历史推算、晚于目标: what a leader reads, by golden cases."""

from datetime import date

import pytest

from desk.windows.enterprise.rules.history import Pace, by_history, pace
from desk.windows.enterprise.rules.leaders import Slip, days_late, reasons
from desk.windows.enterprise.rules.own_page import (
    NotYetToRate,
    PoorNeedsWords,
    RatedAlready,
    RatingLevel,
    check_rating,
)
from desk.windows.enterprise.rules.projects import Turn
from desk.windows.enterprise.rules.schedule import Almanac, ErrandFacts
from desk.windows.enterprise.rules.trips import Carried, Trips, by_agent, trips
from kernel.calendar.rules import WorkingCalendar
from kernel.errors import Refusal
from services_catalog.rules.limits import LimitUnit, TimeLimit

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
PLAIN = WorkingCalendar(frozenset())


@pytest.mark.parametrize(
    ("carried", "counted", "why"),
    [
        ([], (0, 0, 0), "nothing carried, nothing spared"),
        ([(1, "住建局", MONDAY)], (1, 1, 0), "one matter is one trip"),
        ([(1, "住建局", MONDAY)] * 5, (1, 5, 4), "five matters on one trip spare four"),
        (
            [(1, "住建局", MONDAY), (1, "住建局", TUESDAY)],
            (2, 2, 0),
            "another day is another trip",
        ),
        ([(1, "住建局", MONDAY), (1, "水利局", MONDAY)], (2, 2, 0), "another bureau, too"),
        ([(1, "住建局", MONDAY), (2, "住建局", MONDAY)], (2, 2, 0), "and another agent"),
    ],
)
def test_a_trip_is_one_agent_at_one_bureau_on_one_day(
    carried: list[tuple[int, str, date]], counted: tuple[int, int, int], why: str
) -> None:
    found = trips(Carried(*one) for one in carried)
    assert (found.made, found.matters, found.spared) == counted, why


def test_who_spared_the_most_comes_first() -> None:
    rows = [Carried(1, "住建局", MONDAY), *[Carried(2, "住建局", MONDAY)] * 3]
    assert list(by_agent(rows).items()) == [(2, Trips(1, 3)), (1, Trips(1, 1))]


@pytest.mark.parametrize(
    ("days", "least", "told", "why"),
    [
        ([], 1, None, "nothing has ended"),
        ([3, 4, 5, 6], 5, None, "four are too few where five are asked for"),
        ([5, 3, 4, 7, 6], 5, Pace(3, 6), "all but the slowest fifth took six"),
        ([2] * 9 + [90], 5, Pace(2, 2), "one that lay for months does not set the pace"),
        (list(range(1, 11)), 5, Pace(2, 8), "the quickest two and the slowest two are left out"),
        ([4], 1, Pace(4, 4), "one alone, where the town says one is enough"),
        ([], 0, None, "a setting of nothing does not make something of nothing"),
    ],
)
def test_the_pace_of_an_item_needs_enough_history(
    days: list[int], least: int, told: Pace | None, why: str
) -> None:
    assert pace(days, least) == told, why


def errand(key: str, *needs: str, days: int = 10, done_on: date | None = None) -> ErrandFacts:
    limit = TimeLimit(days, LimitUnit.WORKING)
    return ErrandFacts(key, limit, needs, begun_on=done_on, done_on=done_on)


def told(errands: list[ErrandFacts], paces: dict[str, Pace]) -> tuple[str, str, int, int] | None:
    found = by_history(errands, paces, MONDAY, MONDAY, Almanac(PLAIN, MONDAY))
    if found is None:
        return None
    return f"{found.earliest_on:%m-%d}", f"{found.latest_on:%m-%d}", found.known, found.left


@pytest.mark.parametrize(
    ("errands", "paces", "expected", "why"),
    [
        ([errand("A")], {}, None, "no history"),
        ([errand("A", done_on=MONDAY)], {"A": Pace(1, 2)}, None, "nothing is left"),
        ([errand("A")], {"A": Pace(2, 5)}, ("03-04", "03-09", 1, 1), "quick and slow"),
        (
            [errand("A"), errand("B", "A", days=1)],
            {"A": Pace(2, 5)},
            ("03-05", "03-10", 1, 2),
            "what has no history takes its promise",
        ),
        (
            [errand("A", done_on=MONDAY), errand("B", "A")],
            {"A": Pace(30, 60), "B": Pace(1, 3)},
            ("03-03", "03-05", 1, 1),
            "what is over stays as it was",
        ),
    ],
)
def test_a_project_ends_between_two_days_as_far_as_history_tells(
    errands: list[ErrandFacts],
    paces: dict[str, Pace],
    expected: tuple[str, str, int, int] | None,
    why: str,
) -> None:
    assert told(errands, paces) == expected, why


@pytest.mark.parametrize(
    ("finish", "target", "is_over", "late"),
    [
        (MONDAY, None, False, 0),
        (MONDAY, TUESDAY, False, 0),
        (TUESDAY, MONDAY, False, 1),
        (TUESDAY, MONDAY, True, 0),
    ],
)
def test_a_project_is_late_by_civil_days(
    finish: date, target: date | None, *, is_over: bool, late: int
) -> None:
    assert days_late(finish, target, is_over=is_over) == late


def test_reasons_name_what_stands_in_the_way_first() -> None:
    slip = Slip([(Turn.ENTERPRISE, 2), (Turn.BUREAU, 1)], ["水管没接"], is_open_ended=True)
    assert reasons(slip)[0] == "问题：水管没接"
    assert reasons(slip)[1:3] == ["等企业2项", "等承办单位1项"]
    assert reasons(Slip([])) == []


@pytest.mark.parametrize(
    ("level", "words", "is_over", "is_rated", "refused"),
    [
        (RatingLevel.GOOD, "", True, False, None),
        (RatingLevel.BAD, "示例：慢", True, False, None),
        (RatingLevel.BAD, " ", True, False, PoorNeedsWords),
        (RatingLevel.GOOD, "", False, False, NotYetToRate),
        (RatingLevel.GOOD, "", True, True, RatedAlready),
    ],
)
def test_a_project_is_rated_once_at_its_end(
    level: RatingLevel,
    words: str,
    *,
    is_over: bool,
    is_rated: bool,
    refused: type[Refusal] | None,
) -> None:
    if refused is None:
        check_rating(level, words, is_over=is_over, is_rated=is_rated)
        return
    with pytest.raises(refused):
        check_rating(level, words, is_over=is_over, is_rated=is_rated)
