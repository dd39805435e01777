"""手册和单页查询: what handbook and leaflets say today."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services_catalog.queries.items import facts_of_all, names_by_item
from services_catalog.queries.prints import chosen, guides, imprint
from services_catalog.records import ItemVersion, ServiceItem
from services_catalog.rules.items import VersionState
from services_catalog.rules.prints.guide import Content
from services_catalog.rules.prints.handbook import Entry, handbook_content, leaflet_content
from services_catalog.rules.prints.orders import NothingPublished

_PUBLISHED = (
    sa.select(ItemVersion, ServiceItem.code)
    .join(ServiceItem, ServiceItem.id == ItemVersion.item_id)
    .where(ItemVersion.state == VersionState.PUBLISHED)
    .order_by(ServiceItem.code)
)


def handbook(session: Session, site: str, villages: Sequence[str] = ()) -> Content:
    """Return what the handbook says today, and whom to ask in some villages.

    Raises: NoTownYet, NothingPublished, NoSuchVillage.
    """
    said = handbook_content(imprint(session, site), _entries(session))
    return {**said, **_whom_to_ask(session, site, villages)}


def leaflets(session: Session, site: str, code: str, villages: Sequence[str] = ()) -> list[Content]:
    """Return what the leaflet of an item (no code: of each) says today.

    Raises: NoTownYet, NotFound, NothingPublished, NoSuchVillage.
    """
    entries = _entries(session, code)
    if not entries:
        raise NotFound
    house, asked = imprint(session, site), _whom_to_ask(session, site, villages)
    return [{**leaflet_content(house, entry), **asked} for entry in entries]


def _whom_to_ask(session: Session, site: str, villages: Sequence[str]) -> Content:
    """Return the advisers of some villages as handbook and leaflet name them."""
    if not villages:
        return {}
    named: list[Content] = []
    for guide in chosen(guides(session, site), villages):
        advisers: Any = guide.content["advisers"]
        named += [{"village": guide.place.name, **one} for one in advisers]
    return {"advisers": named}


def _entries(session: Session, code: str = "") -> list[Entry]:
    query = _PUBLISHED.where(ServiceItem.code == code) if code else _PUBLISHED
    codes = dict(session.execute(query).tuples().all())
    if not codes and not code:
        raise NothingPublished
    facts = facts_of_all(session, list(codes))
    names = names_by_item(session, [version.item_id for version in codes])
    return [
        Entry(known, facts[version.id], names.get(version.item_id, ()))
        for version, known in codes.items()
    ]
