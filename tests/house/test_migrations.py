"""House rule: the migrations, run from nothing, build what the records describe, whole or not.

Everything here runs on both databases.
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from kernel.database import WRITES, Record, postgres_engine, sqlite_engine
from kernel.schema import MIGRATIONS, upgrade
from kernel.vault import Vault
from migrations.records import ALL_RECORDS

assert ALL_RECORDS  # importing them is what fills Record.metadata

#: tables whose rows are never changed or deleted; Alembic's batch mode would drop their
#: triggers silently, and no comparison of records with tables would see it
APPEND_ONLY = (
    *("alarm_text", "audit_entry", "call_record", "case_call_try", "entrustment", "incident_line"),
    *("bundle_return", "cash_count", "cash_pieces", "original_refusal", "reconciliation"),
    *("disclosure", "disclosure_line", "disclosure_picture", "disclosure_release"),
    "disclosure_step",
    *("log_entry", "log_figure", "log_handover", "log_page", "log_step"),
    *("message_call", "message_template", "paper", "red_annulment", "redating", "reopening"),
    *("project_filing", "project_step", "road_map", "road_map_errand", "road_map_need"),
    *("obstacle_step", "project_meeting", "meeting_point", "meeting_obstacle"),
    *("project_spending", "spending_strike", "mandate_notice", "paper_notice"),
    "project_rating",
    "timeline_entry",
)
#: tables of the books: each verb has a guard of its own
BOOKS = (
    *("account", "account_entry", "account_line", "account_posting", "account_set"),
    *("account_step", "original", "original_use"),
    *("account_scan", "bundle", "bundle_signature"),
)
GUARDS = {
    "sqlite": ("guard_delete", "guard_insert", "guard_update"),
    "postgresql": ("guard_delete", "guard_insert", "guard_update", "no_truncate"),
}
VERBS = {
    "sqlite": ("no_delete", "no_replace", "no_update"),
    "postgresql": ("append_only", "no_truncate"),
}
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": """
        SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace
        ORDER BY tgname COLLATE "C"
    """,
}
SHAPES = {
    "sqlite": """
        SELECT type, name, coalesce(sql, '') FROM sqlite_master
        WHERE tbl_name <> 'alembic_version' ORDER BY type, name
    """,
    "postgresql": """
        SELECT 'column', table_name || '.' || column_name, data_type || is_nullable
        FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name <> 'alembic_version'
        UNION SELECT 'index', indexname, indexdef FROM pg_indexes
        WHERE schemaname = current_schema() AND tablename <> 'alembic_version'
        UNION SELECT 'trigger', tgname, pg_get_triggerdef(pg_trigger.oid)
        FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace
        ORDER BY 1, 2
    """,
}
STRIDES = {"sqlite": 1, "postgresql": 8}
Shape = list[tuple[str, ...]]


class PowerCut(Exception):
    """What happens in the middle of a migration."""


@pytest.fixture
def nothing(
    kind: str, vault: Vault, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[sa.Engine]:
    """Open a database in which there is nothing yet."""
    if kind == "sqlite":
        engine = sqlite_engine(tmp_path / "desk.db", vault.database_key)
    else:
        schema = f"nothing_{abs(hash(request.node.name))}"
        engine = postgres_engine(request.getfixturevalue("postgres"), schema)
        with engine.begin() as connection:
            connection.execute(sa.schema.CreateSchema(schema))
        engine.dispose()  # connections made before the schema was do not see it
    yield engine
    engine.dispose()


def test_migrations_build_what_the_records_describe(nothing: sa.Engine) -> None:
    upgrade(nothing)
    with nothing.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Record.metadata) == []


def test_a_second_upgrade_changes_nothing(nothing: sa.Engine) -> None:
    upgrade(nothing)
    before = shape(nothing)
    upgrade(nothing)
    assert shape(nothing) == before


def test_the_triggers_are_the_expected_ones(nothing: sa.Engine, kind: str) -> None:
    upgrade(nothing)
    expected = [f"{table}_{verb}" for table in APPEND_ONLY for verb in VERBS[kind]]
    expected += [f"{table}_{verb}" for table in BOOKS for verb in GUARDS[kind]]
    expected += ["account_entry_lines", "disclosure_line_guard_insert"]
    with nothing.connect() as connection:
        assert list(connection.execute(sa.text(TRIGGERS[kind])).scalars()) == sorted(expected)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry"]
)
def test_what_was_written_for_good_cannot_be_changed(nothing: sa.Engine, statement: str) -> None:
    upgrade(nothing)
    with writing(nothing) as connection:
        connection.exec_driver_sql(
            "INSERT INTO audit_entry (number, at, verb, subject, facts, digest)"
            " VALUES (1, '2026-03-02', 'x', 'x', '{}', 'x')"
        )
        with pytest.raises(DBAPIError, match="append only"):
            connection.exec_driver_sql(statement)


def test_migrations_are_numbered_without_gaps() -> None:
    numbers = sorted(int(file.name[:4]) for file in (MIGRATIONS / "versions").glob("*.py"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_migrations_form_one_line_in_the_order_of_their_numbers() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    line = [revision.revision for revision in script.walk_revisions()]
    assert script.get_heads() == line[:1]
    assert line == sorted(line, reverse=True)
    for revision in script.walk_revisions():
        assert Path(revision.path).name.startswith(f"{revision.revision}_")


def test_an_interrupted_migration_leaves_the_old_or_the_new(
    nothing: sa.Engine, kind: str, scripts_read_once: Config
) -> None:
    """Cut the power in every migration: before each statement, or (slower) each few."""
    for number in sorted(file.name[:4] for file in (MIGRATIONS / "versions").glob("*.py")):
        before, statement = shape(nothing), 0
        while is_cut_short(nothing, scripts_read_once, number, statement):
            assert shape(nothing) == before, f"{number}, cut before statement {statement}"
            statement += STRIDES[kind]
        assert shape(nothing) != before
    upgrade(nothing)
    with nothing.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Record.metadata) == []


@pytest.fixture
def scripts_read_once(monkeypatch: pytest.MonkeyPatch) -> Config:
    """Keep Alembic from reading every script again for each of hundreds of upgrades."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    monkeypatch.setattr(ScriptDirectory, "from_config", lambda _: scripts)
    return config


def is_cut_short(engine: sa.Engine, config: Config, number: str, statement: int) -> bool:
    """Run a migration up to one of its statements; say whether it has that many."""
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        cut_before(connection, statement)
        try:
            command.upgrade(config, number)
        except PowerCut:
            return True
        connection.commit()
    return False


def cut_before(connection: sa.Connection, statement: int) -> None:
    """Cut the power before the statement of this number is carried out."""
    seen = count()

    def look(*_: object) -> None:
        if next(seen) == statement:
            raise PowerCut

    event.listen(connection, "before_cursor_execute", look)


def writing(engine: sa.Engine) -> sa.Connection:
    """Open a connection that begins as our writers do."""
    return engine.execution_options(**{WRITES: True}).connect()


def shape(engine: sa.Engine) -> Shape:
    """Return everything the database holds but rows, and the number of its last migration."""
    with engine.connect() as connection:
        number = MigrationContext.configure(connection).get_current_revision() or ""
        rows = connection.execute(sa.text(SHAPES[engine.dialect.name])).all()
        return [("number", number), *(tuple(str(part) for part in row) for row in rows)]
