"""审计: write the audit record, in the transaction of what it records."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.access import HOUSE, Actor
from kernel.audit.records import AuditEntry, AuditHead
from kernel.audit.rules import Line, canonical_facts, digest
from kernel.errors import Refusal
from kernel.house_session import vault_of

#: how far the computer's clock may fall behind the newest record before we stop numbering
CLOCK_TOLERANCE = timedelta(minutes=5)

_HEAD = sa.select(AuditHead.number, AuditHead.digest, AuditHead.at).with_for_update()
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
    number, previous, newest = session.execute(_HEAD).one()
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
    # a clock set back must not disarm the guard below by one harmless record
    highest = max(now, newest) if newest else now
    session.execute(_MOVE_HEAD, {"number_": line.number, "at_": highest, "digest_": chained})


def refuse_a_clock_that_went_back(session: Session, now: datetime) -> None:
    """Refuse to give out numbers while the clock stands before the newest record."""
    newest = session.scalar(_NEWEST_AT)
    if newest is not None and now < newest - CLOCK_TOLERANCE:
        raise ClockWentBack


def trust_the_clock(session: Session, now: datetime) -> None:
    """Take the computer's present time for right, after it once stood in the future."""
    record(session, HOUSE, "clock.trusted", "clock:house", now)
    session.execute(sa.update(AuditHead).values(at=now))
