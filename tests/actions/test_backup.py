"""备份与恢复: through the commands a person types, while others write."""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result

from app import create_app
from desk.cases.records import Case
from kernel import serving
from kernel.access import HOUSE
from kernel.audit.actions import record
from kernel.backup import actions
from kernel.database import keyed_connector, sqlite_engine
from kernel.house_session import Database
from kernel.serving import the_only_one
from kernel.vault import Vault
from kernel.web.house import House
from tests.builders import a_case

on_sqlite = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def run(here: House, *arguments: str | Path) -> Result:
    return create_app(here).test_cli_runner().invoke(args=[str(one) for one in arguments])


def content(database: Database) -> str:
    """Return a digest of everything in a database, table by table."""
    found = sha256()
    with database.engine.connect() as connection:
        for name in sorted(sa.inspect(connection).get_table_names()):
            rows = connection.execute(sa.text(f'SELECT * FROM "{name}"')).all()
            found.update(repr((name, sorted(map(repr, rows)))).encode())
    return found.hexdigest()


def content_of(file: Path, vault: Vault) -> str:
    engine = sqlite_engine(file, vault.database_key)
    try:
        return content(Database(engine, vault))
    finally:
        engine.dispose()


def a_backup(here: House, folder: Path) -> Path:
    taken = run(here, "backup", "--to", folder)
    assert taken.exit_code == 0, taken.output
    [file] = folder.glob("desk-*.db")
    return file


def register(here: House) -> None:
    with here.writing() as session:
        a_case(here, session, here.now())


@contextmanager
def a_busy_counter(here: House) -> Iterator[list[int]]:
    """Write as fast as a full hall never does, until the block ends."""
    stop, written = Event(), [0]

    def write() -> None:
        while not stop.is_set():
            with here.writing() as session:
                record(session, HOUSE, "town.changed", "town:1", here.now(), n=written[0])
            written[0] += 1

    counter = Thread(target=write)
    counter.start()
    try:
        while not written[0]:
            time.sleep(0.001)
        yield written
    finally:
        stop.set()
        counter.join()


def grow(here: House, megabytes: int) -> None:
    """Make the database as large as that of a town after some years."""
    with here.database.engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE years (page BLOB)"))
        for _ in range(megabytes):
            connection.execute(sa.text("INSERT INTO years VALUES (randomblob(1000000))"))


@on_sqlite
def test_a_backup_taken_while_others_write_ends_and_is_whole(here: House, tmp_path: Path) -> None:
    grow(here, 8)
    with a_busy_counter(here) as written:
        before = written[0]
        file = a_backup(here, tmp_path / "out")
        assert written[0] > before, "they did write meanwhile"
    records = actions.verify(file, here.database.vault)
    assert before < records
    assert not list(file.parent.glob("*.unfinished*"))


@on_sqlite
def test_a_copy_that_does_not_hold_its_moment_begins_again_and_again(
    here: House, tmp_path: Path
) -> None:
    """The control: what SQLite does to a plain online copy at a busy counter."""
    grow(here, 8)
    connect = keyed_connector(here.settings.database_file, here.database.vault.database_key)
    target = keyed_connector(tmp_path / "plain.db", here.database.vault.database_key)
    left: list[int] = []

    def write_meanwhile(_: int, remaining: int, __: int) -> None:
        with here.writing() as session:
            record(session, HOUSE, "town.changed", "town:1", here.now())
        left.append(remaining)
        if len(left) > 30:
            raise TimeoutError

    source: Any = connect()
    copy: Any = target()
    with closing(source), closing(copy), pytest.raises(TimeoutError):
        source.backup(copy, pages=actions.PAGES_AT_A_TIME, progress=write_meanwhile)
    assert any(later > earlier for earlier, later in pairwise(left)) or len(set(left)) == 1


@on_sqlite
def test_a_backup_says_what_it_is_and_tells_a_thief_nothing(here: House, tmp_path: Path) -> None:
    register(here)
    taken = run(here, "backup", "--to", tmp_path / "out")
    assert "备份已完成并核验" in taken.output
    assert "钥匙不在备份里" in taken.output
    [file] = (tmp_path / "out").glob("desk-*.db")
    raw = file.read_bytes()
    assert b"SQLite format 3" not in raw
    assert "示例".encode() not in raw
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


@on_sqlite
def test_what_is_put_back_is_exactly_what_was_taken(here: House, tmp_path: Path) -> None:
    register(here)
    taken = content(here.database)
    file = a_backup(here, tmp_path / "out")
    register(here)
    assert content(here.database) != taken
    raw = file.read_bytes()
    restored = run(here, "restore", file)
    assert restored.exit_code == 0, restored.output
    assert content(here.database) == taken
    assert file.read_bytes() == raw, "a backup is read and never written to"
    with here.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Case)) == 1


