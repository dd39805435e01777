"""企业专页查询: the page a code opens, what was written there, and what a project was rated."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.enterprise.queries.enterprises import by_whom
from desk.windows.enterprise.records import (
    Enterprise,
    EnterprisePage,
    Project,
    ProjectMessage,
    ProjectRating,
)
from desk.windows.enterprise.rules.access import sees_all
from desk.windows.enterprise.rules.complaints import AboutWhom
from desk.windows.enterprise.rules.own_page import (
    MESSAGES_SHOWN,
    PURPOSE,
    NoSuchPage,
    RatingLevel,
    message_place,
    rating_place,
)
from kernel.access import Actor
from kernel.errors import NotFound
from kernel.house_session import vault_of
from kernel.vault import token_hash


@dataclass(frozen=True, slots=True)
class Message:
    """A message, unsealed."""

    id: int
    words: str
    at: datetime
    #: None: the enterprise wrote it
    actor_id: int | None
    is_seen: bool


@dataclass(frozen=True, slots=True)
class Rated:
    """What an enterprise thought of how its project was walked."""

    level: RatingLevel
    words: str
    at: datetime


def page_of(session: Session, enterprise_id: int) -> EnterprisePage | None:
    """Return an enterprise's page, closed or open; None: it never had one."""
    return session.get(EnterprisePage, enterprise_id)


def code_of(session: Session, page: EnterprisePage) -> str:
    """Return the code that opens a page, computed anew for each print."""
    return vault_of(session).token(PURPOSE, page.uuid, page.generation)


def by_code(session: Session, code: str | None) -> Enterprise:
    """Return the enterprise whose page a code opens. Raises NoSuchPage."""
    query = (
        sa.select(Enterprise)
        .join(EnterprisePage, EnterprisePage.enterprise_id == Enterprise.id)
        .where(EnterprisePage.code_hash == token_hash(code or ""))
    )
    found = session.scalar(query) if code else None
    if found is None:
        raise NoSuchPage
    return found


def projects_of(session: Session, of: Enterprise) -> list[Project]:
    """Return an enterprise's projects, those that go on first."""
    query = sa.select(Project).where(Project.enterprise_id == of.id)
    return list(session.scalars(query.order_by(Project.archived_at.is_not(None), Project.id)))


def project_of(session: Session, of: Enterprise, project_id: int) -> Project:
    """Return one of an enterprise's projects. Raises NotFound."""
    found = session.get(Project, project_id)
    if found is None or found.enterprise_id != of.id:
        raise NotFound
    return found


def agents_of(session: Session, of: Enterprise) -> list[int]:
    """Return who walks an enterprise's projects, or stands in."""
    found = projects_of(session, of)
    both = (number for one in found for number in (one.agent_id, one.deputy_id) if number)
    return list(dict.fromkeys(both))


def check_about(session: Session, of: Enterprise, about_id: int | None) -> None:
    """Refuse a complaint about somebody the enterprise was not shown. Raises: AboutWhom."""
    if about_id is not None and about_id not in agents_of(session, of):
        raise AboutWhom


def messages(session: Session, project_id: int) -> list[Message]:
    """Return what was written about a project last, the oldest first."""
    query = sa.select(ProjectMessage).where(ProjectMessage.project_id == project_id)
    newest = session.scalars(query.order_by(ProjectMessage.id.desc()).limit(MESSAGES_SHOWN))
    town = vault_of(session).town
    return [
        Message(
            one.id,
            town.open(one.words_sealed, message_place(one.uuid)),
            one.at,
            one.actor_id,
            one.seen_at is not None,
        )
        for one in reversed(newest.all())
    ]


def unseen(session: Session, actor: Actor) -> dict[int, int]:
    """Return by project how many messages of its enterprise nobody has seen."""
    query, asked = _unseen(whole=sees_all(actor)), {"me": actor.staff_id}
    return {row[0]: row[1] for row in session.execute(query, asked)}


@cache
def _unseen(*, whole: bool) -> sa.Select[tuple[int, int]]:
    return (
        sa.select(ProjectMessage.project_id, sa.func.count())
        .join(Project, Project.id == ProjectMessage.project_id)
        .where(ProjectMessage.seen_at.is_(None), by_whom(sees_all=whole))
        .group_by(ProjectMessage.project_id)
    )


def rating(session: Session, project_id: int) -> Rated | None:
    """Return what a project was rated, if it was."""
    row = session.get(ProjectRating, project_id)
    if row is None:
        return None
    words = row.words_sealed
    opened = vault_of(session).town.open(words, rating_place(project_id)) if words else ""
    return Rated(row.level, opened, row.at)
