"""事项查询: questions about the catalogue."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from kernel.errors import NotFound
from services_catalog.records import EverydayName, ItemVersion, Material, ServiceItem
from services_catalog.rules.items import (
    Handling,
    ItemFacts,
    MaterialFacts,
    VersionState,
    Window,
)
from services_catalog.rules.limits import TimeLimit
from services_catalog.rules.search.index import Index, SearchEntry, build
from services_catalog.rules.versions import Standing

_VERSIONS = sa.select(ItemVersion).join(ItemVersion.item).options(contains_eager(ItemVersion.item))
_PUBLISHED = _VERSIONS.where(
    ServiceItem.code == sa.bindparam("code"), ItemVersion.state == VersionState.PUBLISHED
)
_DRAFT = _VERSIONS.where(
    ServiceItem.code == sa.bindparam("code"), ItemVersion.state == VersionState.DRAFT
)
_BY_ID = _VERSIONS.where(ItemVersion.id == sa.bindparam("version_id"))
_DRAFTS = _VERSIONS.where(ItemVersion.state == VersionState.DRAFT).order_by(ServiceItem.code)
_HISTORY = _VERSIONS.where(ServiceItem.code == sa.bindparam("code")).order_by(
    ItemVersion.number.desc()
)
_MATERIALS = (
    sa.select(Material)
    .where(Material.version_id == sa.bindparam("version_id"))
    .order_by(Material.position)
)
_NAMES = (
    sa.select(EverydayName.name)
    .where(EverydayName.item_id == sa.bindparam("item_id"))
    .order_by(EverydayName.position)
)
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
_ALL_NAMES = sa.select(EverydayName.item_id, EverydayName.name).order_by(
    EverydayName.item_id, EverydayName.position
)
_STATES = sa.select(ItemVersion.state, sa.func.count().label("versions")).group_by(
    ItemVersion.state
)
#: the newest version of each of a number of items
_STANDINGS = (
    sa.select(
        ServiceItem.id, ServiceItem.code, ServiceItem.window, ItemVersion.number, ItemVersion.digest
    )
    .join(ItemVersion, ItemVersion.item_id == ServiceItem.id)
    .where(ServiceItem.code.in_(sa.bindparam("codes", expanding=True)))
    .order_by(ItemVersion.number)
)
_NAMES_OF = _ALL_NAMES.where(EverydayName.item_id.in_(sa.bindparam("ids", expanding=True)))
#: fields of ItemFacts that a version keeps under the same name
_SAME = tuple(entry.name for entry in fields(ItemFacts) if entry.name != "materials")


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


def published(session: Session, code: str) -> ItemVersion:
    """Return the published version of an item, with `.item`. Raises NotFound."""
    found = session.scalar(_PUBLISHED, {"code": code})
    if found is None:
        raise NotFound
    return found


def draft(session: Session, code: str) -> ItemVersion:
    """Return the draft of an item, with `.item`. Raises NotFound."""
    found = session.scalar(_DRAFT, {"code": code})
    if found is None:
        raise NotFound
    return found


def version(session: Session, version_id: int) -> ItemVersion:
    """Return a version of any state, with `.item`: what a case was accepted under."""
    return session.scalars(_BY_ID, {"version_id": version_id}).one()


def history(session: Session, code: str) -> Sequence[ItemVersion]:
    """Return all versions of an item, the newest first."""
    return session.scalars(_HISTORY, {"code": code}).all()


def drafts(session: Session) -> Sequence[ItemVersion]:
    """Return every draft, with `.item`; `draft_reason` says what it waits for."""
    return session.scalars(_DRAFTS).all()


def published_list(session: Session) -> list[Listed]:
    """Return every published item as lists show it, by section and code."""
    return [_listed(row) for row in session.execute(_LISTED)]


def published_in_section(session: Session, section: str) -> list[Listed]:
    """Return a section's published items as lists show them."""
    return [_listed(row) for row in session.execute(_BY_SECTION, {"section": section})]


def published_at_window(session: Session, window: Window) -> list[Listed]:
    """Return a window's published items as lists show them."""
    return [_listed(row) for row in session.execute(_BY_WINDOW, {"window": window})]


def sections(session: Session) -> list[tuple[str, int]]:
    """Return the sections with how many items each publishes, the fullest first."""
    return [(row.section, row.items) for row in session.execute(_SECTIONS)]


def materials_of(session: Session, version_id: int) -> Sequence[Material]:
    """Return the papers a version asks for, in their order; none: the answer is 无."""
    return session.scalars(_MATERIALS, {"version_id": version_id}).all()


def everyday_names(session: Session, item_id: int) -> Sequence[str]:
    """Return what villagers call an item, the best known first."""
    return session.scalars(_NAMES, {"item_id": item_id}).all()


def counts_by_state(session: Session) -> dict[VersionState, int]:
    """Return how many versions stand in each state."""
    counted = {row.state: row.versions for row in session.execute(_STATES)}
    return {state: counted.get(state, 0) for state in VersionState}


def index(session: Session) -> Index:
    """Return the search index over every published item; keep it until the next edition."""
    return build(search_entries(session))


def found(session: Session, known: Index, typed: str, limit: int) -> list[Listed]:
    """Return the items that somebody's words mean, the likeliest first."""
    codes = [hit.code for hit in known.find(typed, limit)] if typed else []
    rows = session.execute(_BY_CODES, {"codes": codes}) if codes else ()
    by_code = {row.code: _listed(row) for row in rows}
    return [by_code[code] for code in codes if code in by_code]


def search_entries(session: Session) -> list[SearchEntry]:
    """Return what the search index is built from: every published item."""
    names = _grouped(session.execute(_ALL_NAMES))
    return [
        SearchEntry(row.code, row.title, names.get(row.id, ()))
        for row in session.execute(_SEARCHED)
    ]


def standings(session: Session, codes: Sequence[str]) -> dict[str, Standing]:
    """Return what the catalogue knows of each of these codes, where it knows them."""
    newest = {row.code: row for row in session.execute(_STANDINGS, {"codes": codes})}
    names = _grouped(session.execute(_NAMES_OF, {"ids": [row.id for row in newest.values()]}))
    return {
        code: Standing(row.id, row.number, row.digest, names.get(row.id, ()), row.window)
        for code, row in newest.items()
    }


def facts_of(session: Session, version: ItemVersion) -> ItemFacts:
    """Return everything a version says, as the value it was made from."""
    papers = tuple(
        MaterialFacts(paper.name, paper.copies, paper.source, paper.note)
        for paper in materials_of(session, version.id)
    )
    return ItemFacts(
        **{name: getattr(version, name) for name in _SAME},
        materials=papers if version.has_materials_answer else None,
    )


def _listed(row: sa.Row[Any]) -> Listed:
    return Listed._make((*row[:-2], TimeLimit(*row[-2:])))


def _grouped(rows: Iterable[sa.Row[tuple[int, str]]]) -> dict[int, tuple[str, ...]]:
    names: dict[int, tuple[str, ...]] = {}
    for row in rows:
        names[row.item_id] = (*names.get(row.item_id, ()), row.name)
    return names
