"""目录维护: save what staff typed about an item: a draft, its names, its owner, its review day."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.audit.actions import record
from kernel.calendar.rules import WorkingCalendar
from kernel.editions import Edition, raise_edition
from services_catalog import queries
from services_catalog.actions.publishing import publish
from services_catalog.actions.taking_in import hand_in
from services_catalog.queries import keeping as kept
from services_catalog.records.items import EverydayName, LifeEvent, ServiceItem
from services_catalog.rules.editing import (
    ChangedMeanwhile,
    CodeTaken,
    Edited,
    Keeping,
    draft_sentence,
)
from services_catalog.rules.items import VersionState, digest
from services_catalog.rules.versions import Outcome, Standing, Verdict


def save(
    session: Session, actor: Actor, edited: Edited, now: datetime, calendar: WorkingCalendar
) -> None:
    """Save an item's form as a draft, and publish it where that was the button.

    Raises: CodeTaken, ChangedMeanwhile; when publishing what `publish` raises.
    """
    code = edited.entry.code
    standing = _unchanged(session, edited)
    makes_draft = _hand_in(session, edited, standing, now, calendar)
    item = kept.item(session, code)
    _keep(session, item, edited.keeping)
    raise_edition(session, Edition.CATALOGUE)
    record(session, actor, "catalogue.saved", f"item:{code}", now, draft=makes_draft)
    if edited.is_to_publish and kept.newest(session, code).state is VersionState.DRAFT:
        publish(session, actor, code, now, calendar, is_confirmed=edited.is_confirmed)


def add_name(session: Session, actor: Actor, code: str, name: str, now: datetime) -> None:
    """Add an everyday name to an item, as its last; a name it has changes nothing."""
    item = kept.item(session, code)
    names = queries.everyday_names(session, item.id)
    if name in names:
        return
    session.add(EverydayName(item_id=item.id, position=len(names), name=name))
    raise_edition(session, Edition.CATALOGUE)
    record(session, actor, "catalogue.named", f"item:{code}", now, name=name)


def _unchanged(session: Session, edited: Edited) -> Standing | None:
    """Return the item's standing, if it is still the one whose form was on screen."""
    code = edited.entry.code
    standing = queries.standings(session, [code]).get(code)
    if standing is None:
        if edited.based_on:
            raise ChangedMeanwhile
        return None
    if not edited.based_on:
        raise CodeTaken(code=code, title=kept.newest(session, code).title)
    item = session.get_one(ServiceItem, standing.item_id, with_for_update=True)
    if kept.seal_of(session, item) != edited.based_on:
        raise ChangedMeanwhile
    return standing


def _hand_in(
    session: Session,
    edited: Edited,
    standing: Standing | None,
    now: datetime,
    calendar: WorkingCalendar,
) -> bool:
    """Write names, window and, where the facts are others, a draft; say whether there is one."""
    told = digest(edited.entry.facts)
    known = (standing.digest, standing.digest_shown) if standing else ()
    is_new = told not in known or not kept.is_live(session, edited.entry.code)
    reason = draft_sentence(edited.entry, calendar) if is_new else ""
    verdict = Verdict(Outcome.DRAFTED, told, makes_version=is_new, draft_reason=reason)
    hand_in(session, [(edited.entry, standing, verdict)], now)
    return is_new


def _keep(session: Session, item: ServiceItem, keeping: Keeping) -> None:
    item.owner, item.review_on = keeping.owner, keeping.review_on
    if kept.keeping(session, item).events != keeping.events:
        session.execute(sa.delete(LifeEvent).where(LifeEvent.item_id == item.id))
        session.add_all(LifeEvent(item_id=item.id, event=event) for event in keeping.events)
