"""长活查询: questions about long work."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.access import Actor, Role
from kernel.errors import NotFound
from kernel.work.records import LongWork
from kernel.work.rules import AGREERS, NotYours, Progress


def of_owner(session: Session, staff_id: int) -> list[LongWork]:
    """Return somebody's work, the newest first."""
    query = sa.select(LongWork).where(LongWork.owner_id == staff_id)
    return list(session.scalars(query.order_by(LongWork.id.desc()).limit(50)))


_HELD = (
    sa.select(LongWork)
    .where(LongWork.progress == Progress.HELD, LongWork.owner_id != sa.bindparam("own"))
    .order_by(LongWork.id)
)


def held_for(session: Session, actor: Actor) -> list[LongWork]:
    """Return what others want to take out of the house and somebody may agree to, oldest first."""
    if not actor.is_any(*AGREERS):
        return []
    return list(session.scalars(_HELD, {"own": actor.staff_id}))


def seen_by(session: Session, uuid: str, actor: Actor) -> LongWork:
    """Return a piece of work to its owner or an administrator. Raises NotFound, NotYours."""
    work = by_uuid(session, uuid)
    if work.owner_id != actor.staff_id and not actor.is_any(Role.ADMIN):
        raise NotYours
    return work


def by_uuid(session: Session, uuid: str) -> LongWork:
    """Return a piece of work. Raises NotFound."""
    work = session.scalar(sa.select(LongWork).where(LongWork.uuid == uuid))
    if work is None:
        raise NotFound
    return work


def is_idle(session: Session) -> bool:
    """Say whether no piece of work waits: asked before opening a transaction each second."""
    waits = sa.select(LongWork.id).where(LongWork.progress == Progress.WAITING).limit(1)
    return session.scalar(waits) is None
