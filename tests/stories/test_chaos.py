"""捣乱: kills in the size that fits a test run, with their control."""

import random

import pytest

from bench.chaos import kills
from bench.chaos.verdicts import Verdict
from tests.stories.keeping import SEED, assert_kept


def test_what_was_answered_survives_sixty_kills() -> None:
    assert_kept(kills.run(60, random.Random(SEED)))


@pytest.mark.parametrize("breach", ["lost", "half"])
def test_a_verdict_with_a_breach_is_not_kept(breach: str) -> None:
    assert not Verdict("promise", "done", {breach: 1}, control=1).is_kept
    assert not Verdict("promise", "done", {breach: 0}, control=0).is_kept
