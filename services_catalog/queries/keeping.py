"""目录维护查询: the catalogue as its keepers see it: drafts, owners, what is due for review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from kernel.errors import NotFound
from services_catalog.queries.items import everyday_names, facts_of_all, names_by_item
from services_catalog.queries.phones import shown
from services_catalog.records import EverydayName, ItemVersion, ServiceItem
from services_catalog.records.items import LifeEvent
from services_catalog.rules.editing import Keeping, seal
from services_catalog.rules.items import Entry, VersionState, Window

_IS_GONE = sa.case((ItemVersion.state == VersionState.SUPERSEDED, 1), else_=0)
_RANKED = sa.select(
    ItemVersion.id,
    sa.func.row_number()
    .over(partition_by=ItemVersion.item_id, order_by=(_IS_GONE, ItemVersion.number.desc()))
    .label("place"),
).subquery()
#: of each item the draft, else what is published, else what it said last
NEWEST = (
    sa.select(ItemVersion)
    .join(_RANKED, _RANKED.c.id == ItemVersion.id)
    .join(ItemVersion.item)
    .where(_RANKED.c.place == 1)
    .options(contains_eager(ItemVersion.item))
)
_PUBLISHED_OF = sa.select(ItemVersion.item_id, ItemVersion.number).where(
    ItemVersion.state == VersionState.PUBLISHED,
    ItemVersion.item_id.in_(sa.bindparam("ids", expanding=True)),
)
_EVENTS = (
    sa.select(LifeEvent.event)
    .where(LifeEvent.item_id == sa.bindparam("item_id"))
    .order_by(LifeEvent.event)
)
_LAST_NUMBER = sa.select(sa.func.max(ItemVersion.number)).where(
    ItemVersion.item_id == sa.bindparam("item_id")
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the catalogue somebody wants to see."""

    words: str = ""
    state: VersionState | None = None
    section: str = ""
    window: Window | None = None
    owner: str = ""
    #: due for review on or before this day
    due_on: date | None = None


def item(session: Session, code: str) -> ServiceItem:
    """Return an item, whatever its versions. Raises NotFound."""
    found = session.scalar(sa.select(ServiceItem).where(ServiceItem.code == code))
    if found is None:
        raise NotFound
    return found


def newest(session: Session, code: str) -> ItemVersion:
    """Return an item's draft, else what is published, else its last version. Raises NotFound."""
    found = session.scalar(NEWEST.where(ServiceItem.code == code))
    if found is None:
        raise NotFound
    shown(session, [found])
    return found


def is_live(session: Session, code: str) -> bool:
    """Say whether an item has a draft or a published version."""
    return newest(session, code).state is not VersionState.SUPERSEDED


def keeping(session: Session, kept: ServiceItem) -> Keeping:
    """Return how an item is kept."""
    events = session.scalars(_EVENTS, {"item_id": kept.id}).all()
    return Keeping(kept.owner, kept.review_on, tuple(events))


def seal_of(session: Session, kept: ServiceItem) -> str:
    """Return what changes when somebody changes the item."""
    last = session.scalar(_LAST_NUMBER, {"item_id": kept.id}) or 0
    names = everyday_names(session, kept.id)
    return seal(last, names, kept.window.value, keeping(session, kept))


def kept_items(
    session: Session, wanted: Wanted, place: tuple[int, int]
) -> tuple[Sequence[ItemVersion], int]:
    """Return a page (`place`: limit, offset) of newest versions, and how many there are."""
    query = NEWEST.where(*_conditions(wanted))
    total = session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    limit, offset = place
    rows = query.order_by(ItemVersion.section, ServiceItem.code).limit(limit).offset(offset)
    return session.scalars(rows).all(), total


def published_numbers(session: Session, item_ids: Sequence[int]) -> dict[int, int]:
    """Return the number of the published version of those of some items that have one."""
    rows = session.execute(_PUBLISHED_OF, {"ids": item_ids})
    return {row.item_id: row.number for row in rows}


def owners(session: Session) -> Sequence[str]:
    """Return everybody who answers for an item."""
    query = sa.select(ServiceItem.owner).where(ServiceItem.owner != "").distinct()
    return session.scalars(query.order_by(ServiceItem.owner)).all()


def kept_sections(session: Session) -> Sequence[str]:
    """Return every section that a version stands in."""
    query = sa.select(ItemVersion.section).where(ItemVersion.state != VersionState.SUPERSEDED)
    return session.scalars(query.distinct().order_by(ItemVersion.section)).all()


def overdue(session: Session, today: date) -> int:
    """Return how many items should have been looked at again by now."""
    query = sa.select(sa.func.count()).where(ServiceItem.review_on <= today)
    return session.scalar(query) or 0


def entries(session: Session) -> list[Entry]:
    """Return every item that stands, as a sheet hands it in: the draft, else what is published."""
    stands = ItemVersion.state != VersionState.SUPERSEDED
    versions = session.scalars(NEWEST.where(stands).order_by(ServiceItem.code)).all()
    names, facts = names_by_item(session), facts_of_all(session, versions)
    return [
        Entry(one.item.code, facts[one.id], names.get(one.item_id, ()), one.item.window)
        for one in versions
    ]


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    """Return what the wanted items have to fulfil."""
    named = sa.select(EverydayName.item_id).where(
        EverydayName.name.contains(wanted.words, autoescape=True)
    )
    said = sa.or_(
        ItemVersion.title.contains(wanted.words, autoescape=True),
        ServiceItem.code.startswith(wanted.words, autoescape=True),
        ItemVersion.body.contains(wanted.words, autoescape=True),
        ServiceItem.id.in_(named),
    )
    possible = (
        (wanted.words, said),
        (wanted.state, ItemVersion.state == wanted.state),
        (wanted.section, ItemVersion.section == wanted.section),
        (wanted.window, ServiceItem.window == wanted.window),
        (wanted.owner, ServiceItem.owner == wanted.owner),
        (wanted.due_on, ServiceItem.review_on <= (wanted.due_on or date.max)),
    )
    return [condition for asked, condition in possible if asked]
