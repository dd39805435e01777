"""现状查询: what the catalogue knows of items that are about to be handed in."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services_catalog.queries.items import facts_of_all, names_by_item
from services_catalog.records import ItemVersion, ServiceItem
from services_catalog.rules.items import VersionState, digest
from services_catalog.rules.versions import Standing

#: versions that stand come after those that were superseded or discarded, the newest last
_IS_LIVE = sa.case((ItemVersion.state == VersionState.SUPERSEDED, 0), else_=1)
_REFERS = sa.or_(ItemVersion.phone.contains("{"), ItemVersion.complaint_phone.contains("{"))
_STANDINGS = (
    sa.select(
        ServiceItem.id,
        ServiceItem.code,
        ServiceItem.window,
        ItemVersion.id.label("version_id"),
        ItemVersion.digest,
        _REFERS.label("refers"),
        sa.func.max(ItemVersion.number).over(partition_by=ServiceItem.id).label("last"),
    )
    .join(ItemVersion, ItemVersion.item_id == ServiceItem.id)
    .where(ServiceItem.code.in_(sa.bindparam("codes", expanding=True)))
    .order_by(_IS_LIVE, ItemVersion.number)
)
_THESE = sa.select(ItemVersion).where(ItemVersion.id.in_(sa.bindparam("ids", expanding=True)))


def standings(session: Session, codes: Sequence[str]) -> dict[str, Standing]:
    """Return what the catalogue knows of each of these codes, where it knows them."""
    newest = {row.code: row for row in session.execute(_STANDINGS, {"codes": codes})}
    names = names_by_item(session, [row.id for row in newest.values()])
    as_shown = _digests(session, [row.version_id for row in newest.values() if row.refers])
    return {
        code: Standing(
            item_id=row.id,
            number=row.last,
            digest=row.digest,
            names=names.get(row.id, ()),
            window=row.window,
            digest_shown=as_shown.get(row.version_id, row.digest),
        )
        for code, row in newest.items()
    }


def _digests(session: Session, version_ids: Iterable[int]) -> dict[int, bytes]:
    """Return the digest of what versions say with the directory's numbers of today."""
    versions = session.scalars(_THESE, {"ids": list(version_ids)}).all()
    return {key: digest(facts) for key, facts in facts_of_all(session, versions).items()}
