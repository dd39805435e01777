"""整批写: ready rows by the ten thousand, as each database takes them fastest.

For towns that only a measurement lives in: what a power cut would leave of them matters to nobody.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from bench.bare import connect
from bench.installation import Installation

Row = dict[str, Any]
#: for the length of a filling: half a gigabyte of pages stay unlocked, nobody waits for the disk
_HURRIED = ("synchronous = OFF", "cache_size = -524288", "wal_autocheckpoint = 50000")


class Filling:
    """Writes lots of rows into a town's database, a transaction a lot."""

    def __init__(self, connection: Any, *, is_postgres: bool) -> None:
        self._connection, self._is_postgres = connection, is_postgres

    def one(self, table: str, where: str) -> Row:
        """Return one row as the database keeps it."""
        found = self._connection.execute(f'SELECT * FROM "{table}" WHERE {where}')
        names = [column[0] for column in found.description]
        return dict(zip(names, found.fetchone(), strict=True))

    def write(self, lot: Mapping[str, Sequence[Row]]) -> None:
        """Write the rows of each table; all rows of one table have the same columns."""
        if not self._is_postgres:
            self._connection.execute("BEGIN IMMEDIATE")
        for table, rows in lot.items():
            names = ", ".join(f'"{name}"' for name in rows[0])
            into = f'"{table}" ({names})'
            values = [tuple(row.values()) for row in rows]
            if self._is_postgres:
                self._copy(into, values)
            else:
                marks = ", ".join("?" * len(rows[0]))
                self._connection.executemany(f"INSERT INTO {into} VALUES ({marks})", values)
        self._connection.execute("COMMIT")

    def _copy(self, into: str, values: Sequence[tuple[Any, ...]]) -> None:
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY {into} FROM STDIN") as copying,
        ):
            for value in values:
                copying.write_row(value)


@contextmanager
def filling(town: Installation) -> Iterator[Filling]:
    """Open a town's database for filling."""
    if town.database_url:
        engine = town.open_house().database.engine
        connection = engine.raw_connection()
        yield Filling(connection.driver_connection, is_postgres=True)
        connection.close()
        engine.dispose()
        return
    plain = connect(town, town.settings.database_file)
    for pragma in _HURRIED:
        plain.execute(f"PRAGMA {pragma}")
    yield Filling(plain, is_postgres=False)
    plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.close()
