"""拨动的时钟: the real scheduler process under a computer's clock that is set, dies and sleeps.

libfaketime moves the wall clock of that process alone; monotonic time goes on, as it does where
somebody sets a PC's clock. What it may say is read again at every look, from a file.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from app import open_house
from bench.installation import Installation, kill, start
from desk.messages.actions import Promise, queue
from desk.messages.records import OutboxMessage
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.wording import upward_text
from kernel.clock import SystemClock
from kernel.web.house import House
from tests.builders import mobile

LIBRARIES = ("/usr/lib", "/usr/local/lib")
#: libfaketime refuses to sleep until a moment of the monotonic clock, as Python does; a wait for
#: an event that never comes is let alone
AWAKE = "import threading, time; time.sleep = lambda seconds: threading.Event().wait(seconds)"
WATCHED = f"{AWAKE}; from app import scheduler; scheduler()"
#: the same with nobody who listens for its silence
UNWATCHED = f"import kernel.scheduler as tick; tick.SILENCE = 1e9; {WATCHED}"
LOOK_EVERY = 0.05


def library() -> Path | None:
    """Return libfaketime where the machine has it."""
    found = [
        path for root in LIBRARIES for path in Path(root).glob("**/faketime/libfaketimeMT.so.1")
    ]
    return found[0] if found else None


class SetClock:
    """A computer's clock, as far from the true one as it was set."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self._true, self._offset = SystemClock(), timedelta()

    def now(self) -> datetime:
        """Return what the clock shows."""
        return self._true.now() + self._offset

    def set_to(self, moment: datetime) -> None:
        """Set it, for this process and for those that run under it."""
        self._offset = timedelta(seconds=round((moment - self._true.now()).total_seconds()))
        whole = self._file.with_suffix(".new")
        whole.write_text(f"{int(self._offset.total_seconds()):+d}\n")
        whole.rename(self._file)

    def environment(self) -> dict[str, str]:
        """Return what puts a process under this clock."""
        return {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }


class Hall:
    """A sample town whose scheduler lives by a set clock."""

    def __init__(self, town: Installation, begins: datetime) -> None:
        self.town, self.clock = town, SetClock(town.folder)
        self.clock.set_to(begins)
        self.here: House = open_house(town.settings, self.clock)
        self.environment = {**town.environment, **self.clock.environment()}
        self._asked = 0

    @contextmanager
    def scheduled(self, program: str = WATCHED) -> Iterator[subprocess.Popen[bytes]]:
        """Run the scheduler, until the end of the block."""
        process = start(
            [sys.executable, "-c", program], self.environment, self.town.folder / "scheduler.log"
        )
        try:
            yield process
        finally:
            kill(process)

    def lines(self) -> list[str]:
        """Return what reached the sample carrier."""
        log = self.town.settings.var / "outbox.log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    def longest_gap(self, seconds: float) -> float:
        """Promise text after text for so long; return how long the slowest waited for its line."""
        until = time.monotonic() + seconds
        waits = []
        while time.monotonic() < until:
            begun, mark = time.monotonic(), self.promise()
            if not self.arrives(mark, 4 * seconds):
                return float("inf")
            waits.append(time.monotonic() - begun)
        return max(waits)

    def promise(self) -> str:
        """Promise one text that may go out at any hour; return its mark."""
        self._asked += 1
        key = f"clock:{self._asked}"
        words = partial(upward_text, "示例乡")
        promise = Promise(key, MessageKind.UPWARD, mobile(self._asked), words)
        with self.here.writing() as session:
            queue(session, promise, self.clock.now())
            mark = sa.select(OutboxMessage.mark).where(OutboxMessage.key == key)
            return session.scalar(mark) or ""

    def arrives(self, mark: str, patience: float) -> bool:
        """Say whether a text reached the carrier in time."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if any(line.endswith(mark) for line in self.lines()):
                return True
            time.sleep(LOOK_EVERY)
        return False

    def asked(self) -> Sequence[OutboxMessage]:
        """Return what was promised here and to staff by the house itself."""
        mine = OutboxMessage.kind.in_([MessageKind.NUDGE, MessageKind.UPWARD])
        with self.here.reading() as session:
            return session.scalars(sa.select(OutboxMessage).where(mine)).all()

    def waits_for(self, is_so: Callable[[Sequence[OutboxMessage]], bool], patience: float) -> bool:
        """Wait until something is so of what was promised; say whether it came in time."""
        until = time.monotonic() + patience
        while not is_so(self.asked()):
            if time.monotonic() > until:
                return False
            time.sleep(LOOK_EVERY)
        return True

    def run(self, program: str) -> str:
        """Run a few lines of Python under the set clock; return what they print."""
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=self.environment,
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip() + done.stderr.strip()[-500:]


@contextmanager
def asleep(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Put a process to sleep for the length of the block, as a lid that is closed does."""
    os.killpg(process.pid, signal.SIGSTOP)
    yield
    os.killpg(process.pid, signal.SIGCONT)
