"""尝试次数: two tries at once are two, and what nobody reaches back to is forgotten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from kernel.attempts import Attempt, TooManyTries, count_try, forget_old_tries, tries_so_far
from kernel.clock import FixedClock
from kernel.web.house import House

SPAN = timedelta(minutes=15)


def try_it(here: House, key: str = "door:1", limit: int = 5) -> bool:
    """Try once, as a page does; say whether it was allowed."""
    try:
        with here.writing() as session:
            count_try(session, key, limit, SPAN, here.now())
    except TooManyTries:
        return False
    return True


def test_the_one_after_the_limit_is_refused_with_the_time_to_wait(here: House) -> None:
    assert [try_it(here) for _ in range(7)] == [True] * 5 + [False] * 2
    with here.writing() as session, pytest.raises(TooManyTries, match="请过15分钟再试"):
        count_try(session, "door:1", 5, SPAN, here.now())


def test_one_key_says_nothing_of_another(here: House) -> None:
    for _ in range(6):
        try_it(here)
    assert try_it(here, "door:2")


def test_the_span_runs_from_the_first_try_and_begins_anew(here: House, clock: FixedClock) -> None:
    for _ in range(5):
        assert try_it(here)
        clock.at += timedelta(minutes=2)
    assert not try_it(here)
    clock.at += timedelta(minutes=6)
    assert [try_it(here) for _ in range(6)] == [True] * 5 + [False]


def test_refused_tries_do_not_push_the_end_of_the_span_away(here: House, clock: FixedClock) -> None:
    for _ in range(5):
        try_it(here)
    for _ in range(14):
        clock.at += timedelta(minutes=1)
        assert not try_it(here)
    clock.at += timedelta(minutes=2)
    assert try_it(here)


def together(here: House, attempt: Callable[[House], bool]) -> int:
    """Try forty times in eight threads; return how many tries were allowed."""
    with ThreadPoolExecutor(8) as threads:
        return sum(threads.map(lambda _: attempt(here), range(40)))


def test_of_many_tries_at_once_no_more_than_the_limit_pass(here: House) -> None:
    assert together(here, try_it) == 5


def careless(here: House) -> bool:
    """Count as one does who reads first and writes afterwards."""
    with here.reading() as session:
        known = session.get(Attempt, "careless")
        tries = known.tries if known else 0
    with here.writing() as session:
        session.merge(Attempt(key="careless", since=here.now(), tries=tries + 1))
    return tries < 5


def test_counting_in_two_steps_would_let_more_pass(here: House) -> None:
    """The control: the same tries, counted by reading first."""
    with here.writing() as session:
        session.add(Attempt(key="careless", since=here.now(), tries=0))
    assert together(here, careless) > 5


def test_however_often_a_case_is_guessed_at_five_a_day_count(
    here: House, clock: FixedClock
) -> None:
    allowed = 0
    with here.writing() as session:
        for _ in range(300):
            day = timedelta(days=1)
            allowed += tries_so_far(session, "status:Z26-00001-1", day, clock.at) <= 5
    assert allowed == 5


def test_old_counts_are_forgotten_and_younger_ones_are_not(here: House, clock: FixedClock) -> None:
    try_it(here, "old")
    clock.at += timedelta(hours=20)
    try_it(here, "young")
    clock.at += timedelta(hours=5)
    with here.writing() as session:
        forget_old_tries(session, here.now())
    with here.reading() as session:
        assert list(session.scalars(sa.select(Attempt.key))) == ["young"]
