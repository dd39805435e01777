"""事项查询: questions about items and their versions."""

from collections.abc import Iterable, Sequence
from dataclasses import fields

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from kernel.errors import NotFound
from services_catalog.queries.phones import shown
from services_catalog.records import EverydayName, ItemVersion, Material, ServiceItem
from services_catalog.rules.items import ItemFacts, MaterialFacts, VersionState

_VERSIONS = sa.select(ItemVersion).join(ItemVersion.item).options(contains_eager(ItemVersion.item))
_PUBLISHED = _VERSIONS.where(
    ServiceItem.code == sa.bindparam("code"), ItemVersion.state == VersionState.PUBLISHED
)
_SPELLED = (
    sa.select(ServiceItem.code)
    .join(ItemVersion, ItemVersion.item_id == ServiceItem.id)
    .where(
        sa.func.upper(ServiceItem.code) == sa.bindparam("upper"),
        ItemVersion.state == VersionState.PUBLISHED,
    )
    .order_by((ServiceItem.code == sa.bindparam("code")).desc(), ServiceItem.code)
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
_ALL_NAMES = sa.select(EverydayName.item_id, EverydayName.name).order_by(
    EverydayName.item_id, EverydayName.position
)
_STATES = sa.select(ItemVersion.state, sa.func.count().label("versions")).group_by(
    ItemVersion.state
)
_NAMES_OF = _ALL_NAMES.where(EverydayName.item_id.in_(sa.bindparam("ids", expanding=True)))
_MATERIALS_OF = (
    sa.select(Material)
    .where(Material.version_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(Material.version_id, Material.position)
)
#: fields of ItemFacts that a version keeps under the same name
_SAME = tuple(entry.name for entry in fields(ItemFacts) if entry.name != "materials")


def published(session: Session, code: str) -> ItemVersion:
    """Return the published version of an item, with `.item`. Raises NotFound."""
    return _the_one(session, _PUBLISHED, code)


def spelled(session: Session, code: str) -> str:
    """Return the code of a published item as it is written, whatever its letters' case here.

    Of codes that differ in nothing but that, the one asked for, or the first. Raises NotFound.
    """
    found = session.scalars(_SPELLED, {"code": code, "upper": code.upper()}).first()
    if found is None:
        raise NotFound
    return found


def draft(session: Session, code: str) -> ItemVersion:
    """Return the draft of an item, with `.item`. Raises NotFound."""
    return _the_one(session, _DRAFT, code)


def version(session: Session, version_id: int) -> ItemVersion:
    """Return a version of any state, with `.item`: what a case was accepted under."""
    found = session.scalars(_BY_ID, {"version_id": version_id}).one()
    shown(session, [found])
    return found


def history(session: Session, code: str) -> Sequence[ItemVersion]:
    """Return all versions of an item, the newest first."""
    return _all(session, session.scalars(_HISTORY, {"code": code}).all())


def drafts(session: Session) -> Sequence[ItemVersion]:
    """Return every draft, with `.item`; `draft_reason` says what it waits for."""
    return _all(session, session.scalars(_DRAFTS).all())


def _the_one(session: Session, query: sa.Select[tuple[ItemVersion]], code: str) -> ItemVersion:
    found = session.scalar(query, {"code": code})
    if found is None:
        raise NotFound
    shown(session, [found])
    return found


def _all(session: Session, versions: Sequence[ItemVersion]) -> Sequence[ItemVersion]:
    shown(session, versions)
    return versions


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


def names_by_item(session: Session, ids: Sequence[int] | None = None) -> dict[int, tuple[str, ...]]:
    """Return the everyday names by item, of all items or of some."""
    query, wanted = (_ALL_NAMES, {}) if ids is None else (_NAMES_OF, {"ids": ids})
    names: dict[int, list[str]] = {}
    for row in session.execute(query, wanted):
        names.setdefault(row.item_id, []).append(row.name)
    return {item_id: tuple(known) for item_id, known in names.items()}


def facts_of(session: Session, version: ItemVersion) -> ItemFacts:
    """Return everything a version says, as the value it was made from."""
    return facts_of_all(session, [version])[version.id]


def facts_of_all(session: Session, versions: Sequence[ItemVersion]) -> dict[int, ItemFacts]:
    """Return everything that some versions say, with their numbers as people see them."""
    shown(session, versions)
    papers: dict[int, list[MaterialFacts]] = {}
    for one in session.scalars(_MATERIALS_OF, {"ids": [version.id for version in versions]}):
        paper = MaterialFacts(one.name, one.copies, one.source, one.note)
        papers.setdefault(one.version_id, []).append(paper)
    return {version.id: _facts(version, papers.get(version.id, ())) for version in versions}


def _facts(version: ItemVersion, papers: Iterable[MaterialFacts]) -> ItemFacts:
    return ItemFacts(
        **{name: getattr(version, name) for name in _SAME},
        materials=tuple(papers) if version.has_materials_answer else None,
    )
