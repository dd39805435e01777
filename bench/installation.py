"""示例乡一处: a sample town of its own in a temporary folder, served by the real `python app.py`.

Only loopback, only free ports, only process groups that were started here.
"""

import contextlib
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app import open_house, prepare
from kernel.clock import SystemClock
from kernel.settings import PREFIX, Settings
from kernel.web.house import House

PROJECT = Path(__file__).parents[1]
LOOPBACK = "127.0.0.1"
OPENS_WITHIN = 60.0
STOPS_WITHIN = 15.0
LOOK_EVERY = 0.005


@dataclass(frozen=True, slots=True)
class Installation:
    """One town: its folder and the port it answers on."""

    folder: Path
    port: int
    #: empty: the encrypted file in the folder
    database_url: str = ""

    @property
    def kind(self) -> str:
        """Return which database it has."""
        return "PostgreSQL" if self.database_url else "SQLite"

    @property
    def settings(self) -> Settings:
        """Return the settings that `python app.py` will read from `environment`."""
        return Settings.from_env(self.desk_variables)

    @property
    def desk_variables(self) -> dict[str, str]:
        """Return the DESK_… variables of this town."""
        return {
            "DESK_VAR": str(self.folder / "var"),
            "DESK_KEY_FILE": str(self.folder / "town.key"),
            "DESK_HOST": LOOPBACK,
            "DESK_PORT": str(self.port),
            "DESK_PUBLIC_URL": f"http://{LOOPBACK}:{self.port}",
            "DESK_PLAIN_HTTP": "1",
            "DESK_DATABASE_URL": self.database_url,
        }

    @property
    def environment(self) -> dict[str, str]:
        """Return the whole environment of its processes, without anybody else's DESK_…"""
        own = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        return {**own, **self.desk_variables}

    def open_house(self) -> House:
        """Open the same database from this process."""
        return open_house(self.settings, SystemClock())

    def start(self) -> subprocess.Popen[bytes]:
        """Start `python app.py` in a process group of its own; do not wait for it."""
        return start([sys.executable, "app.py"], self.environment, self.folder / "log")

    @contextlib.contextmanager
    def served(self) -> Iterator[subprocess.Popen[bytes]]:
        """Serve it for the length of the block."""
        with ending(self.start()) as server:
            wait_until_open(self.port)
            yield server


@contextlib.contextmanager
def sample_town(database_url: str = "") -> Iterator[Installation]:
    """Found the sample town in a folder that goes away afterwards."""
    with temporary_folder() as folder:
        yield found(folder, database_url)


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a folder that goes away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="desk-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def found(folder: Path, database_url: str = "") -> Installation:
    """Found the sample town in `folder`, with the product's own door."""
    town = Installation(folder, free_port(), database_url)
    with contextlib.redirect_stdout(io.StringIO()):
        here = town.open_house()
        prepare(here)
    here.database.engine.dispose()
    return town


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as asked:
        asked.bind((LOOPBACK, 0))
        return int(asked.getsockname()[1])


def start(
    command: Sequence[str], environment: Mapping[str, str], log: Path
) -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own, its words going to `log`."""
    with log.open("ab") as words:
        return subprocess.Popen(
            command,
            cwd=PROJECT,
            env=dict(environment),
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def wait_until_open(port: int, path: str = "/") -> float:
    """Wait for the first 200; return how many seconds it took."""
    begun = time.monotonic()
    while time.monotonic() - begun < OPENS_WITHIN:
        if _answers(port, path):
            return time.monotonic() - begun
        time.sleep(LOOK_EVERY)
    raise TimeoutError(f"nobody answered {path} within {OPENS_WITHIN} s")


def kill(server: subprocess.Popen[bytes]) -> None:
    """`kill -9` the whole process group, and see it gone."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


@contextlib.contextmanager
def ending(server: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """End a server with the block: politely first, then the whole group."""
    try:
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(STOPS_WITHIN)
        kill(server)


def _answers(port: int, path: str) -> bool:
    try:
        with socket.create_connection((LOOPBACK, port), timeout=5) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: {LOOPBACK}\r\n\r\n".encode())
            return line.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False
