"""账号: what is done to accounts. The caller owns the transaction."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kernel.access import Actor, Role
from kernel.audit import actions as audit
from kernel.house_session import vault_of
from kernel.staff import queries, rules
from kernel.staff.actions.entering import HASHER, end_sessions, password_matches
from kernel.staff.records import Staff, StaffRole


@dataclass(frozen=True, slots=True)
class Account:
    """A new account as typed."""

    username: str
    name: str
    title: str
    roles: frozenset[Role]
    is_sample: bool = False


def add(session: Session, account: Account, actor: Actor, password: str, now: datetime) -> Staff:
    """Open an account with a one-time initial code (a sample account keeps its password)."""
    rules.check_roles(account.roles)
    username, roles = account.username.strip().lower(), sorted(account.roles)
    if queries.by_username(session, username) is not None:
        raise rules.UsernameTaken(username=username)
    staff = Staff(
        username=username,
        name=account.name,
        title=account.title,
        password_hash=HASHER.hash(password),
        code_until=None if account.is_sample else now + rules.CODE_LASTS,
        is_sample=account.is_sample,
        made_at=now,
        roles=[StaffRole(role=role) for role in roles],
    )
    session.add(staff)
    session.flush()
    audit.record(session, actor, "staff.added", f"staff:{staff.id}", now, roles=roles)
    return staff


def new_initial_code() -> str:
    """Return a code to hand over on paper: 50 random bits in groups of five letters."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(2))


def issue_code(session: Session, staff: Staff, actor: Actor, now: datetime) -> str:
    """Give an account a new initial code and end its sessions; return the code, shown once."""
    code = new_initial_code()
    staff.password_hash, staff.code_until = HASHER.hash(code), now + rules.CODE_LASTS
    staff.totp_sealed = None
    end_sessions(session, staff.id)
    audit.record(session, actor, "staff.code_issued", f"staff:{staff.id}", now)
    return code


def choose_password(
    session: Session, staff: Staff, password: str, local_words: Sequence[str], now: datetime
) -> None:
    """Set the password somebody chose; every session of theirs ends."""
    rules.check_password(password, [*local_words, staff.username, staff.name])
    if password_matches(staff.password_hash, password):
        raise rules.SamePassword
    staff.password_hash, staff.code_until = HASHER.hash(password), None
    end_sessions(session, staff.id)
    who = Actor(staff.id, staff.name)
    audit.record(session, who, "staff.password_chosen", f"staff:{staff.id}", now)


def disable(session: Session, staff: Staff, actor: Actor, now: datetime) -> None:
    """Close an account at once: its next request is refused."""
    if queries.other_administrators(session, staff.id) == 0:
        raise rules.LastAdministrator
    staff.disabled_at = now
    end_sessions(session, staff.id)
    audit.record(session, actor, "staff.disabled", f"staff:{staff.id}", now)


def enable(session: Session, staff: Staff, actor: Actor, now: datetime) -> None:
    """Open a closed account again."""
    staff.disabled_at = None
    audit.record(session, actor, "staff.enabled", f"staff:{staff.id}", now)


def set_roles(
    session: Session, staff: Staff, roles: frozenset[Role], actor: Actor, now: datetime
) -> None:
    """Change what somebody is trusted with; their sessions end."""
    rules.check_roles(roles)
    if Role.ADMIN not in roles and queries.other_administrators(session, staff.id) == 0:
        raise rules.LastAdministrator
    staff.roles = [StaffRole(role=role) for role in sorted(roles)]
    end_sessions(session, staff.id)
    audit.record(session, actor, "staff.roles_set", f"staff:{staff.id}", now, roles=sorted(roles))


def set_mobile(session: Session, staff: Staff, mobile: str, actor: Actor, now: datetime) -> None:
    """Keep somebody's work phone, sealed; an empty one: they have none."""
    place = queries.mobile_place(staff)
    staff.mobile_sealed = vault_of(session).town.seal(mobile, place) if mobile else None
    audit.record(session, actor, "staff.mobile_set", f"staff:{staff.id}", now, has=bool(mobile))
