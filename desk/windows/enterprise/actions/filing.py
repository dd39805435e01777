"""递件的动作: file an errand as a case of the core, its papers out of the dossier."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from desk.cases.actions.register import Intake
from desk.cases.actions.register import register as register_case
from desk.cases.records import Case
from desk.cases.rules.people import Person, Relation
from desk.windows.enterprise.actions.steps import take_by_itself
from desk.windows.enterprise.queries import enterprises
from desk.windows.enterprise.queries.projects import WINDOW, facts_of, mandates, steps
from desk.windows.enterprise.queries.road import Road
from desk.windows.enterprise.queries.roads import wanted_by
from desk.windows.enterprise.records import Enterprise, Filing, Mandate, Project, ProjectErrand
from desk.windows.enterprise.rules.dossier import taken
from desk.windows.enterprise.rules.mandates import check_mandate
from desk.windows.enterprise.rules.obstacles import ErrandObstructed, gist
from desk.windows.enterprise.rules.projects import (
    BETWEEN,
    FILED_AS,
    ErrandBegun,
    ErrandBlocked,
    ErrandSkipped,
    ItemNotPublished,
    NotTakenUp,
    ProjectOver,
    ProxyStep,
)
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.clock import town_day
from kernel.errors import NotFound
from kernel.hall import Hall
from kernel.identity import DocumentKind
from services_catalog import queries as catalogue
from services_catalog.records import ItemVersion


def file(
    session: Session, road: Road, errand: ProjectErrand, actor: Actor, now: datetime, hall: Hall
) -> Case:
    """File an errand: a case of the core, its papers out of the dossier, under a valid mandate.

    Raises: ProjectOver, NotTakenUp, ErrandSkipped, ErrandBegun, ErrandObstructed, ErrandBlocked,
    NoMandate and its like, ItemNotPublished, PapersLacking.
    """
    of = road.project
    session.refresh(of, with_for_update=True)
    _check_may_file(session, road, errand)
    row, day = road.row(errand.key), town_day(now)
    mandate = _mandate(session, of, row.plan.milestone, day)
    item = published(session, row.plan.item)
    wanted = wanted_by(session, [item.id]).get(item.id, [])
    kept = enterprises.kept_by(session, [of.enterprise_id]).get(of.enterprise_id, [])
    intake = Intake(
        window=WINDOW,
        item=item,
        answer=FILED_AS[item.handling],
        applicant=applicant_of(session, road.enterprise),
        materials=taken(wanted, kept, day),
        presenter=Person(name=actor.name, relation=Relation.AGENT),
    )
    case = register_case(session, intake, actor, now, hall)
    session.add(
        Filing(
            errand_id=errand.id,
            case_id=case.id,
            mandate_id=mandate.id,
            at=now,
            actor_id=actor.staff_id,
        )
    )
    session.flush()
    audit.record(
        session, actor, "errand.filed", f"project:{of.id}", now, key=errand.key, case=case.id
    )
    take_by_itself(session, of, ProxyStep.HANDLED, actor, now)
    return case


def published(session: Session, code: str) -> ItemVersion:
    """Return what the catalogue publishes of an item. Raises ItemNotPublished."""
    try:
        return catalogue.published(session, code)
    except NotFound:
        raise ItemNotPublished(code=code) from None


def _check_may_file(session: Session, road: Road, errand: ProjectErrand) -> None:
    if road.project.archived_at is not None:
        raise ProjectOver
    taken_steps, row = steps(session, road.project.id), road.row(errand.key)
    if ProxyStep.TAKEN_UP not in taken_steps:
        raise NotTakenUp
    if errand.skip_reason:
        raise ErrandSkipped(title=row.title)
    if row.case is not None and (row.is_open or row.facts.is_over):
        raise ErrandBegun(title=row.title, number=row.case.number)
    if row.obstacles:
        first = row.obstacles[0]
        since, words = town_day(first.raised_at), gist(first.words)
        raise ErrandObstructed(title=row.title, gist=words, since=since)
    if row.forecast.blockers:
        names = BETWEEN.join(road.row(key).title for key in row.forecast.blockers)
        raise ErrandBlocked(title=row.title, blockers=names)


def _mandate(session: Session, of: Project, milestone: str, day: date) -> Mandate:
    known = {facts_of(one): one for one in mandates(session, of.id)}
    return known[check_mandate(list(known), milestone, day)]


def applicant_of(session: Session, of: Enterprise) -> Person:
    """Return an enterprise as the applicant of its cases, with the first phone to ring."""
    named = enterprises.contacts(session, of.id)
    return Person(
        name=of.name,
        document_kind=DocumentKind.CREDIT_CODE,
        document_number=of.credit_code,
        phone=named[0].phone if named else "",
        address=of.address,
    )
