"""账本乱走: hundreds of presses in any order leave the books as a second reckoning has them.

`make soak` takes twenty thousand. What is falsified with a lock off has to be seen.
"""

import random

import pytest

from bench.chaos.books import CHEATS, BookWalk, falsified
from kernel.web.house import House

SEED = 20261122
STEPS = {"sqlite": 350, "postgresql": 100}


def test_whatever_is_pressed_the_books_hold(here: House, kind: str) -> None:
    walk = BookWalk(here, random.Random(SEED)).go(STEPS[kind])
    assert {name: number for name, number in walk.wrong.items() if number} == {}
    never = {name for name in walk.pressed if walk.pressed[name] == walk.refused[name]}
    assert kind != "sqlite" or not never, "a button that never works tests nothing"


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_is_falsified_is_seen(here: House) -> None:
    dice = random.Random(SEED)
    walk = BookWalk(here, dice).go(100)
    assert not walk.wrong.total()
    for cheat in CHEATS:
        assert falsified(BookWalk(here, dice, walk.set_id), walk, cheat), cheat
