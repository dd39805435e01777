"""审计查询: questions about the audit record."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.audit.records import AuditEntry, AuditHead
from kernel.audit.rules import Line, first_broken
from kernel.house_session import vault_of


def first_broken_record(session: Session) -> int | None:
    """Return the number of the first record that does not hold, or None when all do.

    The head is compared too, so that cutting off the tail is seen as well.
    """
    broken = first_broken(vault_of(session).audit_key, _chain(session))
    head = session.get_one(AuditHead, 1)
    last = session.scalar(sa.select(sa.func.max(AuditEntry.number))) or 0
    if broken is None and head.number != last:
        return min(head.number, last) + 1
    return broken


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
        AuditEntry.at,
        AuditEntry.actor_id,
        AuditEntry.verb,
        AuditEntry.subject,
        AuditEntry.facts,
        AuditEntry.digest,
    ).order_by(AuditEntry.number)
    for row in session.execute(query).yield_per(1000):
        yield Line(*row[:-1]), row[-1]
