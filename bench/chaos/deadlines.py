"""期限对账: the rule against an oracle written differently, on every start day 2004 to 2026.

Limits 0 to 60 in both units, without holds and with holds drawn for each start. The control
forgets that some weekends are worked.
"""

import random

import chinese_calendar

from bench.chaos.verdicts import Verdict
from bench.oracle import FIRST, LAST, disagreements, everything, sample, the_rule
from kernel.calendar.rules import WorkingCalendar

PUBLISHED = frozenset(range(FIRST.year, LAST.year + 1))
OFF, MAKEUP = frozenset(chinese_calendar.holidays), frozenset(chinese_calendar.workdays)
THE_CALENDAR = WorkingCalendar(PUBLISHED, OFF, MAKEUP)
WITHOUT_MAKE_UP = WorkingCalendar(PUBLISHED, OFF)
#: start days of a sample lie this far apart: 5 goes through all days of the week
APART = 5


def run(dice: random.Random, *, of_all: bool) -> Verdict:
    """Compare every deadline, or a dense sample; return what differs."""
    asked = everything(dice) if of_all else sample(dice, APART)
    compared, differing = disagreements(asked, the_rule(THE_CALENDAR))
    _, control = disagreements(sample(dice, 20 * APART), the_rule(WITHOUT_MAKE_UP))
    done = f"{compared:,} deadlines of 2004 to 2026"
    return Verdict(
        "a deadline is what another reckoning says", done, {"differ": differing}, control
    )
