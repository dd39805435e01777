"""名册查询: one page of a list of cases, found by where the page before it ended.

A page costs what it looks at. It is led by one index, narrowed by everything else, and looks
at no more than the last of SCANS, whatever is stored and whatever is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.board.rules.lists import PAGE, SCANS, Days, Glow, Order, Place, Sought
from desk.cases.queries.holding import is_held_too_long
from desk.cases.queries.lights import STEPS, showing
from desk.cases.queries.reach import EVERY_CASE, Condition
from desk.cases.queries.searching import follows
from desk.cases.records import Case
from desk.cases.rules.countdowns import CountdownKind, midnight_after
from desk.cases.rules.lights import Light
from kernel.clock import TOWN_TZ
from services_catalog.records import ItemVersion, ServiceItem
from services_catalog.rules.items import Window


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases of a list, and where the next page begins, if there may be one."""

    cases: list[Case]
    after: Place | None
    #: the list may go on beyond `after`, but nobody has looked
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """When a list is looked at."""

    now: datetime
    today: date


def page(
    session: Session,
    sought: Sought,
    after: Place | None,
    moment: Moment,
    size: int = PAGE,
    reach: Condition = EVERY_CASE,
) -> Page:
    """Return the page of a list that follows `after`, of cases within somebody's reach."""
    narrowed = [*_narrowed(sought, moment), reach]
    leads = _leads(session, sought, after)
    found: Sequence[sa.Row[Any]] = ()
    for scan in SCANS:
        found = session.execute(_looked_at(sought, leads, narrowed, (scan, size + 1))).all()
        end = _end_of(session, sought, leads, scan)
        if len(found) > size or end is None:
            break
    listed, key = found[:size], found[size - 1] if len(found) > size else end
    cases = {case.id: case for case in _cases(session, [row[0] for row in listed])}
    place = Place(key[1], key[0]) if key else None
    return Page([cases[row[0]] for row in listed], place, is_cut=len(found) <= size and bool(end))


def _cases(session: Session, ids: Sequence[int]) -> Sequence[Case]:
    return session.scalars(sa.select(Case).where(Case.id.in_(ids))).all() if ids else ()


def _looked_at(
    sought: Sought,
    leads: Sequence[sa.Select[Any]],
    narrowed: Sequence[Condition],
    sizes: tuple[int, int],
) -> sa.Select[Any]:
    """Select (id, key) of what is among the first `scan` of its lead and meets the rest."""
    scan, size = sizes
    first = _first(sought, leads, scan).subquery()
    query = sa.select(first.c.id, first.c.key).join(Case, Case.id == first.c.id)
    return query.where(*narrowed).order_by(*_order(sought, first.c)).limit(size)


def _end_of(
    session: Session, sought: Sought, leads: Sequence[sa.Select[Any]], scan: int
) -> sa.Row[Any] | None:
    """Return the last that a scan looks at, or None when it reaches the end of the list."""
    first = _first(sought, leads, scan).subquery()
    last = sa.select(first.c.id, first.c.key).order_by(*_order(sought, first.c))
    return session.execute(last.offset(scan - 1).limit(1)).first()


def _first(sought: Sought, leads: Sequence[sa.Select[Any]], scan: int) -> sa.Select[Any]:
    """Select the first `scan` of one lead, or of several together."""
    limited = [lead.limit(scan) for lead in leads]
    if len(limited) == 1:
        return limited[0]
    several = sa.union_all(*(sa.select(one.subquery()) for one in limited)).subquery()
    return sa.select(several).order_by(*_order(sought, several.c)).limit(scan)


def _order(sought: Sought, columns: Any) -> tuple[Any, Any]:
    if sought.order is Order.DUE:
        return columns.key, columns.id
    return columns.key.desc(), columns.id.desc()


def _leads(session: Session, sought: Sought, after: Place | None) -> list[sa.Select[Any]]:
    """Return what leads the list: selects of (id, key), each in the order of one index."""
    key = _key(sought)
    query = sa.select(Case.id.label("id"), key.label("key"))
    within = [*_within(key, _days(sought)), *_beyond(key, sought, after)]
    if sought.order is Order.DUE:
        within.append(key.is_not(None))
        query = query.order_by(key, Case.id)
    else:
        query = query.order_by(key.desc(), Case.id.desc())
    return [query.where(*lead, *within) for lead in _led_by(session, sought)]


def _led_by(session: Session, sought: Sought) -> list[list[Condition]]:
    """Return the one column whose index leads; of an item, one for each of its versions."""
    if sought.is_open_only:
        return [[Case.closed_at.is_(None)]]
    if sought.order is Order.DUE:
        return [[]]
    if sought.item_code:
        versions = session.scalars(_versions(sought.item_code)).all()
        return [[Case.version_of_item_id == version] for version in versions or (0,)]
    chosen: list[tuple[object, Condition]] = [
        (sought.handler_id, Case.handler_id == sought.handler_id),
        (sought.village_id, Case.village_id == sought.village_id),
        (sought.stage, Case.stage == sought.stage),
        (len(sought.windows) == 1, Case.window == next(iter(sought.windows), None)),
    ]
    return [[next((lead for wanted, lead in chosen if wanted), sa.true())]]


def _narrowed(sought: Sought, moment: Moment) -> list[Condition]:
    """Return everything a case in the list has to meet."""
    found: list[Condition] = []
    if set(sought.windows) != set(Window):
        found.append(follows(Case.window).in_(sought.windows))
    for column, wanted in (
        (Case.stage, sought.stage),
        (Case.handler_id, sought.handler_id),
        (Case.village_id, sought.village_id),
    ):
        if wanted is not None:
            found.append(follows(column) == wanted)
    if sought.item_code:
        found.append(follows(Case.version_of_item_id).in_(_versions(sought.item_code)))
    if sought.glow:
        found.append(_glowing(sought.glow, moment))
    return found + _within(Case.received_at, sought.received) + _within(Case.due_on, sought.due)


def _glowing(glow: Glow, moment: Moment) -> Condition:
    if glow is Glow.HELD:
        return is_held_too_long(moment.today)
    light = Light.RED if glow is Glow.STEP else Light(glow.value)
    kinds = STEPS if glow is Glow.STEP else [CountdownKind.HANDLING]
    return showing(light, kinds, moment.now, moment.today)


def _versions(code: str) -> sa.Select[tuple[int]]:
    of_item = sa.select(ItemVersion.id).join(ServiceItem, ServiceItem.id == ItemVersion.item_id)
    return of_item.where(ServiceItem.code == code)


def _key(sought: Sought) -> Any:
    return Case.due_on if sought.order is Order.DUE else Case.received_at


def _days(sought: Sought) -> Days:
    return sought.due if sought.order is Order.DUE else sought.received


def _within(key: Any, days: Days) -> list[Condition]:
    """Return the range of a day, or of the moments of a town day."""
    is_day = key is Case.due_on
    found: list[Condition] = []
    if days.first:
        first = days.first if is_day else datetime.combine(days.first, time(0), TOWN_TZ)
        found.append(key >= first)
    if days.last:
        found.append(key <= days.last if is_day else key < midnight_after(days.last))
    return found


def _beyond(key: Any, sought: Sought, after: Place | None) -> list[Condition]:
    """Return what comes after a place; the first condition is the one an index understands."""
    if after is None:
        return []
    if sought.order is Order.DUE:
        tie = sa.and_(key == after.key, Case.id > after.case_id)
        return [key >= after.key, sa.or_(key > after.key, tie)]
    tie = sa.and_(key == after.key, Case.id < after.case_id)
    return [key <= after.key, sa.or_(key < after.key, tie)]
