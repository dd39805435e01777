"""值日轮值: whose turn it is to answer for the hall."""

from collections.abc import Sequence
from datetime import date

from kernel.errors import Refusal

#: of which a month can be shown
YEARS = range(2000, 3000)


class NotALeader(Refusal):
    message = "请从列出的值班领导里选一位。"
    status = 422
    field = "leader"


def turn(day: date, leaders: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return the leader (name, title) whose turn `day` is, when turns simply follow each other."""
    return leaders[day.toordinal() % len(leaders)]
