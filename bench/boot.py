"""开门: from a cold start to the first answer, and what all processes weigh, beside a bare Flask.

Cold means a new process over an existing database; the files are in the system's cache.
"""

import subprocess
import sys
from collections.abc import Callable
from statistics import median

from bench.figures import Figure
from bench.installation import Installation, ending, free_port, sample_town, start, wait_until_open
from bench.loader import rate
from bench.processes import memory

STARTS = 3
FLOOR = "bare Flask hello"
Start = Callable[[], subprocess.Popen[bytes]]


def figures() -> list[Figure]:
    """Start both several times; return medians."""
    with sample_town() as town:
        port = free_port()
        ours = [_started(town.start, town.port) for _ in range(STARTS)]
        bare = [_started(lambda: _hello(town, port), port) for _ in range(STARTS)]
    seconds, rss, pss = (median(values) for values in zip(*ours, strict=True))
    floor, bare_rss, bare_pss = (median(values) for values in zip(*bare, strict=True))
    return [
        Figure("start to first answer", seconds, "s", floor, FLOOR, at_most=True),
        Figure("memory, RSS of all processes", rss, "MB", bare_rss, FLOOR, at_most=True),
        Figure("memory, PSS of all processes", pss, "MB", bare_pss, FLOOR, at_most=True),
    ]


def _started(begin: Start, port: int) -> tuple[float, float, float]:
    """Start, wait for the first answer, ask for a while, weigh; end it."""
    with ending(begin()) as server:
        seconds = wait_until_open(port)
        rate(port, "/", seconds=1.0)
        return seconds, *memory(server.pid)


def _hello(town: Installation, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bench.hello", str(port)]
    return start(command, town.environment, town.folder / "hello")
