"""值日轮值: whose turn it is to answer for the hall."""

from collections.abc import Sequence
from datetime import date


def turn(day: date, leaders: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return the leader (name, title) whose turn `day` is, when turns simply follow each other."""
    return leaders[day.toordinal() % len(leaders)]
