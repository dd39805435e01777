"""台账与月报查询: projects and errands as rows of text, and what a month's sheet says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.rules.stages import STAGE_NAMES
from desk.windows.enterprise.queries import leaders, projects
from desk.windows.enterprise.queries.leaders import Stands
from desk.windows.enterprise.queries.road import ErrandRow, Road
from desk.windows.enterprise.queries.standings import on_their_roads
from desk.windows.enterprise.records import Enterprise, Project
from desk.windows.enterprise.rules.dossier import lacking_words
from desk.windows.enterprise.rules.leaders import (
    ERRAND_HEAD,
    EXPORT_LIMIT,
    MONTH_HEAD,
    NOTHING,
    PROJECT_HEAD,
    TOTAL,
    TRIP_HEAD,
    SheetKind,
    TooManyRows,
)
from desk.windows.enterprise.rules.obstacles import gist
from desk.windows.enterprise.rules.projects import BETWEEN, TURN_NAMES, Turn
from desk.windows.enterprise.rules.trips import Trips, by_agent, trips
from kernel.access import Actor
from kernel.calendar.rules import WorkingCalendar
from kernel.money import yuan
from kernel.staff.queries import names

Rows = list[list[str]]
WAN = 10_000
#: a day fits in, on the printed sheet
COLUMN_MM = 27
#: so close that fourteen projects and their signatures stand on one sheet
ROW_MM, TEXT_PT = 1.25, 9.5
#: projects that are read at a time, so that a large list holds up nobody's memory
CHUNK = 50
#: told how many projects of how many are read
Step = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Month:
    """From the first to the last of a month."""

    first: date
    last: date


def sheet(
    session: Session,
    kind: SheetKind,
    actor: Actor,
    at: tuple[datetime, WorkingCalendar],
    step: Step = lambda done, total: None,
) -> Rows:
    """Return a list as rows, its head first. Raises TooManyRows."""
    if kind is SheetKind.PROJECTS:
        rows = _projects(session, actor, *at)
        step(len(rows) - 1, len(rows) - 1)
    else:
        rows = _errands(session, actor, at, step)
    if len(rows) > EXPORT_LIMIT:
        raise TooManyRows(count=len(rows) - 1, limit=EXPORT_LIMIT)
    return rows


def _projects(session: Session, actor: Actor, now: datetime, calendar: WorkingCalendar) -> Rows:
    found = leaders.stands(session, actor, now, calendar)
    ids = [one.line.id for one in found]
    query = sa.select(Project, Enterprise).join(Enterprise, Enterprise.id == Project.enterprise_id)
    of = {row[0].id: (row[0], row[1]) for row in session.execute(query.where(Project.id.in_(ids)))}
    known = names(session)
    return [
        list(PROJECT_HEAD),
        *(_project(one, *of[one.line.id], known) for one in found),
    ]


def _project(
    one: Stands, project: Project, enterprise: Enterprise, known: Mapping[int, str]
) -> list[str]:
    kept, waits = one.line.standing, dict(one.line.standing.waits)
    return [
        enterprise.name,
        enterprise.credit_code,
        project.name,
        project.industry,
        yuan(project.investment_fen // WAN),
        f"{project.land_area}",
        known[project.agent_id],
        known[project.deputy_id] if project.deputy_id else "",
        project.began_on.isoformat(),
        project.target_on.isoformat() if project.target_on else "",
        f"{kept.errands}",
        f"{kept.still_open}",
        *(f"{waits.get(turn, 0)}" for turn in (Turn.ENTERPRISE, Turn.AGENT, Turn.BUREAU)),
        kept.finish_on.isoformat(),
        f"{one.days_late}",
        BETWEEN.join(one.reasons),
        yuan(one.spent_fen),
    ]


def _errands(
    session: Session, actor: Actor, at: tuple[datetime, WorkingCalendar], step: Step
) -> Rows:
    ids = projects.running(session, actor)
    rows = [list(ERRAND_HEAD)]
    for start in range(0, len(ids), CHUNK):
        for road in on_their_roads(session, ids[start : start + CHUNK], *at).values():
            rows += [_errand(road, row) for row in road.rows if not row.facts.is_over]
        step(min(start + CHUNK, len(ids)), len(ids))
    return rows


def _errand(road: Road, row: ErrandRow) -> list[str]:
    case = row.case if row.is_open else None
    return [
        road.enterprise.name,
        road.project.name,
        row.plan.milestone,
        row.title,
        row.plan.lead,
        BETWEEN.join(row.plan.assisting),
        case.number if case else "",
        case.outside_number if case else "",
        STAGE_NAMES[case.stage] if case else "",
        row.forecast.start_on.isoformat(),
        row.forecast.finish_on.isoformat(),
        TURN_NAMES[row.turn],
        BETWEEN.join(road.row(key).title for key in row.forecast.blockers),
        lacking_words(row.lacking) if not case else "",
        BETWEEN.join(gist(one.words) for one in row.obstacles),
    ]


def month_tables(
    session: Session,
    actor: Actor,
    month: Month,
    at: tuple[datetime, WorkingCalendar],
) -> tuple[Rows, Rows]:
    """Return a month's two tables with their heads and sums: projects, and trips."""
    now, calendar = at
    found = leaders.stands(session, actor, now, calendar)
    spent = leaders.spent_in(session, [one.line.id for one in found], month.first, month.last)
    rows = [_of_month(one, spent.get(one.line.id, 0)) for one in found]
    done = [one.line.standing.errands - one.line.standing.still_open for one in found]
    of = sum(one.line.standing.errands for one in found)
    paid = yuan(sum(spent.values()))
    late = f"{sum(one.days_late > 0 for one in found)}"
    total = [TOTAL, f"{sum(done)}/{of}", NOTHING, NOTHING, late, paid]
    return [list(MONTH_HEAD), *rows, total], _trips(session, actor, month)


def _of_month(one: Stands, spent_fen: int) -> list[str]:
    line, kept = one.line, one.line.standing
    return [
        f"{line.enterprise} {line.name}",
        f"{kept.errands - kept.still_open}/{kept.errands}",
        NOTHING if kept.is_over else kept.finish_on.isoformat(),
        line.target_on.isoformat() if line.target_on else NOTHING,
        f"{one.days_late}" if one.days_late else NOTHING,
        yuan(spent_fen) if spent_fen else NOTHING,
    ]


def _trips(session: Session, actor: Actor, month: Month) -> Rows:
    carried = leaders.carried(session, actor, month.first, month.last)
    known = names(session)
    rows = [_counted(known[one], made) for one, made in by_agent(carried).items()]
    return [list(TRIP_HEAD), *rows, _counted(TOTAL, trips(carried))]


def _counted(name: str, made: Trips) -> list[str]:
    return [name, f"{made.made}", f"{made.matters}", f"{made.spared}"]


def printed(title: str, rows: Sequence[Sequence[str]]) -> dict[str, object]:
    """Return a table as the typesetter takes it."""
    head, *rest = rows
    rows = [list(one) for one in rest]
    return {"title": title, "head": list(head), "rows": rows, "column_mm": COLUMN_MM}
