"""值班设置的规矩: hours, numbers and rests that a town may set."""

import re
from datetime import time

from kernel.errors import InvalidInput, Refusal

#: "at least two 值班员 with the leader" is a default a small town may lower, not below one
OFFICERS = range(1, 7)
DRIVERS = range(4)
GAPS = range(8)
MINUTES = range(5, 241)
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])(?::00)?")


class NightBeforeDay(Refusal):
    message = "夜班开始时间要晚于早上交接时间，请改正。"
    status = 422
    field = "night_from"


def read_time(typed: str) -> time:
    """Return a time of day written 17:30. Raises InvalidInput."""
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        raise InvalidInput(sentence="时间请写成 17:30 这样。")
    return time(int(found[1]), int(found[2]))


def read_count(typed: str, span: range) -> int:
    """Return a whole number within `span`. Raises InvalidInput."""
    text = typed.strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 4 and int(text) in span):
        raise InvalidInput(sentence=f"请填{span[0]}到{span[-1]}之间的整数。")
    return int(text)


def check_hours(day_from: time, night_from: time) -> None:
    """Refuse a night that begins before the day does. Raises NightBeforeDay."""
    if night_from <= day_from:
        raise NightBeforeDay
