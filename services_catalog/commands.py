"""办事目录命令: what is done with the catalogue from the shell."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from flask.cli import AppGroup

from kernel.errors import Refusal
from kernel.tables import NoSuchFile, read_table
from kernel.web.house import House, house
from services_catalog import actions, queries
from services_catalog.rules import reports
from services_catalog.rules.reports import Tally
from services_catalog.rules.sheets import RefusedRow, Row, Sheet, read_sheet
from services_catalog.rules.versions import Outcome, Verdict, judge_all

group = AppGroup("catalogue", help="The catalogue of service items.")

#: rows in one transaction: the counter never waits longer for the database than that
BATCH = 200
EXIT_UNREADABLE = 2


@group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
def import_sheet(file: Path, dry_run: bool) -> None:
    """Import a sheet of items (.xlsx or .csv). It may be run again at any time."""
    sheet = _read(file)
    results = _run(house(), _fingerprint(file), sheet, dry_run)
    refused = [
        RefusedRow(row.number, result.sentence)
        for row, result in zip(sheet.rows, results, strict=True)
        if isinstance(result, Refusal)
    ]
    _tell(Tally.of(results) + Tally(refused=len(sheet.refused)), sheet, refused)
    if dry_run:
        click.echo(reports.DRY_RUN)


def _read(file: Path) -> Sheet:
    try:
        if not file.is_file():
            raise NoSuchFile(name=file)
        return read_sheet(read_table(file.name, file.read_bytes()))
    except Refusal as no:
        click.echo(no.sentence, err=True)
        raise SystemExit(EXIT_UNREADABLE) from no


def _fingerprint(file: Path) -> str:
    """Return what the audit names a sheet by: a file's name may hold a person's."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]


def _run(here: House, source: str, sheet: Sheet, dry_run: bool) -> list[Outcome | Refusal]:
    """Take the rows in, batch by batch; what was committed is on record even if broken off."""
    results: list[Outcome | Refusal] = []
    step = _look_at if dry_run else _take_in
    try:
        with click.progressbar(length=len(sheet.rows), label=reports.IMPORTING) as bar:
            for batch in _batches(sheet.rows):
                results += step(here, batch)
                bar.update(len(batch))
    finally:
        if not dry_run:
            _record(here, source, Tally.of(results) + Tally(refused=len(sheet.refused)))
        if len(results) < len(sheet.rows):
            click.echo(reports.UNFINISHED, err=True)
    return results


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _take_in(here: House, batch: Sequence[Row]) -> list[Outcome | Refusal]:
    with here.writing() as session:
        calendar = here.calendar(session)
        entries = [row.entry for row in batch]
        return actions.take_in_all(session, entries, here.now(), calendar)


def _look_at(here: House, batch: Sequence[Row]) -> list[Outcome | Refusal]:
    entries = [row.entry for row in batch]
    with here.reading() as session:
        standings = queries.standings(session, [entry.code for entry in entries])
        verdicts = judge_all(entries, standings, here.calendar(session))
    return [verdict.outcome if isinstance(verdict, Verdict) else verdict for verdict in verdicts]


def _record(here: House, source: str, tally: Tally) -> None:
    if tally.has_changes:
        with here.writing() as session:
            actions.record_import(session, source, tally, here.now())


def _tell(tally: Tally, sheet: Sheet, refused: Sequence[RefusedRow]) -> None:
    if sheet.unknown_columns:
        click.echo(reports.unknown_columns(sheet.unknown_columns))
    for row in sorted((*sheet.refused, *refused), key=lambda row: row.number):
        click.echo(reports.refused_row(row))
    click.echo(reports.summary(tally))
