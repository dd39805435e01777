"""发布: publish a draft, discard one, take an item down. A version is superseded, never changed."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.audit.actions import record
from kernel.calendar.rules import WorkingCalendar
from kernel.editions import Edition, raise_edition
from kernel.errors import NotFound
from services_catalog import queries
from services_catalog.records import ItemVersion
from services_catalog.rules.editing import NotPublished, check_publishable
from services_catalog.rules.items import Entry, VersionState


def publish(
    session: Session,
    actor: Actor,
    code: str,
    now: datetime,
    calendar: WorkingCalendar,
    *,
    is_confirmed: bool = False,
) -> None:
    """Publish an item's draft as it is.

    `is_confirmed`: whoever presses has looked at a promise that is sometimes later than the law.
    Raises: NotFound; StillIncomplete, PromiseTooLong, NotConfirmed.
    """
    draft = queries.draft(session, code)
    entry = Entry(code, queries.facts_of(session, draft))
    check_publishable(entry, calendar, is_confirmed=is_confirmed)
    supersede(session, [draft.item_id], (VersionState.PUBLISHED,), now)
    draft.state, draft.published_at, draft.draft_reason = VersionState.PUBLISHED, now, ""
    raise_edition(session, Edition.CATALOGUE)
    facts = {"version": draft.number, "confirmed": is_confirmed}
    record(session, actor, "catalogue.published", f"item:{code}", now, **facts)


def discard(session: Session, actor: Actor, code: str, now: datetime) -> None:
    """Put a draft away; what is published stays. Raises NotFound."""
    draft = queries.draft(session, code)
    draft.state, draft.superseded_at = VersionState.SUPERSEDED, now
    record(session, actor, "catalogue.discarded", f"item:{code}", now, version=draft.number)


def take_down(session: Session, actor: Actor, code: str, now: datetime) -> None:
    """Take an item down: its published version is superseded by none. Raises NotPublished."""
    try:
        published = queries.published(session, code)
    except NotFound as missing:
        raise NotPublished from missing
    published.state, published.superseded_at = VersionState.SUPERSEDED, now
    raise_edition(session, Edition.CATALOGUE)
    record(session, actor, "catalogue.taken_down", f"item:{code}", now, version=published.number)


def supersede(
    session: Session, item_ids: Sequence[int], states: Sequence[VersionState], now: datetime
) -> None:
    """Mark the versions of some items that stand in these states as superseded."""
    if not item_ids:
        return
    session.execute(
        sa.update(ItemVersion)
        .where(ItemVersion.item_id.in_(item_ids), ItemVersion.state.in_(states))
        .values(state=VersionState.SUPERSEDED, superseded_at=now)
    )
