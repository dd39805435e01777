"""抢着写: eight processes write at once, and nobody is told that the database is locked."""

import multiprocessing
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.chaos.verdicts import Verdict
from bench.installation import Installation, sample_town
from desk.cases.records import Serial
from kernel.database import keyed_connector

SPAWN = multiprocessing.get_context("spawn")
WRITERS = 8
SERIES = "chaos"
LOCKED = "locked"


def run(writes: int) -> Verdict:
    """Let eight processes write `writes` times each; return what was found."""
    with sample_town() as town:
        refused = _all_at_once(_house_writer, town, writes)
        here = town.open_house()
        with here.reading() as session:
            counted = session.scalar(sa.select(Serial.last).where(Serial.series == SERIES)) or 0
        here.database.engine.dispose()
        control = _all_at_once(_naive_writer, town, writes)
    found = {"locked": refused, "lost writes": WRITERS * writes - counted - refused}
    done = f"{WRITERS} processes x {writes} writes"
    return Verdict("nobody waits in vain for the database", done, found, control)


def _all_at_once(writer: Any, town: Installation, writes: int) -> int:
    refusals = SPAWN.Queue()
    gate = SPAWN.Barrier(WRITERS)
    people = [
        SPAWN.Process(target=writer, args=(town, writes, gate, refusals)) for _ in range(WRITERS)
    ]
    for one in people:
        one.start()
    total: int = sum(refusals.get() for _ in people)
    for one in people:
        one.join()
    return total


def _house_writer(town: Installation, writes: int, gate: Any, refusals: Any) -> None:
    here = town.open_house()
    gate.wait()
    refused = 0
    for _ in range(writes):
        try:
            with here.writing() as session:
                last = session.get(Serial, (SERIES, 1))
                if last is None:
                    session.add(Serial(series=SERIES, year=1, last=1))
                else:
                    last.last += 1
        except sa.exc.OperationalError as error:
            refused += LOCKED in str(error)
    refusals.put(refused)


def _naive_writer(town: Installation, writes: int, gate: Any, refusals: Any) -> None:
    """The control: read first in a plain BEGIN, then write, as drivers do by default."""
    key = town.open_house().database.vault.database_key
    connection = keyed_connector(Path(town.settings.database_file), key)()
    gate.wait()
    refused = 0
    for _ in range(writes):
        try:
            connection.execute("BEGIN")
            connection.execute("SELECT last FROM serial").fetchall()
            connection.execute("UPDATE serial SET last = last + 1 WHERE series = 'chaos'")
            connection.execute("COMMIT")
        except Exception as error:
            refused += LOCKED in str(error)
            if connection.in_transaction:
                connection.execute("ROLLBACK")
    refusals.put(refused)
