"""项目现状的动作: the one place that writes how projects stand; and forgets it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.enterprise.queries.road import Road
from desk.windows.enterprise.queries.standings import (
    Marks,
    is_ready,
    marks,
    on_their_roads,
    standing,
)
from desk.windows.enterprise.records import Project, ProjectStanding
from kernel.calendar.rules import WorkingCalendar
from kernel.clock import town_day


def keep(
    session: Session, project_ids: Sequence[int], now: datetime, calendar: WorkingCalendar
) -> None:
    """Reckon how projects stand, and write it down.

    The marks are read before the roads: what changes in between makes them old.
    """
    mine = Project.id.in_(project_ids)
    session.execute(sa.select(Project.id).where(mine).order_by(Project.id).with_for_update())
    known = marks(session, project_ids, town_day(now))
    written = sa.select(ProjectStanding).where(ProjectStanding.project_id.in_(project_ids))
    rows = {one.project_id: one for one in session.scalars(written)}
    for one, road in on_their_roads(session, project_ids, now, calendar).items():
        row = rows.get(one) or ProjectStanding(project_id=one)
        _write(row, road, known[one])
        session.add(row)
    session.flush()


def forget(session: Session, *among: sa.ColumnElement[bool]) -> None:
    """Say that projects stand otherwise now; the next look reckons them again."""
    mine = sa.select(Project.id).where(*among)
    session.execute(sa.delete(ProjectStanding).where(ProjectStanding.project_id.in_(mine)))


def _write(row: ProjectStanding, road: Road, known: Marks) -> None:
    for name, value in (asdict(standing(road)) | asdict(known)).items():
        setattr(row, name, value)
    for one in road.rows:
        ready = is_ready(one)
        one.errand.carry_to = one.plan.lead if ready else ""
        one.errand.carry_title = one.title if ready else ""
