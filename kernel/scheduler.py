"""定时: the tick of the one scheduler process, and the watch over it.

APScheduler runs each job on its own interval. Its interval jobs stall when the computer's clock
is set back, so a watch on monotonic time, which cannot go back, replaces a stalled scheduler.
Which rows are due is never the scheduler's business: jobs look for what is due and unhandled.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apscheduler.schedulers.background import BackgroundScheduler

from kernel.clock import TOWN_TZ

log = logging.getLogger("desk.scheduler")
LOOK_EVERY = 0.5
#: how long the fastest job may be silent before the tick is replaced, seconds
SILENCE = 4.0


@dataclass(frozen=True, slots=True)
class Job:
    """One thing the scheduler does over and over; it looks for what is due and unhandled."""

    name: str
    every_seconds: int
    run: Callable[[], object]


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
                "interval",
                seconds=job.every_seconds,
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
