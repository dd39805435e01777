"""村账命令: a village's books in other people's words, for any auditor."""

from pathlib import Path

import click
from flask.cli import AppGroup

from desk.windows.village_accounts.actions.sample import SampleYear
from desk.windows.village_accounts.queries.export import set_of_village, village_called, year_of
from desk.windows.village_accounts.rules.export import EXPORTED, SHEET_NAME, beancount, sheet
from desk.windows.village_accounts.rules.kinds import SetKind
from desk.windows.village_accounts.rules.sample_year import (
    SAMPLE_MADE,
    USUAL,
    NobodyToKeep,
    NotTheSampleTown,
)
from kernel.access import HOUSE, Actor, Role
from kernel.audit.actions import record
from kernel.errors import Refusal
from kernel.staff.queries import holding
from kernel.tables import workbook
from kernel.web.house import house

group = AppGroup("accounts", help="The books of the villages.")
FORMATS = {"beancount": ".beancount", "xlsx": ".xlsx"}


@group.command("export")
@click.option("--village", required=True, help="Code or name.")
@click.option("--year", type=int, required=True)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="beancount")
@click.option("--kind", type=click.Choice([one.value for one in SetKind]), default="cooperative")
@click.option("--out", type=click.Path(path_type=Path), help="File; else named after village.")
def export(village: str, year: int, form: str, kind: str, out: Path | None) -> None:
    """Write a year of a village's books for bean-check, or for a spreadsheet."""
    here = house()
    try:
        with here.writing() as session:
            books = set_of_village(session, village, SetKind(kind))
            whole = year_of(session, books, year)
            subject = f"account_set:{books.id}"
            record(session, HOUSE, "account_set.exported", subject, here.now(), year=year)
    except Refusal as no:
        raise click.ClickException(no.sentence) from no
    file = out or Path(f"{village}-{year}{FORMATS[form]}")
    if form == "xlsx":
        file.write_bytes(workbook(SHEET_NAME, sheet(whole)))
    else:
        file.write_text("\n".join(beancount(whole)) + "\n", "utf-8")
    counted = {"entries": len(whole.entries), "balances": len(whole.after)}
    click.echo(EXPORTED.format(**counted, file=file))


@group.command("sample-year")
@click.option("--village", required=True, help="Code or name.")
@click.option("--year", type=int, required=True)
@click.option("--entries", type=int, default=USUAL, help="About how many vouchers.")
def sample_year(village: str, year: int, entries: int) -> None:
    """Keep a village's books for a whole year, in the sample town only."""
    here = house()
    try:
        with here.writing() as session:
            if not here.town(session).is_sample:
                raise NotTheSampleTown
            place = village_called(session, village)
            (keeper, checker, cashier) = (
                next(iter(holding(session, role)), None)
                for role in (Role.BOOKKEEPER, Role.REVIEWER, Role.CASHIER)
            )
            if place is None or not (keeper and checker and cashier):
                raise NobodyToKeep(village=village)
            both = [Actor(one.id, one.name) for one in (keeper, checker)]
            making = SampleYear(session, both[0], both[1], cashier.id, here.now())
            made = making.make(place, year, entries)
            click.echo(SAMPLE_MADE.format(name=made.name, village=place.name, year=year))
    except Refusal as no:
        raise click.ClickException(no.sentence) from no
