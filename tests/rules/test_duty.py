"""值日轮值: one leader a day, in turn."""

from datetime import date
from itertools import pairwise

from duty_roster.rules import turn
from kernel.calendar.rules import ONE_DAY

LEADERS = [("示例甲", "书记"), ("示例乙", "乡长"), ("示例丙", "副书记")]
DAYS = [date(2026, 12, 1) + ONE_DAY * number for number in range(60)]


def test_leaders_follow_each_other_without_a_gap_at_the_turn_of_the_year() -> None:
    order = [LEADERS.index(turn(day, LEADERS)) for day in DAYS]
    assert all((after - before) % len(LEADERS) == 1 for before, after in pairwise(order))


def test_the_same_day_is_always_the_same_leaders() -> None:
    assert turn(date(2026, 3, 2), LEADERS) == turn(date(2026, 3, 2), list(LEADERS))


def test_a_lone_leader_answers_every_day() -> None:
    assert {turn(day, LEADERS[:1]) for day in DAYS} == {LEADERS[0]}
