"""户籍册的长活: take in a sheet of households, one village a transaction."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from kernel.access import Actor
from kernel.households import actions, queries
from kernel.households.rules import HouseholdRow, Tally, read_register
from kernel.tables import read_table
from kernel.web.house import House


def take_in_sheet(here: House, file: Path, actor: Actor, step: Callable[[int, int], None]) -> Tally:
    """Take in a sheet, village by village, telling each step; return what it did.

    Raises: UnreadableFile, NoSuchColumn.
    """
    with here.reading() as session:
        villages = queries.villages_by_name(session)
    register = read_register(read_table(file.name, file.read_bytes()), villages)
    tally = Tally(refused=list(register.refused))
    done, rows = 0, sorted(register.rows, key=_village)
    for code, group in groupby(rows, key=_village):
        batch = list(group)
        with here.writing() as session:
            actions.take_in(session, code, batch, tally)
        done += len(batch)
        step(done, len(rows))
    with here.writing() as session:
        actions.record_import(session, tally, actor, here.now())
    return tally


def _village(row: HouseholdRow) -> str:
    return row.village
