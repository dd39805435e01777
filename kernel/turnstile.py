"""排队写: writers of all processes go through one by one, in the order in which they came.

SQLite's own waiting is polling: under load a writer may starve until its patience (5 s) ends and
it is told "locked". Here the kernel wakes the next in line; who dies leaves the line at once.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock


class Turnstile:
    """One line for all threads and processes that write to a database file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = Lock()

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Wait for one's turn, and let the next one through afterwards."""
        with self._thread, self._path.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # closing the file lets the next one through
            yield
