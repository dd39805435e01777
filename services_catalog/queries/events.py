"""一件事: questions about life events: another way to an item, for who does not know its name."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services_catalog.queries.lists import Listed, by_codes
from services_catalog.records.items import ItemVersion, LifeEvent, ServiceItem
from services_catalog.rules.items import VersionState

_LIVING = (
    sa.select(LifeEvent.event, ServiceItem.code)
    .join(ServiceItem, ServiceItem.id == LifeEvent.item_id)
    .join(ItemVersion, ItemVersion.item_id == ServiceItem.id)
    .where(ItemVersion.state == VersionState.PUBLISHED)
    .order_by(ServiceItem.code)
)


def events(session: Session) -> list[tuple[str, int]]:
    """Return the life events with how many published items each leads to, the fullest first."""
    counted: dict[str, int] = {}
    for row in session.execute(_LIVING):
        counted[row.event] = counted.get(row.event, 0) + 1
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def of_event(session: Session, event: str) -> list[Listed]:
    """Return the published items of a life event, as lists show them."""
    codes = [row.code for row in session.execute(_LIVING.where(LifeEvent.event == event))]
    return by_codes(session, codes)
