"""裸驱动: the same rows, written by the bare sqlcipher3 driver: the floor of a registration.

One transaction a case, with the connection the house itself would open (WAL, FULL, encrypted),
into a copy of the database as it was before the cases came.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from bench.installation import Installation
from kernel.database import keyed_connector
from kernel.keys import open_vault

#: rows that belong to one case, in the order they are written
_OF_A_CASE = {
    "case": "id = ?",
    "case_party": "case_id = ?",
    "case_search_token": "case_id = ?",
    "case_material": "case_id = ?",
    "timeline_entry": "case_id = ?",
    "paper": "case_id = ?",
    "outbox_message": "key LIKE 'case:' || ? || ':%'",
    "audit_entry": "subject = 'case:' || ?",
}
_CASES = 'SELECT id, number FROM "case" ORDER BY id DESC LIMIT ?'
_POST = "SELECT * FROM form_post WHERE answer LIKE '%/' || ? || '/%'"
_TAKE = "INSERT INTO serial VALUES (?, 2000, 1) ON CONFLICT DO UPDATE SET last = last + 1"
_HEAD = "UPDATE audit_head SET number = number + 1, at = ?, digest = ?"
_ANSWERED = "UPDATE form_post SET answer = ? WHERE key = ?"


@dataclass(frozen=True, slots=True)
class Written:
    """What one registration left behind: its form post, and its rows by table."""

    post: tuple[Any, ...]
    rows: dict[str, list[tuple[Any, ...]]]


def connect(town: Installation, file: Path) -> Any:
    """Open a database file with the town's key, as the house does."""
    return keyed_connector(file, open_vault(town.settings.key_file).database_key)()


def written(town: Installation, newest: int) -> list[Written]:
    """Return what the newest registrations wrote, the oldest of them first."""
    connection = connect(town, town.settings.database_file)
    cases = connection.execute(_CASES, (newest,)).fetchall()
    found = [_written(connection, case_id, number) for case_id, number in reversed(cases)]
    connection.close()
    return found


def write(town: Installation, file: Path, registrations: Sequence[Written]) -> tuple[float, float]:
    """Write them with the bare driver; return how many a second, and processor ms for each."""
    connection = connect(town, file)
    begun, busy = perf_counter(), process_time()
    for one in registrations:
        _write(connection, one)
    seconds, busy = perf_counter() - begun, process_time() - busy
    connection.close()
    return len(registrations) / seconds, busy * 1000 / len(registrations)


def _written(connection: Any, case_id: int, number: str) -> Written:
    post = connection.execute(_POST, (number,)).fetchone()
    rows = {
        table: connection.execute(f'SELECT * FROM "{table}" WHERE {where}', (case_id,)).fetchall()
        for table, where in _OF_A_CASE.items()
    }
    return Written(post, rows)


def _write(connection: Any, one: Written) -> None:
    key, *_, answer, _ = one.post
    connection.execute("BEGIN IMMEDIATE")
    _insert(connection, "form_post", [one.post])
    connection.execute(_TAKE, ("case",))
    connection.execute(_TAKE, ("paper",))
    for table, rows in one.rows.items():
        _insert(connection, table, rows)
    connection.execute(_HEAD, (None, b""))
    connection.execute(_ANSWERED, (answer, key))
    connection.execute("COMMIT")


def _insert(connection: Any, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
