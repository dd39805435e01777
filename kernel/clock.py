"""时钟: the only module that reads the wall clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

TOWN_TZ = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Where `now` comes from."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


@dataclass(slots=True)
class FixedClock:
    """A clock for tests and for replaying a day at the counter."""

    at: datetime

    def now(self) -> datetime:
        """Return the moment it was set to."""
        return self.at


def town_time(moment: datetime) -> datetime:
    """Return the aware `moment` as the township's wall clock shows it."""
    return moment.astimezone(TOWN_TZ)


def town_day(moment: datetime) -> date:
    """Return the civil day in the township at `moment` (aware)."""
    return town_time(moment).date()
