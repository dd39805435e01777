"""事项清单查询: published items as lists and the search show them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services_catalog.queries.items import names_by_item
from services_catalog.queries.phones import numbers_in
from services_catalog.queries.words import town_synonyms
from services_catalog.records import ItemVersion, ServiceItem
from services_catalog.rules.items import Handling, VersionState, Window
from services_catalog.rules.limits import TimeLimit
from services_catalog.rules.misses import WEAK
from services_catalog.rules.phones import resolve_phones
from services_catalog.rules.search.index import Index, SearchEntry, build

_LISTED = (
    sa.select(
        ServiceItem.code,
        ServiceItem.window,
        ItemVersion.id.label("version_id"),
        ItemVersion.title,
        ItemVersion.section,
        ItemVersion.handling,
        ItemVersion.body,
        ItemVersion.phone,
        ItemVersion.promised_amount,
        ItemVersion.promised_unit,
    )
    .join(ItemVersion, ItemVersion.item_id == ServiceItem.id)
    .where(ItemVersion.state == VersionState.PUBLISHED)
    .order_by(ItemVersion.section, ServiceItem.code)
)
_BY_SECTION = _LISTED.where(ItemVersion.section == sa.bindparam("section"))
_BY_WINDOW = _LISTED.where(ServiceItem.window == sa.bindparam("window"))
_BY_CODES = _LISTED.where(ServiceItem.code.in_(sa.bindparam("codes", expanding=True)))
_SECTIONS = (
    sa.select(ItemVersion.section, sa.func.count().label("items"))
    .where(ItemVersion.state == VersionState.PUBLISHED)
    .group_by(ItemVersion.section)
    .order_by(sa.desc("items"), ItemVersion.section)
)
_SEARCHED = (
    sa.select(ServiceItem.id, ServiceItem.code, ItemVersion.title)
    .join(ItemVersion, ItemVersion.item_id == ServiceItem.id)
    .where(ItemVersion.state == VersionState.PUBLISHED)
    .order_by(ServiceItem.code)
)


class Listed(NamedTuple):
    """A published item as lists show it."""

    code: str
    window: Window
    version_id: int
    title: str
    section: str
    handling: Handling
    body: str
    phone: str
    promised: TimeLimit


def published_list(session: Session) -> list[Listed]:
    """Return every published item as lists show it, by section and code."""
    return _listed(session, session.execute(_LISTED).all())


def published_in_section(session: Session, section: str) -> list[Listed]:
    """Return a section's published items as lists show them."""
    return _listed(session, session.execute(_BY_SECTION, {"section": section}).all())


def published_at_window(session: Session, window: Window) -> list[Listed]:
    """Return a window's published items as lists show them."""
    return _listed(session, session.execute(_BY_WINDOW, {"window": window}).all())


def sections(session: Session) -> list[tuple[str, int]]:
    """Return the sections with how many items each publishes, the fullest first."""
    return [(row.section, row.items) for row in session.execute(_SECTIONS)]


def index(session: Session) -> Index:
    """Return the search index over every published item; keep it until the next edition."""
    return build(search_entries(session), town_synonyms(session))


def found(session: Session, known: Index, typed: str, limit: int) -> list[Listed]:
    """Return the items that somebody's words mean, the likeliest first."""
    codes = [hit.code for hit in known.find(typed, limit)] if typed else []
    return by_codes(session, codes)


def is_missed(known: Index, typed: str) -> bool:
    """Say whether somebody's words found nothing, or only something by chance."""
    best = known.find(typed, 1)
    return bool(typed) and (not best or best[0].score < WEAK)


def by_codes(session: Session, codes: Sequence[str]) -> list[Listed]:
    """Return the published items of these codes, in the order of the codes."""
    rows = session.execute(_BY_CODES, {"codes": codes}).all() if codes else ()
    listed = {one.code: one for one in _listed(session, rows)}
    return [listed[code] for code in codes if code in listed]


def search_entries(session: Session) -> list[SearchEntry]:
    """Return what the search index is built from: every published item."""
    names = names_by_item(session)
    return [
        SearchEntry(row.code, row.title, names.get(row.id, ()))
        for row in session.execute(_SEARCHED)
    ]


def _listed(session: Session, rows: Sequence[sa.Row[Any]]) -> list[Listed]:
    directory = numbers_in(session, (row.phone for row in rows))
    return [
        Listed._make((*row[:-3], resolve_phones(row.phone, directory), TimeLimit(*row[-2:])))
        for row in rows
    ]
