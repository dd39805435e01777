"""尝试次数: how often something guessable was tried in a span of time.

Counted in one statement, so that two tries at once are two.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Record
from kernel.errors import Refusal

#: nothing is limited over a longer time
LONGEST_SPAN = timedelta(days=1)


class TooManyTries(Refusal):
    message = "试的次数太多了，请过{minutes}分钟再试；急用的请到窗口，或请管理员帮忙。"
    status = 429


class Attempt(Record):
    """What is limited, and for whom; a personal value only as a blind index."""

    __tablename__ = "attempt"

    key: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    tries: Mapped[int]


def count_try(session: Session, key: str, limit: int, span: timedelta, now: datetime) -> None:
    """Count one try of `key`; refuse the one after `limit` within `span`.

    Raises: TooManyTries. The caller commits the count even when it goes on to refuse.
    """
    if tries_so_far(session, key, span, now) > limit:
        raise TooManyTries(minutes=max(1, round(span.total_seconds() / 60)))


def take_back(session: Session, key: str) -> None:
    """Take one try of `key` back: it was right, no guess. What failed before still counts."""
    mine = (Attempt.key == key, Attempt.tries > 0)
    session.execute(sa.update(Attempt).where(*mine).values(tries=Attempt.tries - 1))


def forget_old_tries(session: Session, now: datetime) -> None:
    """Delete the counts that no limit reaches back to any more."""
    session.execute(sa.delete(Attempt).where(Attempt.since < now - LONGEST_SPAN))


def tries_so_far(session: Session, key: str, span: timedelta, now: datetime) -> int:
    """Count one try and return how many there were in the span, this one included."""
    begin_again = Attempt.since < now - span
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(Attempt).values(key=key, since=now, tries=1)
    counted = statement.on_conflict_do_update(
        index_elements=[Attempt.key],
        set_={
            "tries": sa.case((begin_again, 1), else_=Attempt.tries + 1),
            "since": sa.case((begin_again, now), else_=Attempt.since),
        },
    ).returning(Attempt.tries)
    return session.execute(counted).scalar_one()
