"""路线图查询: the editions there are, and what stands on them."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.enterprise.records import RoadMap, RoadMapErrand, RoadMapNeed
from desk.windows.enterprise.rules.roadmaps import PARTED, PlannedErrand
from kernel.errors import NotFound


def newest(session: Session) -> list[RoadMap]:
    """Return the edition of each kind of project that one begins with."""
    ends = sa.func.max(RoadMap.number).label("last"), sa.func.min(RoadMap.id).label("first")
    of = sa.select(RoadMap.code, *ends).group_by(RoadMap.code).subquery()
    both = sa.and_(RoadMap.code == of.c.code, RoadMap.number == of.c.last)
    return list(session.scalars(sa.select(RoadMap).join(of, both).order_by(of.c.first)))


def edition(session: Session, map_id: int) -> RoadMap:
    """Return an edition. Raises NotFound."""
    found = session.get(RoadMap, map_id)
    if found is None:
        raise NotFound
    return found


def editions(session: Session, code: str) -> list[RoadMap]:
    """Return the editions for a kind of project, the newest first."""
    query = sa.select(RoadMap).where(RoadMap.code == code).order_by(RoadMap.number.desc())
    return list(session.scalars(query))


def planned(session: Session, map_ids: Collection[int]) -> dict[int, list[PlannedErrand]]:
    """Return what stands on some editions, each in its order."""
    needs: dict[tuple[int, str], list[str]] = {}
    for need in session.scalars(sa.select(RoadMapNeed).where(RoadMapNeed.map_id.in_(map_ids))):
        needs.setdefault((need.map_id, need.key), []).append(need.need)
    query = sa.select(RoadMapErrand).where(RoadMapErrand.map_id.in_(map_ids))
    found: dict[int, list[PlannedErrand]] = {map_id: [] for map_id in map_ids}
    for one in session.scalars(query.order_by(RoadMapErrand.map_id, RoadMapErrand.position)):
        found[one.map_id].append(
            PlannedErrand(
                key=one.key,
                item=one.item_code,
                milestone=one.milestone,
                lead=one.lead,
                assisting=tuple(one.assisting.split(PARTED)) if one.assisting else (),
                needs=tuple(sorted(needs.get((one.map_id, one.key), ()))),
                preparation_days=one.preparation_days,
            )
        )
    return found
