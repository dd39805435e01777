"""真机: the real `python app.py` on a free port of this computer, in a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
LOOK_EVERY = 0.1


class RunningDesk:
    """One installation that is really served: parent, web workers and scheduler."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.outbox_log = folder / "var" / "outbox.log"
        self._log = folder / "served.log"
        self._env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("DESK_")},
            "DESK_VAR": str(folder / "var"),
            "DESK_KEY_FILE": str(folder / "town.key"),
            "DESK_PORT": str(self.port),
            "DESK_PUBLIC_URL": self.url,
        }

    def start(self) -> None:
        """Start it in a process group of its own and wait for its first answer."""
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "app.py"],
                cwd=ROOT,
                env=self._env,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise AssertionError(f"app.py does not serve:\n{self._log.read_text('utf-8')}")
            time.sleep(LOOK_EVERY)

    def stop(self) -> None:
        """End the whole group, politely at first; complain about whatever is left."""
        group = self._process.pid
        for ending in (signal.SIGTERM, signal.SIGKILL):
            if _members(group):
                os.killpg(group, ending)
            until = time.monotonic() + PATIENCE / 2
            while _members(group) and time.monotonic() < until:
                self._process.poll()
                time.sleep(LOOK_EVERY)
        self._process.wait(timeout=PATIENCE)
        assert not _members(group)

    def command(self, *words: str) -> str:
        """Run `flask --app app …` beside it, as the office would; return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", *words],
            cwd=ROOT,
            env=self._env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def told(self) -> list[str]:
        """Return the lines of the sample carrier's log."""
        if not self.outbox_log.exists():
            return []
        return self.outbox_log.read_text("utf-8").splitlines()

    def wait_for_texts(self, count: int) -> list[str]:
        """Return the texts once there are `count`, or as many as there are when patience ends."""
        until = time.monotonic() + PATIENCE
        while len(self.told()) < count and time.monotonic() < until:
            time.sleep(LOOK_EVERY)
        return self.told()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/login", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError):
            return False


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _members(group: int) -> list[int]:
    """Return the living processes of a group; a zombie waits only to be counted."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(its_group) == group and state != "Z":
            found.append(int(stat.parent.name))
    return found
