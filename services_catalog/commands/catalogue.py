"""办事目录命令: what is done with the catalogue from the shell."""

from pathlib import Path

import click
from flask.cli import AppGroup

from kernel.access import HOUSE
from kernel.errors import Refusal
from kernel.tables import NoSuchFile, workbook
from kernel.web.house import house
from services_catalog import actions, queries
from services_catalog.jobs import BATCH, look_at_sheet, take_in_sheet
from services_catalog.rules import export, reports, wordlist

__all__ = ["BATCH", "group"]

group = AppGroup("catalogue", help="The catalogue of service items.")
synonyms = AppGroup("synonyms", help="The town's table of words.")
group.add_command(synonyms)

EXIT_UNREADABLE = 2


@group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
def import_sheet(file: Path, dry_run: bool) -> None:
    """Import a sheet of items (.xlsx or .csv). It may be run again at any time."""
    here = house()
    try:
        if not file.is_file():
            raise NoSuchFile(name=file)
        with click.progressbar(length=1, label=reports.IMPORTING) as bar:

            def step(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            if dry_run:
                told = look_at_sheet(here, file, step)
            else:
                told = take_in_sheet(here, file, HOUSE, step)
    except Refusal as no:
        click.echo(no.sentence, err=True)
        raise SystemExit(EXIT_UNREADABLE) from no
    except BaseException:
        click.echo(reports.UNFINISHED, err=True)
        raise
    click.echo(told.words)
    if dry_run:
        click.echo(reports.DRY_RUN)


@group.command("export")
@click.argument("file", type=click.Path(path_type=Path))
def export_sheet(file: Path) -> None:
    """Export every item that stands to FILE.xlsx; importing it again changes nothing."""
    with house().reading() as session:
        entries = queries.entries(session)
    file.write_bytes(workbook(export.SHEET_NAME, export.sheet(entries)))
    click.echo(export.EXPORTED.format(count=len(entries), file=file))


@synonyms.command("load")
def load_synonyms() -> None:
    """Add the starter's words that the town's table does not have yet."""
    here = house()
    with here.writing() as session:
        added = actions.load_synonyms(session, here.now())
    click.echo(wordlist.LOADED.format(count=added))
