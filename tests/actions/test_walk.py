"""乱走: two thousand presses of any button in any order leave every promise about time kept.

`make soak` takes twenty thousand. Each cheat breaks one promise, and has to be seen.
"""

import random

import pytest

from bench.walk.cheats import CHEATS
from bench.walk.walker import Walk
from kernel.clock import FixedClock
from kernel.web.house import House

SEED = 20261122
STEPS = {"sqlite": 2000, "postgresql": 250}


def test_whatever_is_pressed_the_days_are_right(here: House, clock: FixedClock, kind: str) -> None:
    walk = Walk(here, clock, random.Random(SEED)).go(STEPS[kind])
    assert dict(walk.wrong) == {}
    never = {name for name in walk.table if walk.pressed[name] == walk.refused[name]}
    assert kind != "sqlite" or never <= {"pledge"}, "a button that never works tests nothing"


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("cheat", CHEATS)
def test_a_button_that_breaks_a_promise_is_seen(here: House, clock: FixedClock, cheat: str) -> None:
    assert Walk(here, clock, random.Random(SEED), CHEATS[cheat]).go(300).wrong
