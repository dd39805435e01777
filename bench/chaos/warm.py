"""热启动: one process that has read the desk's code and forks the desk from it, time after time.

Reading the code takes most of a start and promises nothing; many kills need not read it as many
times. What is forked runs `app.main`, as `python app.py` does, in a process group of its own.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import NoReturn

import app
from bench.installation import PROJECT, Installation


class WarmDesk:
    """A desk that starts at once, one at a time."""

    def __init__(self, stable: subprocess.Popen[str]) -> None:
        self._stable = stable
        self._group = 0

    def start(self) -> None:
        """Start the desk in a process group of its own; do not wait for it."""
        self._say("start")
        self._group = int(self._heard())

    def kill(self) -> None:
        """`kill -9` the whole group, and see it gone."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._group, signal.SIGKILL)
        self._heard()

    def _say(self, word: str) -> None:
        assert self._stable.stdin
        self._stable.stdin.write(word + "\n")
        self._stable.stdin.flush()

    def _heard(self) -> str:
        assert self._stable.stdout
        return self._stable.stdout.readline()


@contextlib.contextmanager
def warm(town: Installation) -> Iterator[WarmDesk]:
    """Read the code once for the length of the block."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.chaos.warm", str(town.folder / "log")],
        cwd=PROJECT,
        env=town.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as stable:
        yield WarmDesk(stable)


def main() -> None:
    """For each line heard: fork a desk, say its number, and say when it is gone."""
    log = sys.argv[1]
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            _be_the_desk(log)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


def _be_the_desk(log: str) -> NoReturn:
    os.setsid()
    words = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(words, stream.fileno())
    app.main()
    os._exit(0)


if __name__ == "__main__":
    main()
