"""完整的办件: what must be true of the database after any crash, counted as breaches."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.records import Case, CaseMaterial, CaseParty, Paper, Serial, TimelineEntry
from desk.messages.records import OutboxMessage
from kernel.audit.queries import first_broken_record
from kernel.audit.records import AuditEntry
from kernel.web.house import House
from kernel.web.records import FormPost


def breaches(here: House, acknowledged: Iterable[str]) -> dict[str, int]:
    """Count what was lost, given twice, left out or left half, and a broken chain or file."""
    with here.reading() as session:
        stored = list(session.scalars(sa.select(Case.number)))
        return {
            "lost": len(set(acknowledged) - set(stored)),
            "duplicate": len(stored) - len(set(stored)),
            "gaps": _last(session) - len(stored),
            "half": _half(session),
            "unanswered forms": _unanswered(session),
            "broken chain": int(first_broken_record(session) is not None),
            "broken file": int(not _is_sound(session)),
        }


def _last(session: Session) -> int:
    return session.scalar(sa.select(sa.func.sum(Serial.last)).where(_of_cases())) or 0


def _of_cases() -> sa.ColumnElement[bool]:
    return Serial.series.like("case:%")


def _half(session: Session) -> int:
    """Count cases that lack a part of what one registration writes together."""
    subject, key = sa.literal("case:") + _text(Case.id), sa.literal("case:") + _text(Case.id)
    parts = (
        sa.exists().where(CaseParty.case_id == Case.id),
        sa.exists().where(CaseMaterial.case_id == Case.id),
        sa.exists().where(TimelineEntry.case_id == Case.id),
        sa.exists().where(Paper.case_id == Case.id),
        sa.exists().where(AuditEntry.subject == subject),
        sa.exists().where(OutboxMessage.key == key + ":receipt"),
    )
    lacking = sa.or_(*(sa.not_(part) for part in parts))
    return session.scalar(sa.select(sa.func.count()).select_from(Case).where(lacking)) or 0


def _text(column: sa.ColumnElement[int] | sa.orm.InstrumentedAttribute[int]) -> sa.Cast[str]:
    return sa.cast(column, sa.String)


def _unanswered(session: Session) -> int:
    empty = sa.select(sa.func.count()).select_from(FormPost).where(FormPost.answer == "")
    return session.scalar(empty) or 0


def _is_sound(session: Session) -> bool:
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return True
    return connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
