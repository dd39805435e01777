"""印制命令: cards, boards, handbook and leaflets from the shell."""

from pathlib import Path

import click
from flask.cli import AppGroup

from kernel.access import HOUSE
from kernel.errors import Refusal
from kernel.web.house import house
from services_catalog.jobs import print_order
from services_catalog.rules.prints.kinds import PrintKind
from services_catalog.rules.prints.orders import LABELS, Order
from services_catalog.rules.prints.sheets import DEFAULT_LEAFLET_SIZE, DEFAULT_SIZE

printing = AppGroup("print", help="Everything the catalogue puts on paper.")

_out = click.option("--out", type=click.Path(path_type=Path), required=True, help="File or folder.")
_villages = click.option("--village", "villages", multiple=True, help="Code or name; repeatable.")
_only_stale = click.option("--only-stale", is_flag=True, help="Only what says other words today.")


@printing.command("cards")
@_out
@_villages
@_only_stale
def cards(out: Path, villages: tuple[str, ...], only_stale: bool) -> None:
    """Print a card for every household, village by village in walking order."""
    _print(Order(PrintKind.CARD, villages, only_stale=only_stale), out)


@printing.command("board")
@_out
@_villages
@click.option("--size", default=DEFAULT_SIZE, help="A0 to A3, or width x height in millimetres.")
@_only_stale
def boards(out: Path, villages: tuple[str, ...], size: str, only_stale: bool) -> None:
    """Print the boards of villages."""
    _print(Order(PrintKind.BOARD, villages, size=size, only_stale=only_stale), out)


@printing.command("handbook")
@_out
@_villages
def handbook(out: Path, villages: tuple[str, ...]) -> None:
    """Print the handbook; with the advisers of villages on its cover."""
    _print(Order(PrintKind.HANDBOOK, villages), out)


@printing.command("leaflet")
@_out
@_villages
@click.option("--item", default="", help="The item's code; none: one of each into a folder.")
@click.option("--size", default=DEFAULT_LEAFLET_SIZE, help="A4 or A5.")
def leaflet(out: Path, villages: tuple[str, ...], item: str, size: str) -> None:
    """Print the leaflet of one item, or of each; with the advisers of villages."""
    _print(Order(PrintKind.LEAFLET, villages, item, size), out)


def _print(order: Order, out: Path) -> None:
    try:
        with click.progressbar(length=1, label=LABELS[order.kind]) as bar:

            def step(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            said = print_order(house(), order, out, HOUSE, step)
    except Refusal as no:
        raise click.ClickException(no.sentence) from no
    click.echo(said)
