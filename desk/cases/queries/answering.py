"""受理之前的查询: what waits for an answer, whose time is over, what was pledged or deemed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries.finding import Row, rows
from desk.cases.queries.searching import LIST_LIMIT
from desk.cases.records import Case, Countdown, Decline, DeemedAcceptance, Paper, Pledge
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.papers import PaperKind
from desk.cases.rules.silence import PERMIT_TYPES
from desk.cases.rules.stages import Stage
from services_catalog.records import ItemVersion
from services_catalog.rules.items import Handling, Window

_RUNNING = (
    sa.select(Countdown)
    .where(Countdown.case_id == sa.bindparam("case_id"), Countdown.ended_at.is_(None))
    .order_by(Countdown.id)
)
_OWING = (Stage.IN_PROGRESS, Stage.ON_HOLD)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case with its applicant's name and the countdown that says until when."""

    row: Row
    countdown: Countdown


def running_of(session: Session, case: Case) -> list[Countdown]:
    """Return what runs on a case, the oldest first."""
    return list(session.scalars(_RUNNING, {"case_id": case.id}))


def examined(session: Session, window: Window) -> list[Waiting]:
    """Return what a window has to answer, the most urgent first."""
    return _waiting(session, window, CountdownKind.INTAKE, (Stage.EXAMINING,))


def unsupplied(session: Session, window: Window, now: datetime) -> list[Waiting]:
    """Return the cases whose applicants' time to bring papers is over."""
    stages = (Stage.AWAITING_MATERIALS,)
    return _waiting(session, window, CountdownKind.SUPPLEMENT, stages, now)


def unkept(session: Session, window: Window, now: datetime) -> list[Waiting]:
    """Return the cases accepted on a pledge whose day is over."""
    return _waiting(session, window, CountdownKind.OWED, _OWING, now)


def untold(session: Session, window: Window) -> list[Row]:
    """Return the cases accepted by silence whose notice nobody has let go yet."""
    # asked in two steps, or a planner begins with all the cases of the window
    waiting = (
        sa.select(DeemedAcceptance.case_id)
        .where(DeemedAcceptance.told_at.is_(None))
        .order_by(DeemedAcceptance.found_at)
        .limit(LIST_LIMIT)
    )
    ids = session.scalars(waiting).all() or (0,)
    found = session.scalars(sa.select(Case).where(Case.id.in_(ids), Case.window == window))
    return rows(session, sorted(found, key=lambda case: ids.index(case.id)))


def silent(session: Session, now: datetime, *, accepts_all: bool) -> list[int]:
    """Return the cases that silence has accepted and nobody has noted, by id.

    Units of cost: what lies under examination, never what is stored.
    """
    by_law = sa.or_(*(ItemVersion.item_type.startswith(kind) for kind in PERMIT_TYPES))
    query = (
        sa.select(Case.id)
        .join(Countdown, Countdown.case_id == Case.id)
        .join(ItemVersion, ItemVersion.id == Case.version_of_item_id)
        .where(Case.stage == Stage.EXAMINING, Countdown.kind == CountdownKind.INTAKE)
        .where(Countdown.ended_at.is_(None), Countdown.over_at <= now)
        .where(ItemVersion.handling == Handling.HERE)
        .order_by(Countdown.over_at)
        .limit(LIST_LIMIT)
    )
    return list(session.scalars(query if accepts_all else query.where(by_law)))


def notices_given(session: Session, case: Case) -> int:
    """Return how often an applicant was told what lacks."""
    mine = (Paper.case_id == case.id, Paper.kind == PaperKind.ONE_TIME_NOTICE)
    return session.scalar(sa.select(sa.func.count()).select_from(Paper).where(*mine)) or 0


def decline_of(session: Session, case: Case) -> Decline | None:
    """Return why a case was not accepted, if it was not."""
    return session.get(Decline, case.id)


def pledge_of(session: Session, case: Case) -> Pledge | None:
    """Return the pledge on which a case was accepted, if it was on one."""
    return session.get(Pledge, case.id)


def deemed_of(session: Session, case: Case) -> DeemedAcceptance | None:
    """Return how silence accepted a case, if it did."""
    return session.get(DeemedAcceptance, case.id)


def _waiting(
    session: Session,
    window: Window,
    kind: CountdownKind,
    stages: Collection[Stage],
    over_by: datetime | None = None,
) -> list[Waiting]:
    query = (
        sa.select(Countdown, Case)
        .join(Case, Case.id == Countdown.case_id)
        .where(Case.closed_at.is_(None), Case.window == window, Case.stage.in_(stages))
        .where(Countdown.kind == kind, Countdown.ended_at.is_(None))
        .order_by(Countdown.over_at.is_(None), Countdown.over_at, Countdown.id)
        .limit(LIST_LIMIT)
    )
    if over_by is not None:
        query = query.where(Countdown.over_at <= over_by)
    found = [(row[0], row[1]) for row in session.execute(query)]
    named = rows(session, [case for _, case in found])
    return [Waiting(row, found[place][0]) for place, row in enumerate(named)]
