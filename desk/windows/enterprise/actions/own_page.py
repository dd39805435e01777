"""企业专页的动作: open a page and close it, write to each other, rate."""

from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.enterprise.queries.own_page import page_of, rating
from desk.windows.enterprise.records import (
    Enterprise,
    EnterprisePage,
    Project,
    ProjectMessage,
    ProjectRating,
)
from desk.windows.enterprise.rules.own_page import (
    PURPOSE,
    PageNotOpen,
    RatingLevel,
    check_rating,
    check_words,
    message_place,
    rating_place,
)
from kernel.access import HOUSE, Actor
from kernel.audit import actions as audit
from kernel.house_session import vault_of
from kernel.vault import token_hash


def issue(session: Session, of: Enterprise, actor: Actor, now: datetime) -> EnterprisePage:
    """Open an enterprise's page under another code; the code before it opens nothing any more."""
    row = page_of(session, of.id)
    if row is None:
        row = EnterprisePage(enterprise_id=of.id, uuid=uuid4().hex, generation=0)
    row.generation += 1
    code = vault_of(session).token(PURPOSE, row.uuid, row.generation)
    row.code_hash, row.issued_at, row.issued_by_id = token_hash(code), now, _number(actor)
    session.add(row)
    session.flush()
    facts = {"generation": row.generation}
    audit.record(session, actor, "enterprise_page.issued", _subject(of), now, **facts)
    return row


def print_slip(session: Session, of: Enterprise, actor: Actor, now: datetime) -> EnterprisePage:
    """Write down that the code of an enterprise's page goes onto paper. Raises PageNotOpen."""
    row = _open_page(session, of)
    facts = {"generation": row.generation}
    audit.record(session, actor, "enterprise_page.printed", _subject(of), now, **facts)
    return row


def close(session: Session, of: Enterprise, actor: Actor, now: datetime) -> None:
    """Close an enterprise's page: its code opens nothing any more. Raises PageNotOpen."""
    row = _open_page(session, of)
    row.code_hash = None
    session.flush()
    audit.record(session, actor, "enterprise_page.closed", _subject(of), now)


def write(
    session: Session, of: Project, words: str, actor: Actor | None, now: datetime
) -> ProjectMessage:
    """Write a message about a project; None: the enterprise does. Raises NothingWritten.

    Whoever of the window answers has seen what was written before.
    """
    check_words(words)
    uuid = uuid4().hex
    if actor is not None:
        _see(session, of, actor, now)
    row = ProjectMessage(
        project_id=of.id,
        uuid=uuid,
        words_sealed=vault_of(session).town.seal(words, message_place(uuid)),
        at=now,
        actor_id=actor.staff_id if actor else None,
        seen_at=now if actor else None,
        seen_by_id=actor.staff_id if actor else None,
    )
    session.add(row)
    session.flush()
    subject = f"project:{of.id}"
    audit.record(session, actor or HOUSE, "project.message", subject, now, message=row.id)
    return row


def see(session: Session, of: Project, actor: Actor, now: datetime) -> None:
    """Say that what the enterprise wrote was read."""
    _see(session, of, actor, now)
    audit.record(session, actor, "project.messages_seen", f"project:{of.id}", now)


def _see(session: Session, of: Project, actor: Actor, now: datetime) -> None:
    waiting = (ProjectMessage.project_id == of.id, ProjectMessage.seen_at.is_(None))
    seen = sa.update(ProjectMessage).where(*waiting)
    session.execute(seen.values(seen_at=now, seen_by_id=actor.staff_id))


def rate(
    session: Session, of: Project, told: tuple[RatingLevel, str], now: datetime, *, is_over: bool
) -> ProjectRating:
    """Keep what an enterprise thinks of how its project was walked: (level, words).

    Raises: NotYetToRate, RatedAlready, PoorNeedsWords.
    """
    level, words = told
    check_rating(level, words, is_over=is_over, is_rated=rating(session, of.id) is not None)
    sealed = vault_of(session).town.seal(words, rating_place(of.id)) if words else ""
    row = ProjectRating(project_id=of.id, level=level, words_sealed=sealed, at=now)
    session.add(row)
    session.flush()
    audit.record(session, HOUSE, "project.rated", f"project:{of.id}", now, level=level)
    return row


def _number(actor: Actor) -> int:
    assert actor.staff_id is not None
    return actor.staff_id


def _open_page(session: Session, of: Enterprise) -> EnterprisePage:
    row = page_of(session, of.id)
    if row is None or row.code_hash is None:
        raise PageNotOpen
    return row


def _subject(of: Enterprise) -> str:
    return f"enterprise:{of.id}"
