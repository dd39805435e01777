"""灯的查询: countdowns with a light to show, those about to have one, reds that were wrong."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager

from desk.cases.queries.reach import EVERY_CASE, Condition
from desk.cases.records import Case, Countdown, JointPart, Leg, LightThreshold, RedAnnulment
from desk.cases.rules.countdowns import APPLICANTS, CountdownKind
from desk.cases.rules.lights import Light, Seen, shown
from kernel.errors import NotFound
from services_catalog.records import ItemVersion, ServiceItem
from services_catalog.rules.items import VersionState

#: more reds than this at once are not read, they are a report
RED_LIMIT = 200
#: whose lateness is the hall's
STAFFS = sorted(set(CountdownKind) - APPLICANTS)
#: 环节: what can be late while the case itself is in time
STEPS = sorted(set(STAFFS) - {CountdownKind.HANDLING})
_RUNS = Countdown.ended_at.is_(None)
_WITH_CASE = (
    sa.select(Countdown, Case, RedAnnulment.countdown_id, Leg.from_body, JointPart.taken_by_id)
    .join(Case, Case.id == Countdown.case_id)
    .outerjoin(Leg, Leg.id == Countdown.leg_id)
    .outerjoin(JointPart, JointPart.leg_id == Leg.id)
    .outerjoin(RedAnnulment, RedAnnulment.countdown_id == Countdown.id)
)


@dataclass(frozen=True, slots=True)
class Red:
    """红灯: a countdown that is red, its case, and whether the red was annulled."""

    countdown: Countdown
    case: Case
    is_annulled: bool
    #: of a leg: in whose charge it is; empty where that is the window itself
    holder: str = ""
    #: of another window's part: who took it
    taken_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class Annulled:
    """红灯撤销: a red that was wrong, and who said so."""

    countdown: Countdown
    case: Case
    annulment: RedAnnulment


def about_to_redden(now: datetime) -> sa.Select[tuple[Countdown, int]]:
    """Select what is over and has not been seen red; the index holds nothing else."""
    return _due(Countdown.red_at, Countdown.over_at, now)


def about_to_yellow(today: date) -> sa.Select[tuple[Countdown, int]]:
    """Select what is near its end and has not been seen yellow."""
    return _due(Countdown.yellow_at, Countdown.yellow_on, today)


def is_any_due(session: Session, now: datetime, today: date) -> bool:
    """Say whether some light has come that nobody has noted."""
    selects = (about_to_redden(now), about_to_yellow(today))
    return any(session.execute(select.limit(1)).first() for select in selects)


def running_reds(session: Session, now: datetime, reach: Condition = EVERY_CASE) -> list[Red]:
    """Return what is red and still runs within somebody's reach, the longest red first."""
    noted = (_RUNS, Countdown.red_at.is_not(None))
    coming = (_RUNS, Countdown.red_at.is_(None), Countdown.over_at <= now)
    found = []
    for where, order in ((noted, Countdown.red_at), (coming, Countdown.over_at)):
        query = _WITH_CASE.where(*where, reach).order_by(order).limit(RED_LIMIT)
        found += [_red(row) for row in session.execute(query)]
    return [red for red in found if red.countdown.kind in STAFFS]


def red(session: Session, countdown_id: int) -> Red:
    """Return a countdown that has been red. Raises NotFound."""
    query = _WITH_CASE.where(Countdown.id == countdown_id, Countdown.red_at.is_not(None))
    found = session.execute(query).first()
    if found is None:
        raise NotFound
    return _red(found)


def annulled_since(
    session: Session, moment: datetime, reach: Condition = EVERY_CASE
) -> list[Annulled]:
    """Return the reds annulled since `moment` within somebody's reach, the newest first."""
    query = (
        sa.select(Countdown, Case, RedAnnulment)
        .join(RedAnnulment, RedAnnulment.countdown_id == Countdown.id)
        .join(Case, Case.id == Countdown.case_id)
        .where(RedAnnulment.at >= moment, reach)
        .order_by(RedAnnulment.at.desc())
    )
    return [Annulled(*row) for row in session.execute(query)]


