"""长活的命令: do one piece of work, in the short-lived process the scheduler started for it."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import click
from flask import current_app
from flask.cli import with_appcontext

from kernel.errors import Refusal
from kernel.web.house import House, house
from kernel.work import actions
from kernel.work.queries import by_uuid
from kernel.work.rules import FAILED_SENTENCE, TELL_EVERY, Cancelled, Progress

log = logging.getLogger("desk.work")


@dataclass
class Doing:
    """A piece of work being done: what is wanted, and how to say how far it is."""

    here: House
    uuid: str
    wanted: Mapping[str, Any]
    _told: datetime | None = None

    def step(self, done: int, total: int) -> None:
        """Tell how far the work is. Raises Cancelled at the owner's wish."""
        now = self.here.now()
        if done == total or self._told is None or now - self._told > TELL_EVERY:
            self._told = now
            with self.here.writing() as session:
                actions.tell(session, self.uuid, done, total, now)

    @property
    def folder(self) -> Path:
        """Return where results lie."""
        return self.here.settings.var / actions.FOLDER

    def keep(self, name: str, content: bytes) -> Path:
        """Lay a result there, whole or not at all; return its path."""
        path = self.folder / name
        part = path.with_suffix(".part")
        part.write_bytes(content)
        return part.replace(path)


Worker = Callable[[Doing], tuple[Path | None, str]]


@click.command("work")
@click.argument("uuid")
@with_appcontext
def work(uuid: str) -> None:
    """Do one piece of long work that was taken up."""
    here = house()
    with here.reading() as session:
        asked = by_uuid(session, uuid)
        kind, wanted = asked.kind, json.loads(asked.wanted)
    doing = Doing(here, uuid, wanted)
    doing.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    workers = cast(dict[str, Worker], current_app.extensions["works"])
    progress, note, file = _outcome(workers[kind], doing)
    with here.writing() as session:
        actions.end(session, uuid, progress, here.now(), note, file)


def _outcome(worker: Worker, doing: Doing) -> tuple[Progress, str, str]:
    try:
        path, note = worker(doing)
    except Cancelled as cancelled:
        return Progress.CANCELLED, cancelled.sentence, ""
    except Refusal as refusal:
        return Progress.FAILED, refusal.sentence, ""
    except Exception:
        log.exception("work %s failed", doing.uuid)
        return Progress.FAILED, FAILED_SENTENCE, ""
    return Progress.DONE, note, path.name if path else ""
