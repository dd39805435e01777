"""红黄绿灯: how near a promise is, and the moments at which it first showed.

Source: 电子监察 practice (domain notes §2.4); the thresholds are settings.
"""

from datetime import date, datetime, time
from enum import StrEnum

from kernel.clock import TOWN_TZ


class Light(StrEnum):
    """How near the promise is."""

    GREEN = "green"  # 绿灯
    YELLOW = "yellow"  # 黄灯
    RED = "red"  # 红灯


def light(yellow_on: date | None, over_at: datetime | None, now: datetime, today: date) -> Light:
    """Return the light of a countdown that still runs; what has no day stays green."""
    if over_at is not None and over_at <= now:
        return Light.RED
    if yellow_on is not None and yellow_on <= today:
        return Light.YELLOW
    return Light.GREEN


def morning_of(day: date) -> datetime:
    """Return the moment at which `day` begins in the township (aware)."""
    return datetime.combine(day, time(0), TOWN_TZ)
