"""账号查询: questions about staff and their sessions."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.access import Actor, Role
from kernel.errors import NotFound
from kernel.house_session import vault_of
from kernel.staff.records import Staff, StaffRole, StaffSession

_SESSION = (
    sa.select(
        StaffSession.content,
        StaffSession.opened_at,
        StaffSession.seen_at,
        Staff.id,
        Staff.name,
        Staff.code_until,
        StaffRole.role,
    )
    .join(Staff, Staff.id == StaffSession.staff_id)
    .join(StaffRole, StaffRole.staff_id == Staff.id)
    .where(StaffSession.token_hash == sa.bindparam("token_hash"), Staff.disabled_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session as one request needs it."""

    content: str
    opened_at: datetime
    seen_at: datetime
    actor: Actor
    #: still on the initial code: may do nothing but choose a password
    must_choose_password: bool


def open_session(session: Session, token_hash: bytes) -> OpenSession | None:
    """Return the session of that token, unless it or its owner is gone."""
    rows = session.execute(_SESSION, {"token_hash": token_hash}).all()
    if not rows:
        return None
    first = rows[0]
    actor = Actor(first.id, first.name, frozenset(Role(row.role) for row in rows))
    waiting = first.code_until is not None
    return OpenSession(first.content, first.opened_at, first.seen_at, actor, waiting)


def by_username(session: Session, username: str) -> Staff | None:
    """Return the account of that name, whatever its letter case."""
    return session.scalar(sa.select(Staff).where(Staff.username == username.strip().lower()))


def by_id(session: Session, staff_id: int) -> Staff:
    """Return an account. Raises NotFound."""
    staff = session.get(Staff, staff_id)
    if staff is None:
        raise NotFound
    return staff


def actor_of(session: Session, staff_id: int) -> Actor:
    """Return somebody with the roles they hold now; of a closed account none. Raises NotFound."""
    staff = by_id(session, staff_id)
    held = () if staff.disabled_at else staff.roles
    return Actor(staff.id, staff.name, frozenset(Role(one.role) for one in held))


def mobile_place(staff: Staff) -> str:
    """Return what somebody's work phone is bound to."""
    return f"staff|mobile|{staff.username}"


def mobile_of(session: Session, staff: Staff) -> str:
    """Return somebody's work phone as stored, or nothing."""
    if staff.mobile_sealed is None:
        return ""
    return vault_of(session).town.open(staff.mobile_sealed, mobile_place(staff))


def everyone(session: Session) -> list[Staff]:
    """Return all accounts, those in use first."""
    order = (Staff.disabled_at.is_not(None), Staff.id)
    return list(session.scalars(sa.select(Staff).order_by(*order)))


def sample_accounts(session: Session) -> list[Staff]:
    """Return the invented accounts of a sample town."""
    query = sa.select(Staff).where(Staff.is_sample, Staff.disabled_at.is_(None)).order_by(Staff.id)
    return list(session.scalars(query))


def other_administrators(session: Session, staff_id: int) -> int:
    """Return how many administrators there are besides this one.

    Whoever asks is about to take one away, so their roles are locked: on PostgreSQL two
    administrators could otherwise close each other's accounts in the same moment.
    """
    session.execute(sa.select(StaffRole).where(StaffRole.role == Role.ADMIN).with_for_update())
    query = (
        sa.select(sa.func.count())
        .select_from(StaffRole)
        .join(Staff, Staff.id == StaffRole.staff_id)
        .where(StaffRole.role == Role.ADMIN, Staff.id != staff_id, Staff.disabled_at.is_(None))
    )
    return session.scalar(query) or 0


def sessions_of(session: Session, staff_id: int) -> list[StaffSession]:
    """Return where somebody is logged in, the newest first."""
    query = sa.select(StaffSession).where(StaffSession.staff_id == staff_id)
    return list(session.scalars(query.order_by(StaffSession.seen_at.desc())))


def names(session: Session) -> dict[int, str]:
    """Return every account's name by id."""
    return {row.id: row.name for row in session.execute(sa.select(Staff.id, Staff.name))}


def holding(session: Session, *roles: Role) -> list[Staff]:
    """Return the accounts in use that hold any of the roles."""
    query = (
        sa.select(Staff)
        .where(Staff.disabled_at.is_(None), Staff.roles.any(StaffRole.role.in_(roles)))
        .order_by(Staff.id)
    )
    return list(session.scalars(query))
