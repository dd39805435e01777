"""七步的动作: take the next of the seven steps of a proxy."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.windows.enterprise.queries.obstacles import number_open
from desk.windows.enterprise.queries.projects import steps
from desk.windows.enterprise.records import Project, ProjectStep
from desk.windows.enterprise.rules.obstacles import ObstaclesLeft
from desk.windows.enterprise.rules.projects import ProxyStep, check_step
from kernel.access import Actor
from kernel.audit import actions as audit


def take(
    session: Session,
    of: Project,
    chosen: tuple[ProxyStep, str, int],
    actor: Actor,
    now: datetime,
) -> None:
    """Take the next step: (step, note, how many errands are still open).

    Raises: StepsAllTaken, StepNotNext, StepByItself, ErrandsStillOpen, ObstaclesLeft.
    """
    step, note, still_open = chosen
    check_step(step, steps(session, of.id), still_open)
    left = number_open(session, of.id) if step is ProxyStep.ARCHIVED else 0
    if left:
        raise ObstaclesLeft(count=left)
    _write(session, of, (step, note), actor, now)
    if step is ProxyStep.ARCHIVED:
        of.archived_at = now
        session.flush()


def take_by_itself(
    session: Session, of: Project, step: ProxyStep, actor: Actor, now: datetime
) -> None:
    """Note a step that something else brought about, the first time it does."""
    if step not in steps(session, of.id):
        _write(session, of, (step, ""), actor, now)


def _write(
    session: Session, of: Project, told: tuple[ProxyStep, str], actor: Actor, now: datetime
) -> None:
    step, note = told
    row = ProjectStep(project_id=of.id, step=step, note=note, at=now, actor_id=actor.staff_id)
    session.add(row)
    session.flush()
    audit.record(session, actor, "project.step", f"project:{of.id}", now, step=step)
