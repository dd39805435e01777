"""路线图的动作: publish another edition of a road map. The one before stays for who goes by it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from desk.windows.enterprise.queries.roadmaps import editions
from desk.windows.enterprise.records import RoadMap, RoadMapErrand, RoadMapNeed
from desk.windows.enterprise.rules.projects import ItemNotPublished
from desk.windows.enterprise.rules.roadmaps import PARTED, PlannedErrand, check_road_map
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.errors import Conflict
from services_catalog import queries as catalogue


def publish(
    session: Session,
    after: RoadMap,
    told: tuple[str, str, Sequence[PlannedErrand]],
    actor: Actor,
    now: datetime,
) -> RoadMap:
    """Publish a new edition after another: (name, what changed, its errands).

    Raises: NoErrands, ErrandTwice, NeedUnknown, CircleFound, ItemNotPublished, Conflict.
    """
    name, note, errands = told
    known = {one.code: one.title for one in catalogue.by_codes(session, [e.item for e in errands])}
    missing = next((one.item for one in errands if one.item not in known), None)
    if missing is not None:
        raise ItemNotPublished(code=missing)
    check_road_map(errands, {one.key: known[one.item] for one in errands})
    if editions(session, after.code)[0].id != after.id:
        raise Conflict
    row = RoadMap(
        code=after.code,
        number=after.number + 1,
        name=name,
        note=note,
        made_at=now,
        made_by_id=actor.staff_id,
    )
    session.add(row)
    session.flush()
    _write(session, row, errands)
    facts = {"code": row.code, "number": row.number}
    audit.record(session, actor, "road_map.published", f"road_map:{row.id}", now, **facts)
    return row


def _write(session: Session, row: RoadMap, errands: Sequence[PlannedErrand]) -> None:
    for position, one in enumerate(errands):
        session.add(
            RoadMapErrand(
                map_id=row.id,
                key=one.key,
                position=position,
                milestone=one.milestone,
                item_code=one.item,
                lead=one.lead,
                assisting=PARTED.join(one.assisting),
                preparation_days=one.preparation_days,
            )
        )
        for need in one.needs:
            session.add(RoadMapNeed(map_id=row.id, key=one.key, need=need))
    session.flush()
