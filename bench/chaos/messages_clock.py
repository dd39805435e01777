"""跟着活走的钟: the clock of a run of texts goes as fast as the work on them, on any machine.

A clock tied to the machine's own seconds reaches the night in the middle of a slow round, and
what rightly waits for the morning is taken for what hangs. So every request at the carrier
takes a little while, and only when nobody has anything to send does the clock leap ahead.
"""

import mmap
import struct
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

#: half past eight in the township: the night is far
MORNING = datetime.fromisoformat("2026-03-02T08:30:00+08:00")
#: the run's seconds that go by with one request at the carrier
REQUEST_TAKES = 10.0
#: times as fast as the machine's seconds: while somebody is at the carrier, and while all wait
BESIDE_WORK, WHILE_ALL_WAIT = 60.0, 300.0
#: a watcher who was held up for longer does not leap over what it missed
LONGEST_LOOK = 0.2
_SECONDS = struct.Struct("d")


@dataclass(frozen=True, slots=True)
class RunClock:
    """The moment of a run, shared by its processes through eight bytes of a file."""

    cell: mmap.mmap

    @classmethod
    def of(cls, file: Path) -> "RunClock":
        """Open the clock that lies in `file`; a fresh one begins in the morning."""
        if not file.exists():
            file.write_bytes(_SECONDS.pack(0.0))
        with file.open("r+b") as opened:
            return cls(mmap.mmap(opened.fileno(), _SECONDS.size))

    @property
    def seconds(self) -> float:
        """Return how long the run has lasted by its own clock."""
        (passed,) = _SECONDS.unpack(self.cell[:])
        return float(passed)

    def now(self) -> datetime:
        """Return the present moment of the run."""
        return MORNING + timedelta(seconds=self.seconds)

    def go_on(self, seconds: float) -> None:
        """Let so many seconds go by. One process alone does this."""
        self.cell[:] = _SECONDS.pack(self.seconds + seconds)


@dataclass(slots=True)
class Pace:
    """Moves the clock by what was done since the last look."""

    clock: RunClock
    served: int = 0
    looked_at: float = field(default_factory=time.monotonic)
    #: when anything last went on, by the machine's seconds
    moved_at: float = field(default_factory=time.monotonic)

    def follow(self, served: int, speed: float) -> None:
        """Let the time of the requests go by, and some at `speed` while there is none to make."""
        looked_at = time.monotonic()
        idle = min(looked_at - self.looked_at, LONGEST_LOOK) * speed
        passed = (served - self.served) * REQUEST_TAKES + idle
        if passed:
            self.clock.go_on(passed)
            self.moved_at = looked_at
        self.served, self.looked_at = served, looked_at

    @property
    def still(self) -> float:
        """Return for how many of the machine's seconds nothing has gone on."""
        return time.monotonic() - self.moved_at
