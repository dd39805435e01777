"""捣乱: kills, locks and double presses, in the size that fits a test run, with their controls."""

import random

import pytest

from bench.chaos import doubles, kills, locks, messages, numbers
from bench.chaos.verdicts import Verdict
from bench.installation import sample_town

SEED = 20261122


def assert_kept(verdict: Verdict) -> None:
    print(verdict.words)
    assert verdict.control > 0, "a check that cannot fail proves nothing"
    assert not any(verdict.breaches.values()), verdict.words


def test_what_was_answered_survives_sixty_kills() -> None:
    assert_kept(kills.run(60, random.Random(SEED)))


def test_eight_writers_at_once_are_never_told_that_the_database_is_locked() -> None:
    assert_kept(locks.run(250))


@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
def test_forms_pressed_several_times_are_one_case_each_and_no_number_is_left_out(
    kind: str, request: pytest.FixtureRequest
) -> None:
    address = request.getfixturevalue("postgres") if kind == "PostgreSQL" else ""
    dice = random.Random(SEED)
    with sample_town(address) as town:
        assert_kept(doubles.run(town, 200, dice))
        assert_kept(numbers.run(town, 50, dice))


def test_a_text_is_sent_once_whatever_the_carrier_does_and_whoever_dies() -> None:
    with sample_town() as town:
        assert_kept(messages.run(town, 100, 5, random.Random(SEED)))


@pytest.mark.parametrize("breach", ["lost", "half"])
def test_a_verdict_with_a_breach_is_not_kept(breach: str) -> None:
    assert not Verdict("promise", "done", {breach: 1}, control=1).is_kept
    assert not Verdict("promise", "done", {breach: 0}, control=0).is_kept
