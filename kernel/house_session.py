"""会话: the only ways to a database Session, for reading and for writing."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from kernel.database import WRITES
from kernel.turnstile import Turnstile
from kernel.vault import Vault

_VAULT = "vault"


class Database:
    """An engine, and the vault that opens what is sealed in it."""

    def __init__(self, engine: sa.Engine, vault: Vault, turnstile: Turnstile | None = None) -> None:
        self.engine = engine
        self.vault = vault
        known = {_VAULT: vault}
        self._readers = sessionmaker(engine, expire_on_commit=False, info=known)
        writers = engine.execution_options(**{WRITES: True})
        self._writers = sessionmaker(writers, expire_on_commit=False, info=known)
        #: who alone opens a database (a test, a verification) needs no line
        self._turn = turnstile.passed if turnstile else nullcontext

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a Session that looks and changes nothing."""
        with self._readers() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open one transaction; it commits when the block ends, and not at all if it raises."""
        with self._turn(), self._writers.begin() as session:
            yield session


def vault_of(session: Session) -> Vault:
    """Return the vault that belongs to the session's database."""
    return cast(Vault, session.info[_VAULT])
