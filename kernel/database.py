"""数据库: the declarative base, the column types all records share, and the engines.

SQLite (through SQLCipher) serves one township; PostgreSQL serves a county, one schema a town.
Source: design rules 1 and 8 of docs/architecture.md; the figures are in docs/decisions/.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql.compiler import SQLCompiler
from sqlcipher3 import dbapi2 as sqlcipher

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
#: execution option that makes a transaction begin as a writer
WRITES = "house_writes"
#: SQLite before this loses data in WAL mode (the WAL-reset bug); see docs/decisions/0002
FIRST_SOUND_WAL = (3, 51, 3)


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware moment. Refuses naive datetimes; always comes back in UTC."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Use PostgreSQL's own aware type; elsewhere a naive one that means UTC."""
        aware = dialect.name == "postgresql"
        return dialect.type_descriptor(TIMESTAMP(timezone=True) if aware else sa.DateTime())

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Turn an aware moment into what the database keeps."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError(f"naive datetime {value!r}: pass clock.now()")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Turn what the database kept into an aware moment."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _stored_values(kind: type[Enum]) -> list[str]:
    return [str(member.value) for member in kind]


class Record(DeclarativeBase):
    """Base of every record. Enums are stored by value, moments as UTC."""

    metadata: ClassVar[sa.MetaData] = sa.MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        datetime: UtcDateTime,
        StrEnum: sa.Enum(
            StrEnum,
            native_enum=False,
            values_callable=_stored_values,
            length=24,
            create_constraint=False,
        ),
    }


PrimaryKey = Annotated[int, mapped_column(primary_key=True)]


def table_of(record: type[Record]) -> sa.Table:
    """Return the table of a record, for statements that need no object."""
    return cast(sa.Table, record.__table__)


def prebuilt(statement: sa.Insert) -> sa.TextClause:
    """Return an INSERT … ON CONFLICT, made of bound parameters, as text: build it once.

    Both databases understand the same words. SQLAlchemy cannot cache its own ON CONFLICT and
    compiles it at every execution, which took a fifth of a registration.
    """
    compiled = statement.compile(dialect=sqlite.dialect(paramstyle="named"))
    named = [
        sa.bindparam(name, bound.value, bound.type, required=bound.required)
        for bound, name in compiled.bind_names.items()
    ]
    return sa.text(str(compiled)).bindparams(*named)


@dataclass(frozen=True, slots=True)
class _Driven:
    """A statement in the driver's own words, and how each of its values is put into its form."""

    words: str
    is_positional: bool
    names: tuple[str, ...]
    forms: tuple[Callable[[Any], Any] | None, ...]
    #: of the values that no row brings along
    fixed: Mapping[str, Any]


def write_many(
    session: Session,
    statement: sa.Executable,
    rows: Sequence[Mapping[str, Any]],
    **alike: Any,
) -> None:
    """Execute a statement for many rows with the same columns: values are formed by the column.

    SQLAlchemy's own way builds every row's parameters one by one, which took a third of a
    year's notice. `statement` is built once, without expanding parameters; what is `alike` in
    all rows is given once.
    """
    if not rows:
        return
    connection = session.connection()
    driven = _driven(statement, connection.dialect, (*rows[0], *alike))
    once, columns = {**driven.fixed, **alike}, []
    for name, form in zip(driven.names, driven.forms, strict=True):
        if name in once:
            columns.append([form(once[name]) if form else once[name]] * len(rows))
            continue
        values = [row[name] for row in rows]
        # moments, days and enums: few different ones in many rows
        columns.append([*map(lru_cache(form), values)] if form else values)
    lines: list[Any] = [*zip(*columns, strict=True)]
    if not driven.is_positional:
        lines = [dict(zip(driven.names, line, strict=True)) for line in lines]
    connection.exec_driver_sql(driven.words, lines)


@lru_cache
def _driven(statement: sa.Executable, dialect: sa.Dialect, given: tuple[str, ...]) -> _Driven:
    compiled = cast(
        SQLCompiler,
        cast(sa.ClauseElement, statement).compile(
            dialect=dialect, column_keys=list(given), for_executemany=True
        ),
    )
    names = tuple(compiled.positiontup or compiled.binds)
    binds = [compiled.binds[name] for name in names]
    return _Driven(
        words=str(compiled),
        is_positional=bool(compiled.positional),
        names=names,
        forms=tuple(one.type.dialect_impl(dialect).bind_processor(dialect) for one in binds),
        fixed={
            name: one.effective_value
            for name, one in zip(names, binds, strict=True)
            if name not in given
        },
    )


def sqlite_engine(path: Path, key: bytes) -> sa.Engine:
    """Open the encrypted file at `path` with the raw 32-byte `key`."""
    engine = sa.create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=keyed_connector(path, key),
        poolclass=QueuePool,
        pool_size=5,
        hide_parameters=True,
        # the connection used last is the one whose pages are still unlocked in memory
        pool_use_lifo=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def keyed_connector(path: Path, key: bytes) -> Callable[[], Any]:
    """Return what opens a connection that never lies about a commit (WAL, FULL)."""
    sound = sqlcipher.sqlite_version_info >= FIRST_SOUND_WAL
    journal = ("WAL", "FULL") if sound else ("DELETE", "EXTRA")

    def connect() -> Any:
        connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
        for pragma in (
            f"key = \"x'{key.hex()}'\"",
            "busy_timeout = 5000",
            f"journal_mode = {journal[0]}",
            f"synchronous = {journal[1]}",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "mmap_size = 0",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    return connect


def _begin(connection: sa.Connection) -> None:
    """Begin as a writer at once: SQLite cannot turn a reader into one without "locked"."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def postgres_engine(url: str, schema: str) -> sa.Engine:
    """Open a township's schema on a county's PostgreSQL."""
    # its usual figure is a spinning disk's: with it, a month of a million cases is all of them read
    settings = f"-c search_path={schema} -c timezone=UTC -c random_page_cost=1.1"
    return sa.create_engine(
        url,
        connect_args={"options": settings},
        pool_size=5,
        pool_pre_ping=True,
        hide_parameters=True,
    )