@on_sqlite
def test_what_was_there_before_is_kept_beside_it(here: House, tmp_path: Path) -> None:
    file = a_backup(here, tmp_path / "out")
    register(here)
    newer = content(here.database)
    restored = run(here, "restore", file)
    [aside] = here.settings.var.glob("before-restore-*.db")
    assert str(aside) in restored.output
    assert content_of(aside, here.database.vault) == newer


@on_sqlite
def test_a_restored_house_goes_on_working(here: House, tmp_path: Path) -> None:
    file = a_backup(here, tmp_path / "out")
    run(here, "restore", file)
    register(here)
    assert run(here, "audit", "verify").exit_code == 0
    assert a_backup(here, tmp_path / "again").exists()


def wrong_key(file: Path) -> None:
    source = keyed_connector(file, bytes(range(32, 64)))
    with closing(source()) as other:
        other.execute("CREATE TABLE stray (x)")


def with_another_key(file: Path) -> None:
    file.unlink()
    wrong_key(file)


def cut_off(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def cut_at_a_page(file: Path) -> None:
    os.truncate(file, 4096 * 20)


def spoilt_in_the_middle(file: Path) -> None:
    with file.open("r+b") as raw:
        raw.seek(file.stat().st_size // 2)
        raw.write(os.urandom(64))


def spoilt_at_the_head(file: Path) -> None:
    with file.open("r+b") as raw:
        raw.write(b"\0" * 64)


def empty(file: Path) -> None:
    os.truncate(file, 0)


def no_database(file: Path) -> None:
    file.write_text("发票.xlsx", "utf-8")


def gone(file: Path) -> None:
    file.unlink()


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def tampered(file: Path) -> None:
    connect = keyed_connector(file, bytes_of_the_test_key())
    with closing(connect()) as inside:
        inside.execute("DROP TRIGGER audit_entry_no_update")
        inside.execute("UPDATE audit_entry SET verb = 'nothing' WHERE number = 2")


def bytes_of_the_test_key() -> bytes:
    return Vault(bytes(range(32))).database_key


FAULTS = (
    with_another_key,
    cut_off,
    cut_at_a_page,
    spoilt_in_the_middle,
    spoilt_at_the_head,
    empty,
    no_database,
    gone,
    a_folder,
    tampered,
)


@on_sqlite
@pytest.mark.parametrize("spoil", FAULTS)
def test_a_backup_that_is_none_is_refused_in_words_and_changes_nothing(
    spoil: Any, here: House, tmp_path: Path
) -> None:
    file = a_backup(here, tmp_path / "out")
    register(here)
    before = content(here.database)
    spoil(file)
    refused = run(here, "restore", file)
    assert refused.exit_code == 1
    assert isinstance(refused.exception, SystemExit), "a sentence, not a traceback"
    assert "没有通过核验" in refused.output or "找不到备份文件" in refused.output
    assert content(here.database) == before
    assert not list(here.settings.var.glob("before-restore-*"))
    assert not list(here.settings.var.glob("*.restoring*"))


@on_sqlite
def test_nothing_is_put_back_while_the_hall_is_open(
    here: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = a_backup(here, tmp_path / "out")
    register(here)
    before = content(here.database)
    monkeypatch.setattr(serving, "PATIENCE", 0.1)
    with the_only_one(here.settings.var / "run.lock"):
        refused = run(here, "restore", file)
    assert (refused.exit_code, "还在运行" in refused.output) == (1, True)
    assert content(here.database) == before
    assert run(here, "restore", file).exit_code == 0, "the control: closed, it works"


@on_sqlite
def test_what_an_interrupted_run_left_is_not_read_into_the_next(
    here: House, tmp_path: Path
) -> None:
    """A write-ahead log that lies beside a new file must not be taken for the new file's own."""
    register(here)
    taken = content(here.database)
    file = a_backup(here, tmp_path / "out")
    register(here)
    fresh = here.settings.database_file.with_suffix(".restoring")
    leave_a_log(fresh, here.database.vault)
    assert Path(f"{fresh}-wal").stat().st_size > 0
    assert run(here, "restore", file).exit_code == 0
    assert content(here.database) == taken


def leave_a_log(file: Path, vault: Vault) -> None:
    """Leave what a process leaves that was killed while it wrote `file`."""
    copy = file.with_name("killed.db")
    connect = keyed_connector(copy, vault.database_key)
    with closing(connect()) as killed:
        killed.execute("CREATE TABLE stray (x)")
        killed.execute("INSERT INTO stray VALUES (randomblob(90000))")
        for ending in ("", "-wal"):
            Path(f"{file}{ending}").write_bytes(Path(f"{copy}{ending}").read_bytes())


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_on_postgresql_both_commands_say_what_to_use_instead(here: House, tmp_path: Path) -> None:
    for arguments in (("backup", "--to", tmp_path), ("restore", tmp_path / "x.db")):
        answer = run(here, *arguments)
        assert (answer.exit_code, "pg_dump" in answer.output) == (1, True)
    assert not here.settings.database_file.exists()
