"""领导看板查询: every project with its slip, trips of a span of days, ratings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.records import Case
from desk.windows.enterprise.queries.board import Line, all_lines
from desk.windows.enterprise.queries.enterprises import own_projects
from desk.windows.enterprise.queries.obstacles import open_by_project
from desk.windows.enterprise.queries.settings import settings
from desk.windows.enterprise.queries.spending import sums
from desk.windows.enterprise.records import (
    Filing,
    Obstacle,
    Project,
    ProjectErrand,
    ProjectRating,
    RoadMapErrand,
    Spending,
    SpendingStrike,
)
from desk.windows.enterprise.rules.leaders import Slip, days_late, reasons
from desk.windows.enterprise.rules.obstacles import gist
from desk.windows.enterprise.rules.own_page import RatingLevel
from desk.windows.enterprise.rules.trips import Carried
from kernel.access import Actor
from kernel.calendar.rules import WorkingCalendar
from kernel.clock import TOWN_TZ, town_day
from services_catalog.records import ItemVersion
from services_catalog.rules.items import Handling


@dataclass(frozen=True, slots=True)
class Stands:
    """A project as a leader sees it."""

    line: Line
    days_late: int
    reasons: list[str]
    #: what stands in its way for so long that a leader has to look at it
    old: list[Obstacle]
    spent_fen: int


def stands(
    session: Session, actor: Actor, now: datetime, calendar: WorkingCalendar
) -> list[Stands]:
    """Return every project that goes on and somebody may see, the latest first."""
    lines = all_lines(session, actor, now, calendar)
    ids = [one.id for one in lines]
    obstacles, spent = open_by_project(session, ids), sums(session, ids)
    old_days, today = settings(session).old_days, town_day(now)
    found = []
    for one in lines:
        mine, kept = obstacles.get(one.id, ()), one.standing
        slip = Slip(kept.waits, [gist(each.words) for each in mine], kept.is_open_ended)
        late = days_late(kept.finish_on, one.target_on, is_over=kept.is_over)
        old = [each for each in mine if (today - town_day(each.raised_at)).days >= old_days]
        found.append(Stands(one, late, reasons(slip), old, spent.get(one.id, 0)))
    return sorted(found, key=lambda each: (-each.days_late, each.line.id))


def carried(session: Session, actor: Actor, first: date, last: date) -> list[Carried]:
    """Return what was carried to bureaus in a span of days, both included."""
    begin = datetime(first.year, first.month, first.day, tzinfo=TOWN_TZ)
    after = datetime(last.year, last.month, last.day, tzinfo=TOWN_TZ) + timedelta(days=1)
    of_map = sa.and_(
        RoadMapErrand.map_id == ProjectErrand.map_id, RoadMapErrand.key == ProjectErrand.key
    )
    query = (
        sa.select(Filing.actor_id, RoadMapErrand.lead, Filing.at)
        .join(ProjectErrand, ProjectErrand.id == Filing.errand_id)
        .join(RoadMapErrand, of_map)
        .join(Project, Project.id == ProjectErrand.project_id)
        .join(Case, Case.id == Filing.case_id)
        .join(ItemVersion, ItemVersion.id == Case.version_of_item_id)
        .where(Filing.at >= begin, Filing.at < after, own_projects(actor))
        .where(ItemVersion.handling == Handling.CARRIED)
        .order_by(Filing.id)
    )
    return [Carried(row[0], row[1], town_day(row[2])) for row in session.execute(query)]


def spent_in(
    session: Session, project_ids: Collection[int], first: date, last: date
) -> dict[int, int]:
    """Return how many fen the town spent on some projects in a span of days."""
    query = (
        sa.select(Spending.project_id, sa.func.sum(Spending.fen))
        .outerjoin(SpendingStrike, SpendingStrike.spending_id == Spending.id)
        .where(Spending.project_id.in_(project_ids), SpendingStrike.spending_id.is_(None))
        .where(Spending.spent_on.between(first, last))
        .group_by(Spending.project_id)
    )
    return {row[0]: int(row[1]) for row in session.execute(query)}


def ratings(session: Session, actor: Actor) -> dict[RatingLevel, int]:
    """Return how often each level was given."""
    query = (
        sa.select(ProjectRating.level, sa.func.count())
        .join(Project, Project.id == ProjectRating.project_id)
        .where(own_projects(actor))
        .group_by(ProjectRating.level)
    )
    return {row[0]: row[1] for row in session.execute(query)}
