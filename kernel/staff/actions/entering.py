"""进出: logins, sessions and second factors. The caller owns the transaction."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.attempts import count_try, take_back
from kernel.audit import actions as audit
from kernel.house_session import vault_of
from kernel.staff import queries, rules
from kernel.staff.records import Staff, StaffSession
from kernel.vault import token_hash

HASHER = PasswordHasher(
    time_cost=rules.ARGON_PASSES, memory_cost=rules.ARGON_MEMORY_KIB, parallelism=rules.ARGON_LANES
)
#: checked where there is no such account, so that the answer takes as long
_NOBODYS_HASH = HASHER.hash(secrets.token_hex(16))
TOTP_STEP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Login:
    """What somebody typed at the door, and where the door is."""

    username: str
    password: str
    code: str
    address: str
    #: a browser this account used before has tries of its own
    device: str
    is_local: bool


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser brings along when its owner goes through the door."""

    name: str
    form_token: str
    earlier_token: str


def count_login(session: Session, login: Login, now: datetime) -> None:
    """Count a try at the door. Raises TooManyTries; the count is committed either way."""
    limits = (rules.ADDRESS_TRIES, rules.LOGIN_TRIES)
    for key, limit in zip(_tried(login), limits, strict=True):
        count_try(session, key, limit, rules.LOGIN_SPAN, now)


def forgive_login(session: Session, login: Login) -> None:
    """Take back the try that was right: only what failed is a guess."""
    for key in _tried(login):
        take_back(session, key)


def check_login(session: Session, login: Login, now: datetime) -> Staff:
    """Return whose login this is; reads only, so that hashing holds up nobody's writing.

    Raises: WrongLogin, CodeExpired, SampleFromElsewhere.
    """
    staff = queries.by_username(session, login.username)
    right = password_matches(staff.password_hash if staff else _NOBODYS_HASH, login.password)
    if staff is None or not right or staff.disabled_at is not None:
        raise rules.WrongLogin
    if staff.code_until is not None and now > staff.code_until:
        raise rules.CodeExpired
    if staff.is_sample and not login.is_local:
        raise rules.SampleFromElsewhere
    return staff


def check_code(session: Session, staff: Staff, code: str, now: datetime) -> None:
    """Accept a one-time code of this step or a neighbour, and never the same one twice.

    An account without a second factor passes. Raises: WrongLogin. Source: RFC 6238.
    """
    if staff.totp_sealed is None:
        return
    secret = vault_of(session).town.open(staff.totp_sealed, _totp_place(staff))
    totp, typed = pyotp.TOTP(secret), rules.plain_digits(code)
    step = int(now.timestamp()) // TOTP_STEP_SECONDS
    for candidate in (step - 1, step, step + 1):
        is_fresh = staff.totp_step is None or candidate > staff.totp_step
        if is_fresh and secrets.compare_digest(totp.generate_otp(candidate), typed):
            staff.totp_step = candidate
            return
    raise rules.WrongLogin


def enter(session: Session, staff: Staff, browser: Browser, now: datetime) -> str:
    """Open a session for `staff`; return its token, which only the browser keeps.

    The session before it ends; its form token goes on, so that a form that was given back
    because the session had run out can be sent again from where it stands.
    """
    _end(session, browser.earlier_token)
    token = secrets.token_hex(32)
    content = {"csrf_token": browser.form_token, "_user_id": str(staff.id), "_fresh": True}
    session.add(
        StaffSession(
            token_hash=token_hash(token),
            staff_id=staff.id,
            content=json.dumps(content),
            device=browser.name[:120],
            opened_at=now,
            seen_at=now,
        )
    )
    audit.record(session, Actor(staff.id, staff.name), "staff.entered", f"staff:{staff.id}", now)
    return token


def end_sessions(session: Session, staff_id: int) -> None:
    """End every session of an account."""
    session.execute(sa.delete(StaffSession).where(StaffSession.staff_id == staff_id))


def leave_everywhere(session: Session, actor: Actor, now: datetime) -> None:
    """End every session of one's own."""
    end_sessions(session, actor.staff_id or 0)
    audit.record(session, actor, "staff.left_everywhere", f"staff:{actor.staff_id}", now)


def leave(session: Session, token: str, actor: Actor, now: datetime) -> None:
    """End one session of one's own."""
    _end(session, token)
    audit.record(session, actor, "staff.left", f"staff:{actor.staff_id}", now)


def forget_old_sessions(session: Session, now: datetime) -> None:
    """Delete the sessions that are over anyway."""
    session.execute(sa.delete(StaffSession).where(StaffSession.opened_at < now - rules.ABSOLUTE))


def set_up_totp(session: Session, staff: Staff, secret: str, code: str, now: datetime) -> None:
    """Keep a second factor, once its first code proves that the phone has it."""
    rules.check_secret(secret)
    staff.totp_sealed = vault_of(session).town.seal(secret, _totp_place(staff))
    check_code(session, staff, code, now)
    who = Actor(staff.id, staff.name)
    audit.record(session, who, "staff.totp_set_up", f"staff:{staff.id}", now)


def _tried(login: Login) -> tuple[str, str]:
    """Return under what a try at the door counts: where from, and for whom."""
    username = login.username.strip().lower()
    return f"door:{login.address}", f"login:{username}:{login.device or 'strangers'}"


def _end(session: Session, token: str) -> None:
    session.execute(sa.delete(StaffSession).where(StaffSession.token_hash == token_hash(token)))


def _totp_place(staff: Staff) -> str:
    return f"staff|totp|{staff.username}"


def password_matches(password_hash: str, password: str) -> bool:
    """Say whether this is the password that the hash was made from."""
    try:
        return HASHER.verify(password_hash, password)
    except VerifyMismatchError:
        return False
