"""村账命令: a village's books in other people's words, for any auditor."""

from pathlib import Path

import click
from flask.cli import AppGroup

from desk.windows.village_accounts.queries.export import set_of_village, year_of
from desk.windows.village_accounts.rules.export import EXPORTED, SHEET_NAME, beancount, sheet
from desk.windows.village_accounts.rules.kinds import SetKind
from kernel.access import HOUSE
from kernel.audit.actions import record
from kernel.errors import Refusal
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
