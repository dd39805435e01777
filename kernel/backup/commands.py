"""备份与恢复的命令."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from kernel.backup import actions, rules
from kernel.serving import AlreadyRunning, the_only_one
from kernel.web.house import house


@click.command("backup")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=Path("var/backups"))
@with_appcontext
def backup(folder: Path) -> None:
    """Take a verified copy of the running database."""
    here = house()
    file = here.settings.database_file
    path, records = actions.take(here.database, file, folder, here.now())
    size = path.stat().st_size / 1e6
    click.echo(rules.DONE.format(path=path, size=size, records=records))


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def restore(file: Path) -> None:
    """Put a backup back; the desk must be closed meanwhile."""
    here = house()
    target, vault = here.settings.database_file, here.database.vault
    here.database.engine.dispose()
    try:
        with the_only_one(here.settings.var / "run.lock"):
            aside, records = actions.put_back(file, target, vault, here.now())
    except AlreadyRunning:
        raise rules.StillRunning from None
    click.echo(rules.RESTORED.format(records=records, aside=aside))


COMMANDS = (backup, restore)