def lights_of(
    session: Session, case_ids: Collection[int], now: datetime, today: date
) -> dict[int, Light]:
    """Return the light of each case that is being handled; of no other."""
    query = (
        sa.select(
            Countdown.case_id,
            Countdown.yellow_on,
            Countdown.over_at,
            Countdown.yellow_at,
            Countdown.red_at,
            RedAnnulment.countdown_id,
        )
        .outerjoin(RedAnnulment, RedAnnulment.countdown_id == Countdown.id)
        .where(Countdown.case_id.in_(case_ids), _RUNS, Countdown.kind == CountdownKind.HANDLING)
    )
    found = session.execute(query) if case_ids else ()
    return {row[0]: shown(_seen(row), now, today) for row in found}


def red_steps_of(
    session: Session, case_ids: Collection[int], now: datetime
) -> dict[int, CountdownKind]:
    """Return the step of each case that is red, if one is."""
    is_over = sa.and_(Countdown.over_at.is_not(None), Countdown.over_at <= now)
    query = (
        sa.select(Countdown.case_id, Countdown.kind)
        .outerjoin(RedAnnulment, RedAnnulment.countdown_id == Countdown.id)
        .where(Countdown.case_id.in_(case_ids), _RUNS, Countdown.kind.in_(STEPS))
        .where(RedAnnulment.countdown_id.is_(None))
        .where(sa.or_(Countdown.red_at.is_not(None), is_over))
    )
    return {row[0]: row[1] for row in session.execute(query)} if case_ids else {}


def shows(light: Light, now: datetime, today: date) -> sa.ColumnElement[bool]:
    """Return the condition on a countdown (annulments joined) that `rules.lights.shown` states."""
    is_over = sa.and_(Countdown.over_at.is_not(None), Countdown.over_at <= now)
    has_red = sa.or_(Countdown.red_at.is_not(None), is_over)
    by_days = sa.and_(Countdown.yellow_on.is_not(None), Countdown.yellow_on <= today)
    has_yellow = sa.or_(Countdown.yellow_at.is_not(None), by_days)
    is_annulled = RedAnnulment.countdown_id.is_not(None)
    red = sa.and_(has_red, sa.not_(is_annulled))
    yellow = sa.and_(sa.not_(red), sa.or_(has_yellow, has_red))
    green = sa.not_(sa.or_(has_red, has_yellow))
    return {Light.RED: red, Light.YELLOW: yellow, Light.GREEN: green}[light]


def showing(
    light: Light, kinds: Collection[CountdownKind], now: datetime, today: date
) -> sa.ColumnElement[bool]:
    """Return the condition that a case has a running countdown of these kinds with that light."""
    running = (
        sa.select(Countdown.id)
        .outerjoin(RedAnnulment, RedAnnulment.countdown_id == Countdown.id)
        .where(Countdown.case_id == Case.id, _RUNS, Countdown.kind.in_(kinds))
    )
    return running.where(shows(light, now, today)).exists()


def thresholds(session: Session) -> list[tuple[LightThreshold, ItemVersion]]:
    """Return the items with a threshold of their own, as published, by code."""
    query = (
        sa.select(LightThreshold, ItemVersion)
        .join(ItemVersion, ItemVersion.item_id == LightThreshold.item_id)
        .join(ItemVersion.item)
        .options(contains_eager(ItemVersion.item))
        .where(ItemVersion.state == VersionState.PUBLISHED)
        .order_by(ServiceItem.code)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def _due(
    seen: InstrumentedAttribute[datetime | None],
    comes: InstrumentedAttribute[datetime | None] | InstrumentedAttribute[date | None],
    by: datetime | date,
) -> sa.Select[tuple[Countdown, int]]:
    return (
        sa.select(Countdown, Case.handler_id)
        .join(Case, Case.id == Countdown.case_id)
        .where(_RUNS, seen.is_(None), comes <= by)
        .order_by(comes)
    )


def _red(row: sa.Row[Any]) -> Red:
    return Red(row[0], row[1], row[2] is not None, row[3] or "", row[4])


def _seen(row: sa.Row[Any]) -> Seen:
    yellow_on, over_at, yellow_at, red_at, annulled = row[1:]
    return Seen(yellow_on, over_at, yellow_at, red_at, annulled is not None)
