"""项目查询: projects somebody may see; their mandates, steps and errands."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases import queries as cases
from desk.cases.records import Case
from desk.windows.enterprise.queries.complaints import IS_COMPLAINT, heard_cases, next_hearer
from desk.windows.enterprise.queries.enterprises import own_projects
from desk.windows.enterprise.records import (
    Filing,
    Mandate,
    Project,
    ProjectErrand,
    ProjectStep,
)
from desk.windows.enterprise.rules.access import sees_all
from desk.windows.enterprise.rules.mandates import MandateFacts
from desk.windows.enterprise.rules.projects import ProxyStep
from kernel.access import Actor
from kernel.errors import NotFound
from services_catalog.rules.items import Window

WINDOW = Window.ENTERPRISE


def running(session: Session, actor: Actor) -> list[int]:
    """Return all projects that go on and somebody may see, by number."""
    mine = (Project.archived_at.is_(None), own_projects(actor))
    return list(session.scalars(sa.select(Project.id).where(*mine).order_by(Project.id)))


def archived(session: Session, actor: Actor, after: int, most: int) -> list[Project]:
    """Return projects of the archive that somebody may see, from one number on."""
    mine = (Project.archived_at.is_not(None), own_projects(actor), Project.id > after)
    return list(session.scalars(sa.select(Project).where(*mine).order_by(Project.id).limit(most)))


def projects_of(session: Session, actor: Actor, enterprise_id: int) -> list[Project]:
    """Return an enterprise's projects, of those somebody may see."""
    mine = (Project.enterprise_id == enterprise_id, own_projects(actor))
    return list(session.scalars(sa.select(Project).where(*mine).order_by(Project.id)))


def project(session: Session, actor: Actor, project_id: int) -> Project:
    """Return a project somebody may see. Raises NotFound."""
    query = sa.select(Project).where(Project.id == project_id, own_projects(actor))
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def mandates(session: Session, project_id: int) -> list[Mandate]:
    """Return a project's mandates, the oldest first."""
    query = sa.select(Mandate).where(Mandate.project_id == project_id).order_by(Mandate.id)
    return list(session.scalars(query))


def mandate(session: Session, of: Project, mandate_id: int) -> Mandate:
    """Return one of a project's mandates. Raises NotFound."""
    found = session.get(Mandate, mandate_id)
    if found is None or found.project_id != of.id:
        raise NotFound
    return found


def facts_of(one: Mandate) -> MandateFacts:
    """Return what the rules know of a mandate."""
    return MandateFacts(
        way=one.way,
        covers=tuple(one.covers.splitlines()),
        from_on=one.from_on,
        until_on=one.until_on,
        signed_on=one.signed_on,
        revoked_on=one.revoked_on,
    )


def steps(session: Session, project_id: int) -> dict[ProxyStep, ProjectStep]:
    """Return which of the seven steps were taken."""
    query = sa.select(ProjectStep).where(ProjectStep.project_id == project_id)
    return {one.step: one for one in session.scalars(query)}


def errands(session: Session, project_ids: Sequence[int]) -> list[ProjectErrand]:
    """Return the errands of some projects."""
    query = sa.select(ProjectErrand).where(ProjectErrand.project_id.in_(project_ids))
    return list(session.scalars(query.order_by(ProjectErrand.id)))


def errand(session: Session, of: Project, key: str) -> ProjectErrand:
    """Return one of a project's errands. Raises NotFound."""
    mine = (ProjectErrand.project_id == of.id, ProjectErrand.key == key)
    found = session.scalar(sa.select(ProjectErrand).where(*mine))
    if found is None:
        raise NotFound
    return found


def filed(session: Session, project_ids: Sequence[int]) -> dict[int, Case]:
    """Return by errand the case that counts: the one opened last."""
    query = (
        sa.select(Filing.errand_id, Case)
        .join(Case, Case.id == Filing.case_id)
        .join(ProjectErrand, ProjectErrand.id == Filing.errand_id)
        .where(ProjectErrand.project_id.in_(project_ids))
        .order_by(Filing.id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def own_cases(actor: Actor) -> sa.ColumnElement[bool]:
    """Return what is true of the cases of this window that somebody may see, wherever he looks."""
    if sees_all(actor):
        return sa.or_(sa.not_(IS_COMPLAINT), heard_cases(actor))
    errands_of_mine = (
        sa.select(Filing.case_id)
        .join(ProjectErrand, ProjectErrand.id == Filing.errand_id)
        .join(Project, Project.id == ProjectErrand.project_id)
        .where(own_projects(actor))
    )
    return Case.id.in_(errands_of_mine)


def of_case(session: Session, actor: Actor, number: str) -> tuple[Case, Project, ProjectErrand]:
    """Return a case of this window with its project, if somebody may see that. Raises NotFound."""
    case = cases.at_window(session, WINDOW, number)
    query = (
        sa.select(Project, ProjectErrand)
        .join(ProjectErrand, ProjectErrand.project_id == Project.id)
        .join(Filing, Filing.errand_id == ProjectErrand.id)
        .where(Filing.case_id == case.id, own_projects(actor))
    )
    found = session.execute(query).first()
    if found is None:
        raise NotFound
    return case, found[0], found[1]


def stands_in(session: Session, case: Case) -> list[int]:
    """Return who does a case's work while its handler is away, by account.

    An errand's: the deputy of its project; a complaint's: the next who may hear it.
    """
    if (hears := next_hearer(session, case)) is not None:
        return [hears.id]
    query = (
        sa.select(Project.deputy_id)
        .join(ProjectErrand, ProjectErrand.project_id == Project.id)
        .join(Filing, Filing.errand_id == ProjectErrand.id)
        .where(Filing.case_id == case.id, Project.deputy_id.is_not(None))
    )
    return [one for one in session.scalars(query) if one is not None]
