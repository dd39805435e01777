"""备份与恢复的命令."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import with_appcontext

from kernel.backup import actions, rules
from kernel.errors import Refusal
from kernel.serving import AlreadyRunning, the_only_one
from kernel.web.house import House, house


@contextmanager
def in_words() -> Iterator[None]:
    """Let a refusal end a command with its sentence."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from None


@click.command("backup")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=Path("var/backups"))
@with_appcontext
def backup(folder: Path) -> None:
    """Take a verified copy of the running database."""
    here = house()
    file = here.settings.database_file
    with in_words():
        path, records = actions.take(here.database, file, folder, here.now())
    size = path.stat().st_size / 1e6
    click.echo(rules.DONE.format(path=path, size=size, records=records))


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def restore(file: Path) -> None:
    """Put a backup back; the desk must be closed meanwhile."""
    here = house()
    target = here.settings.database_file
    here.database.engine.dispose()
    with in_words(), _alone(here):
        aside, records = actions.put_back(file, target, here.database, here.now())
    click.echo(rules.RESTORED.format(records=records, aside=aside))


@contextmanager
def _alone(here: House) -> Iterator[None]:
    try:
        with the_only_one(here.settings.var / "run.lock"):
            yield
    except AlreadyRunning:
        raise rules.StillRunning from None


COMMANDS = (backup, restore)
