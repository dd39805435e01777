"""备份: take a backup, prove it, and put one back.

Source: design rule 20 of docs/architecture.md.
"""

import os
import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DatabaseError, NoResultFound

from kernel.audit.queries import count, first_broken_record
from kernel.backup import rules
from kernel.backup.rules import BackupBroken, BackupMissing, NotSqlite, file_name
from kernel.database import keyed_connector, sqlite_engine
from kernel.house_session import Database
from kernel.vault import Vault

PAGES_AT_A_TIME = 200
#: the files of a database: itself, and what SQLite keeps beside it
LOGS = ("", "-wal", "-shm")


def take(database: Database, source: Path, folder: Path, now: datetime) -> tuple[Path, int]:
    """Copy the running database into a keyed file, verify it, then give it its name.

    Returns its path and its number of audit records. Raises: NotSqlite, BackupBroken.
    """
    if database.engine.dialect.name != "sqlite":
        raise NotSqlite
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    final, vault = folder / file_name(now), database.vault
    unfinished = final.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    _copy(source, unfinished, vault.database_key)
    records = verify(unfinished, vault)
    _flush(unfinished)
    unfinished.rename(final)
    _flush(folder)
    return final, records


def put_back(backup: Path, target: Path, database: Database, now: datetime) -> tuple[Path, int]:
    """Replace the database by a verified copy of `backup`; the old one is kept beside it.

    Returns where the old one went, and the number of audit records.
    Raises: NotSqlite, BackupBroken.
    """
    if database.engine.dialect.name != "sqlite":
        raise NotSqlite
    if not backup.is_file():
        raise BackupMissing(path=backup)
    fresh = target.with_suffix(".restoring")
    _remove(fresh)
    shutil.copyfile(backup, fresh)  # to open a file is to write to it: the backup stays as it is
    try:
        records = verify(fresh, database.vault)
    except BackupBroken:
        _remove(fresh)
        raise
    _flush(fresh)
    aside = target.with_name(f"before-restore-{file_name(now)}")
    _set_aside(target, aside)
    fresh.rename(target)
    _flush(target.parent)
    return aside, records


def verify(file: Path, vault: Vault) -> int:
    """Open a copy with the key and prove it whole; return its number of audit records."""
    engine = sqlite_engine(file, vault.database_key)
    try:
        return _proven(Database(engine, vault))
    except (DatabaseError, NoResultFound) as wrong:
        raise BackupBroken(why=rules.WRONG_KEY) from wrong
    finally:
        engine.dispose()


def _proven(database: Database) -> int:
    with database.reading() as session:
        connection = session.connection()
        if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
            raise BackupBroken(why=rules.NOT_WHOLE)
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise BackupBroken(why=rules.LOOSE_ENDS)
        broken = first_broken_record(session)
        if broken is not None:
            raise BackupBroken(why=rules.CHAIN.format(number=broken))
        return count(session)


def _copy(source: Path, target: Path, key: bytes) -> None:
    """Copy what `source` holds at this moment.

    The open reading transaction is what makes it end: without it SQLite begins the copy anew
    after each write of somebody else, and at a busy counter there is always another one.
    """
    opened: Any = keyed_connector(source, key)()
    fresh: Any = keyed_connector(target, key)()
    with closing(opened), closing(fresh):
        fresh.execute("PRAGMA journal_mode = DELETE").fetchall()
        opened.execute("BEGIN")
        opened.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        opened.backup(fresh, pages=PAGES_AT_A_TIME, sleep=0.01)


def _set_aside(target: Path, aside: Path) -> None:
    for ending in LOGS:
        part = target.with_name(target.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))


def _remove(file: Path) -> None:
    """Remove a database, its log too: a log left behind would be read into the next one."""
    for ending in LOGS:
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
