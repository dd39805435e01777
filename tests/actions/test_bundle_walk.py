"""报账乱走: whatever is pressed, nobody reviews his own bundle, no paper is used beyond its face.

`make soak` takes twenty thousand steps. A use that is falsified with its lock off has to be seen.
"""

import random

import pytest

from bench.chaos.bundles import BundleWalk, falsified
from kernel.web.house import House

SEED, STEPS = 20261122, 250
#: what so short a walk is sure to carry through; the soak presses everything to its end
SURE = ("begin", "take", "sign", "as it should", "whole way", "post", "close")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_whatever_is_pressed_bundles_go_their_way(here: House) -> None:
    walk = BundleWalk(here, random.Random(SEED)).go(STEPS)
    assert {name: number for name, number in walk.wrong.items() if number} == {}
    never = {name for name in SURE if walk.pressed[name] == walk.refused[name]}
    assert not never, f"{never}: a button that never works tests nothing"
    assert falsified(walk), "a falsified use has to be seen"
