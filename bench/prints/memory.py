"""内存: the most that a command and all it started held at one time."""

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LOOK_EVERY = 0.02
MEGABYTE = 1024


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command and its family took: time, as it says itself, and memory."""

    seconds: float
    #: of all processors: steadier than the clock on a machine that does other things
    cpu: float
    megabytes: float


def watched(command: Sequence[str], folder: Path) -> Spent:
    """Run a command of ours in Python, looking at what its family holds."""
    running = subprocess.Popen(
        [sys.executable, *command], cwd=folder, stdout=subprocess.PIPE, text=True
    )
    peak, done = [0.0], threading.Event()

    def look() -> None:
        while not done.wait(LOOK_EVERY):
            peak[0] = max(peak[0], sum(map(_kilobytes, _family(running.pid))))

    watcher = threading.Thread(target=look)
    watcher.start()
    words, _ = running.communicate()
    done.set()
    watcher.join()
    if running.returncode:
        raise SystemExit(running.returncode)
    seconds, cpu = map(float, words.split())
    return Spent(seconds, cpu, peak[0] / MEGABYTE)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found = children.read_text().split()
        except OSError:
            continue
        for child in found:
            yield from _family(int(child))


def _kilobytes(pid: int) -> int:
    """Return what a process holds that is its own share (PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
