"""审计: write the audit record, in the transaction of what it records."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.audit.records import AuditEntry, AuditHead
from kernel.audit.rules import Line, canonical_facts, digest
from kernel.errors import Refusal
from kernel.house_session import vault_of

#: how far the computer's clock may fall behind the newest record before we stop numbering
CLOCK_TOLERANCE = timedelta(minutes=5)

_HEAD = sa.select(AuditHead.number, AuditHead.digest).with_for_update()
_MOVE_HEAD = sa.update(AuditHead).values(
    number=sa.bindparam("number_"), at=sa.bindparam("at_"), digest=sa.bindparam("digest_")
)
_APPEND = sa.insert(AuditEntry)
_NEWEST_AT = sa.select(AuditHead.at)


class ClockWentBack(Refusal):
    message = "这台电脑的时间比最近一笔业务还早，请先校准电脑时间，再办理业务。"
    status = 503


def record(
    session: Session, actor: Actor, verb: str, subject: str, now: datetime, **facts: object
) -> None:
    """Append one record: `verb` done by `actor` to `subject` (`kind:id`)."""
    number, previous = session.execute(_HEAD).one()
    line = Line(number + 1, now, actor.staff_id, verb, subject, canonical_facts(facts))
    chained = digest(vault_of(session).audit_key, previous, line)
    session.execute(
        _APPEND,
        {
            "number": line.number,
            "at": now,
            "actor_id": line.actor_id,
            "verb": verb,
            "subject": subject,
            "facts": line.facts,
            "digest": chained,
        },
    )
    session.execute(_MOVE_HEAD, {"number_": line.number, "at_": now, "digest_": chained})


def refuse_a_clock_that_went_back(session: Session, now: datetime) -> None:
    """Refuse to give out numbers while the clock stands before the newest record."""
    newest = session.scalar(_NEWEST_AT)
    if newest is not None and now < newest - CLOCK_TOLERANCE:
        raise ClockWentBack
