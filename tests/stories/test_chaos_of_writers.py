"""捣乱: many writers at once and forms pressed several times, with their controls."""

import random

import pytest

from bench.chaos import doubles, locks, numbers
from bench.installation import sample_town
from tests.stories.keeping import SEED, assert_kept


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
