"""定时: the tick of the one scheduler process, and the watch over it.

APScheduler runs each job on its own interval. It stalls when the computer's clock is set back, so
a watch on monotonic time, which cannot go back, replaces a stalled scheduler. When the clock is
set on, or the computer slept, its own interval would list every tick that was missed, from a dead
battery's 2000-01-01 hundreds of millions of them: `Every` counts from the present moment alone.
Which rows are due is never the scheduler's business: jobs look for what is due and unhandled.
A computer that is switched off every night would never reach the end of a daily interval, so the
first run comes soon after the start.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from kernel.clock import TOWN_TZ

log = logging.getLogger("desk.scheduler")
LOOK_EVERY = 0.5
#: how long the fastest job may be silent before the tick is replaced, seconds: seen half a second
#: later, and a second before the next tick, it leaves no gap above five
SILENCE = 3.0
#: the first run comes after this part of the interval, and not before all is started
FIRST_PART = 100
SOONEST = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Job:
    """One thing the scheduler does over and over; it looks for what is due and unhandled."""

    name: str
    every_seconds: int
    run: Callable[[], object]


class Every(BaseTrigger):  # type: ignore[misc]
    """One interval from now, whatever was missed; the first time, soon."""

    def __init__(self, seconds: int) -> None:
        self._interval = timedelta(seconds=seconds)
        self._first = min(self._interval, max(SOONEST, self._interval / FIRST_PART))

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """Return the next moment to run."""
        return now + (self._interval if previous else self._first)


class Tick:
    """A scheduler that is replaced when it falls silent."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = [Job("heartbeat", 1, self._beat), *jobs]
        self._heard = time.monotonic()
        self._scheduler = self._start()

    def watch(self, is_over: Callable[[], bool]) -> None:
        """Keep ticking until `is_over` says so."""
        while not is_over():
            time.sleep(LOOK_EVERY)
            if time.monotonic() - self._heard > SILENCE:
                log.warning("the tick fell silent; replaced")
                self._scheduler.shutdown(wait=False)
                self._heard = time.monotonic()
                self._scheduler = self._start()
        self._scheduler.shutdown(wait=True)

    def _start(self) -> BackgroundScheduler:
        scheduler = BackgroundScheduler(timezone=TOWN_TZ)
        for job in self._jobs:
            scheduler.add_job(
                self._guarded(job),
                Every(job.every_seconds),
                id=job.name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        scheduler.start()
        return scheduler

    def _beat(self) -> None:
        self._heard = time.monotonic()

    @staticmethod
    def _guarded(job: Job) -> Callable[[], None]:
        """Return the job, with a failure written down instead of ending the tick."""

        def run() -> None:
            try:
                job.run()
            except Exception:
                log.exception("job %s failed", job.name)

        return run
