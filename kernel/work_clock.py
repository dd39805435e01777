"""定时任务: what the scheduler runs, and how often."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """One thing the scheduler does over and over; it looks for what is due and unhandled."""

    name: str
    every_seconds: int
    run: Callable[[], object]
