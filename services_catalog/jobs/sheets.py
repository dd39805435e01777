"""清单导入的长活: take a sheet of items in, batch by batch, or only say what would happen."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kernel.access import HOUSE, Actor
from kernel.errors import Refusal
from kernel.tables import read_table
from kernel.web.house import House
from kernel.work.commands import Doing
from services_catalog import actions, queries
from services_catalog.rules import reports
from services_catalog.rules.reports import Report, Tally
from services_catalog.rules.sheets import Row, read_sheet
from services_catalog.rules.versions import Outcome, Verdict, judge_all

#: rows in one transaction: the counter never waits longer for the database than that
BATCH = 200
#: what the house is asked for by this name
IMPORT = "catalogue.import"
Results = list[Outcome | Refusal]
Step = Callable[[int, int], None]


def take_in_sheet(here: House, file: Path, actor: Actor, step: Step) -> Report:
    """Take the rows of a file in; what was committed is on record even if broken off.

    Raises: UnreadableFile and its kinds; NoHeader, NoTitleColumn, NoCodeColumn.
    """
    raw = file.read_bytes()
    sheet = read_sheet(read_table(file.name, raw))
    results: Results = []
    try:
        for batch in _batches(sheet.rows):
            results += _take_in(here, batch)
            step(len(results), len(sheet.rows))
    finally:
        _record(here, raw, reports.report(sheet, results).tally, actor)
    return reports.report(sheet, results)


def look_at_sheet(here: House, file: Path, step: Step) -> Report:
    """Say what would become of the rows of a file; nothing is written. Raises as the other."""
    sheet = read_sheet(read_table(file.name, file.read_bytes()))
    results: Results = []
    for batch in _batches(sheet.rows):
        results += _look_at(here, batch)
        step(len(results), len(sheet.rows))
    return reports.report(sheet, results)


def import_uploaded(doing: Doing) -> tuple[Path | None, str]:
    """Import a file that was uploaded, as long work.

    A rehearsal hands the file back as its result, to be imported by the next press; an import
    deletes it, whatever came of it.
    """
    file = doing.folder / str(doing.wanted["file"])
    if doing.wanted["is_rehearsal"]:
        told = look_at_sheet(doing.here, file, doing.step)
        return file, f"{reports.DRY_RUN}\n{told.words}"
    actor = Actor(int(doing.wanted["asked_by"]), "")
    try:
        return None, take_in_sheet(doing.here, file, actor, doing.step).words
    finally:
        file.unlink(missing_ok=True)


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _take_in(here: House, batch: Sequence[Row]) -> Results:
    with here.writing() as session:
        calendar = here.calendar(session)
        entries = [row.entry for row in batch]
        return actions.take_in_all(session, entries, here.now(), calendar)


def _look_at(here: House, batch: Sequence[Row]) -> Results:
    entries = [row.entry for row in batch]
    with here.reading() as session:
        standings = queries.standings(session, [entry.code for entry in entries])
        verdicts = judge_all(entries, standings, here.calendar(session))
    return [verdict.outcome if isinstance(verdict, Verdict) else verdict for verdict in verdicts]


def _record(here: House, raw: bytes, tally: Tally, actor: Actor = HOUSE) -> None:
    """Record an import by its fingerprint: a file's name may hold a person's."""
    if tally.has_changes:
        source = hashlib.sha256(raw).hexdigest()[:16]
        with here.writing() as session:
            actions.record_import(session, source, tally, here.now(), actor)
