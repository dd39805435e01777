"""问题的动作: raise what stands in a project's way, give it to somebody, close it, reopen it.

Whoever acts with no account is the enterprise itself, through its own page.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from desk.windows.enterprise.actions.standings import forget
from desk.windows.enterprise.queries.obstacles import owners
from desk.windows.enterprise.queries.projects import errands
from desk.windows.enterprise.queries.settings import settings
from desk.windows.enterprise.records import Obstacle, ObstacleStep, Project
from desk.windows.enterprise.rules.obstacles import (
    NotOnTheRoad,
    ObstacleClosed,
    ObstacleKind,
    ObstacleVerb,
    check_closing,
    check_due,
    check_owner,
    check_raised,
    check_reopening,
)
from desk.windows.enterprise.rules.projects import ProjectOver
from desk.windows.enterprise.rules.schedule import Almanac
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.clock import town_day
from kernel.errors import Conflict
from kernel.hall import Hall


@dataclass(frozen=True, slots=True)
class Raised:
    """What stands in the way, of which errand (empty: of the whole), whose, until when."""

    kind: ObstacleKind
    words: str
    errand_key: str = ""
    #: None: the project's agent
    owner_id: int | None = None
    #: None: as many working days as the town gives
    due_on: date | None = None


def raise_obstacle(
    session: Session, of: Project, told: Raised, actor: Actor, now: datetime, hall: Hall
) -> Obstacle:
    """Write down what stands in a project's way.

    Raises: ProjectOver, ObstacleUnsaid, DueInThePast, NotAnOwner, NotOnTheRoad.
    """
    _check_goes_on(of)
    today, owner_id = town_day(now), told.owner_id or of.agent_id
    days = settings(session).obstacle_days
    due_on = told.due_on or Almanac(hall.calendar, today).after(today, days)
    check_raised(told.words, due_on, today)
    check_owner(owner_id, [number for number, _ in owners(session, of)])
    if told.errand_key and told.errand_key not in {one.key for one in errands(session, [of.id])}:
        raise NotOnTheRoad
    row = Obstacle(
        project_id=of.id,
        errand_key=told.errand_key,
        kind=told.kind,
        words=told.words,
        raised_at=now,
        raised_by_id=actor.staff_id,
        owner_id=owner_id,
        due_on=due_on,
    )
    session.add(row)
    session.flush()
    _note(session, row, (ObstacleVerb.RAISED, told.words), actor, now)
    return row


def give(
    session: Session, row: Obstacle, told: tuple[int, date, int], actor: Actor, now: datetime
) -> None:
    """Let somebody answer for an obstacle by a day: (owner, due day, version on screen).

    Raises: ProjectOver, ObstacleClosed, Conflict, DueInThePast, NotAnOwner.
    """
    of = session.get_one(Project, row.project_id)
    owner_id, due_on, version = told
    _check_goes_on(of)
    if row.closed_at is not None:
        raise ObstacleClosed
    if row.version != version:
        raise Conflict
    check_due(due_on, town_day(now))
    check_owner(owner_id, [number for number, _ in owners(session, of)])
    row.owner_id, row.due_on = owner_id, due_on
    _note(session, row, (ObstacleVerb.GIVEN, ""), actor, now)


def close(session: Session, row: Obstacle, outcome: str, actor: Actor, now: datetime) -> None:
    """Close an obstacle with what became of it. Raises: ObstacleClosed, OutcomeUnsaid."""
    check_closing(outcome, is_closed=row.closed_at is not None)
    row.closed_at = now
    _note(session, row, (ObstacleVerb.CLOSED, outcome), actor, now)


def reopen(session: Session, row: Obstacle, reason: str, actor: Actor, now: datetime) -> None:
    """Take up again what was closed too early.

    Raises: ProjectOver, ObstacleOpen, ReopeningUnsaid.
    """
    _check_goes_on(session.get_one(Project, row.project_id))
    check_reopening(reason, is_closed=row.closed_at is not None)
    row.closed_at = None
    _note(session, row, (ObstacleVerb.REOPENED, reason), actor, now)


def _check_goes_on(of: Project) -> None:
    if of.archived_at is not None:
        raise ProjectOver


def _note(
    session: Session,
    row: Obstacle,
    done: tuple[ObstacleVerb, str],
    actor: Actor,
    now: datetime,
) -> None:
    verb, words = done
    session.flush()
    step = ObstacleStep(
        obstacle_id=row.id,
        verb=verb,
        words=words,
        owner_id=row.owner_id,
        due_on=row.due_on,
        at=now,
        actor_id=actor.staff_id,
    )
    session.add(step)
    session.flush()
    forget(session, Project.id == row.project_id)
    facts = {"obstacle": row.id, "owner": row.owner_id, "due": str(row.due_on)}
    audit.record(session, actor, f"obstacle.{verb}", f"project:{row.project_id}", now, **facts)
