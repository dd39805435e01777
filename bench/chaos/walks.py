"""乱走一遍: cases driven through every button in any order; nothing may be wrong afterwards.

The controls are verbs that break one promise each: every one of them has to be seen.
"""

import random

from bench.chaos.verdicts import Verdict
from bench.installation import sample_town
from bench.walk.cheats import CHEATS
from bench.walk.verbs import VERBS
from bench.walk.walker import Table, Walk
from kernel.clock import FixedClock
from kernel.web.house import House

CONTROL_STEPS = 300


def run(steps: int, dice: random.Random) -> Verdict:
    """Walk so many steps; return what was found."""
    walk = _walked(steps, dice, VERBS)
    caught = [_walked(CONTROL_STEPS, dice, table).wrong.total() for table in CHEATS.values()]
    pressed, refused = walk.pressed.total(), walk.refused.total()
    done = f"{pressed:,} presses of {len(walk.pressed)} buttons, {refused:,} refused"
    found = dict(walk.wrong) or {"wrong": 0}
    return Verdict("whatever is pressed, the days are right", done, found, min(caught))


def _walked(steps: int, dice: random.Random, table: Table) -> Walk:
    """Walk through a town of its own, which goes away afterwards."""
    with sample_town() as town:
        known = town.open_house()
        clock = FixedClock(known.now())
        here = House(known.database, clock, known.settings)
        walk = Walk(here, clock, dice, table).go(steps)
        known.database.engine.dispose()
    return walk
