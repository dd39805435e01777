"""户籍册的命令: import households from a sheet."""

from pathlib import Path

import click
from flask.cli import AppGroup

from kernel.access import HOUSE
from kernel.errors import Refusal
from kernel.households.jobs import take_in_sheet
from kernel.web.house import house
from kernel.work.commands import Doing

group = AppGroup("households", help="The register of households.")


@group.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
def import_sheet(file: Path) -> None:
    """Take in FILE (.xlsx or .csv): 村, 组, 户主, 门牌号, 电话."""
    try:
        with click.progressbar(length=1) as bar:

            def step(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            tally = take_in_sheet(house(), file, HOUSE, step)
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from None
    click.echo(tally.words)


def import_uploaded(doing: Doing) -> tuple[Path | None, str]:
    """Take in a sheet that was uploaded; it is deleted afterwards, whatever came of it."""
    file = doing.folder / str(doing.wanted["file"])
    try:
        tally = take_in_sheet(doing.here, file, HOUSE, doing.step)
    finally:
        file.unlink(missing_ok=True)
    return None, tally.words
