"""审计查询: questions about the audit record."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.audit.records import AuditEntry, AuditHead
from kernel.audit.rules import GENESIS, Line, first_broken
from kernel.house_session import vault_of

NEVER = datetime.min.replace(tzinfo=UTC)
#: as the database gives it: a row that somebody altered may hold anything
_AS_STORED: sa.ColumnElement[Any] = sa.type_coerce(AuditEntry.at, sa.types.NullType())


def first_broken_record(session: Session) -> int | None:
    """Return the number of the first record that does not hold, or None when all do.

    The head is compared too, so that cutting off the tail is seen as well.
    """
    broken = first_broken(vault_of(session).audit_key, _chain(session))
    return _beside_the_head(session) if broken is None else broken


def _beside_the_head(session: Session) -> int | None:
    newest = sa.select(AuditEntry.number, AuditEntry.digest).order_by(AuditEntry.number.desc())
    number, digest = session.execute(newest.limit(1)).one_or_none() or (0, GENESIS)
    head = session.execute(sa.select(AuditHead.number, AuditHead.digest)).one_or_none()
    if head is None:
        return int(number) + 1
    known = int(head.number)
    return None if (known, head.digest) == (number, digest) else min(known, int(number)) + 1


def count(session: Session) -> int:
    """Return how many records there are."""
    return session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) or 0


def about(session: Session, subject: str) -> list[AuditEntry]:
    """Return the records about one subject, oldest first."""
    query = sa.select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.number)
    return list(session.scalars(query))


def _chain(session: Session) -> Iterator[tuple[Line, bytes]]:
    query = sa.select(
        AuditEntry.number,
        _AS_STORED,
        AuditEntry.actor_id,
        AuditEntry.verb,
        AuditEntry.subject,
        AuditEntry.facts,
        AuditEntry.digest,
    ).order_by(AuditEntry.number)
    for row in session.execute(query).yield_per(1000):
        yield _line(row), row[-1]


def _line(row: sa.Row[Any]) -> Line:
    """Return a record as the chain sees it; a moment that is none becomes one that never was."""
    number, stored, *rest = row[:-1]
    try:
        at = stored if isinstance(stored, datetime) else datetime.fromisoformat(stored)
    except (TypeError, ValueError):
        at = NEVER
    return Line(number, at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC), *rest)
