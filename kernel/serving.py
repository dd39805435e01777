"""开门: one parent that holds the lock, its web workers, and its one scheduler process.

When the parent dies, however it dies, the others end: a crash must not leave workers answering
beside a second start. Source: docs/architecture.md, settled 14.
"""

import contextlib
import fcntl
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from granian.constants import Interfaces
from granian.server.mp import MPServer

from kernel.errors import Refusal
from kernel.settings import Settings

log = logging.getLogger("desk")
#: not a setting, so not called DESK_…
PARENT = "TOWN_DESK_PARENT"
LOOK_EVERY = 0.2
PATIENCE = 5.0
BLOCKING_THREADS = 2


class AlreadyRunning(Refusal):
    message = "本乡的系统已经在运行（{lock} 被占用），不能再开一个。"


@contextlib.contextmanager
def the_only_one(lock: Path) -> Iterator[None]:
    """Hold the lock of this installation. Raises AlreadyRunning."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        given_up = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > given_up:
                    raise AlreadyRunning(lock=lock) from None
                time.sleep(LOOK_EVERY)
        yield


def serve(settings: Settings) -> None:
    """Serve until told to stop: web workers here, the scheduler in a process of its own."""
    if not settings.is_secure:
        log.warning("cookies go unprotected over plain http: DESK_PLAIN_HTTP is set")
    env = {**os.environ, PARENT: str(os.getpid())}
    os.environ[PARENT] = env[PARENT]
    command = [sys.executable, "-m", "flask", "--app", "app", "scheduler"]
    scheduler = subprocess.Popen(command, env=env)
    try:
        _server(settings).serve()
    finally:
        scheduler.send_signal(signal.SIGTERM)
        scheduler.wait(timeout=30)


def end_with_the_parent() -> None:
    """In a child: end at once when the parent that started it is gone."""
    parent = int(os.environ.get(PARENT, "0"))
    if parent:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while _is_alive(parent):
        time.sleep(LOOK_EVERY)
    os._exit(1)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _server(settings: Settings) -> MPServer:
    return MPServer(
        "app:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=BLOCKING_THREADS,
        factory=True,
        respawn_failed_workers=True,
        log_access=False,
        ssl_cert=Path(settings.tls_cert) if settings.tls_cert else None,
        ssl_key=Path(settings.tls_key) if settings.tls_key else None,
    )


def asked_to_stop() -> Callable[[], bool]:
    """Return what says whether this process was asked to stop, by signal or by its parent's end."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    return stop.is_set
