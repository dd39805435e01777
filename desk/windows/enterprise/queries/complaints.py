"""投诉查询: complaints, for whoever may hear them and is not the one complained about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases import queries as cases
from desk.cases.queries.lights import lights_of
from desk.cases.records import Case
from desk.cases.rules.lights import Light
from desk.windows.enterprise.records import Enterprise, EnterpriseComplaint, Project
from desk.windows.enterprise.rules.access import COMPLAINT_READERS
from desk.windows.enterprise.rules.complaints import (
    HEARERS,
    OF_THE_WINDOW,
    ComplaintAbout,
    Concerned,
    sealed_place,
)
from kernel.access import Actor, Role
from kernel.clock import town_day
from kernel.errors import NotFound
from kernel.house_session import vault_of
from kernel.staff import queries as staff
from kernel.staff.records import Staff
from services_catalog.rules.items import Window

WINDOW = Window.ENTERPRISE
LIST_LIMIT = 200
#: true of the cases of this window that are complaints: with pages and verbs of their own
IS_COMPLAINT = Case.id.in_(sa.select(EnterpriseComplaint.case_id))


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint with its case, whose it is, what was said and answered."""

    case: Case
    row: EnterpriseComplaint
    enterprise: Enterprise
    words: str
    answer: str
    light: Light | None = None


def hearing(actor: Actor) -> sa.ColumnElement[bool]:
    """Return what is true of the complaints somebody may hear of: never those about himself."""
    if not actor.is_any(*COMPLAINT_READERS):
        return sa.false()
    own = sa.or_(Project.agent_id == actor.staff_id, Project.deputy_id == actor.staff_id)
    walked = sa.select(Project.enterprise_id).where(own)
    is_window = EnterpriseComplaint.about == ComplaintAbout.WINDOW
    if not actor.is_any(*OF_THE_WINDOW):
        is_window = sa.and_(is_window, EnterpriseComplaint.enterprise_id.in_(walked))
    about_me = sa.func.coalesce(EnterpriseComplaint.about_id, 0) == (actor.staff_id or 0)
    return sa.not_(sa.or_(about_me, is_window))


def heard_cases(actor: Actor) -> sa.ColumnElement[bool]:
    """Return what is true of the cases that are complaints somebody may hear of."""
    heard = sa.select(EnterpriseComplaint.case_id).where(hearing(actor))
    return Case.id.in_(heard)


def complaints(session: Session, actor: Actor, now: datetime) -> list[Complaint]:
    """Return the complaints somebody may hear of, the open and most urgent first."""
    urgency = (Case.closed_at.is_not(None), Case.due_on, Case.id.desc())
    query = _all().where(hearing(actor)).order_by(*urgency).limit(LIST_LIMIT)
    rows = session.execute(query).all()
    lights = lights_of(session, [row[0].id for row in rows], now, town_day(now))
    return [_whole(session, case, row, of, lights.get(case.id)) for case, row, of in rows]


def complaint(session: Session, number: str, actor: Actor) -> Complaint:
    """Return a complaint somebody may hear of. Raises NotFound."""
    case = cases.at_window(session, WINDOW, number)
    found = session.execute(_all().where(Case.id == case.id, hearing(actor))).first()
    if found is None:
        raise NotFound
    return _whole(session, *found)


def is_one(session: Session, number: str) -> bool:
    """Say whether a case of this window is a complaint, which has a page of its own."""
    query = sa.select(Case.id).where(Case.number == number, IS_COMPLAINT)
    return session.scalar(query) is not None


def concerned(
    session: Session, of: Enterprise, about: ComplaintAbout, about_id: int | None
) -> Concerned:
    """Return what tells whether a complaint of an enterprise is about somebody."""
    query = sa.select(Project.agent_id, Project.deputy_id).where(Project.enterprise_id == of.id)
    agents = {one for row in session.execute(query) for one in row if one is not None}
    return Concerned(about, about_id, frozenset(agents))


def hearer(
    session: Session, to_hear: Concerned, roles: Collection[Role], but: int | None = None
) -> Staff | None:
    """Return who has a complaint in hand: the first of these posts whom it does not concern.

    `but` is an account that is passed by.
    """
    for role in roles:
        for one in staff.holding(session, role):
            if one.id != but and not to_hear.concerns(staff.actor_of(session, one.id)):
                return one
    return None


def next_hearer(session: Session, case: Case) -> Staff | None:
    """Return who hears a complaint while whoever has it in hand is away; None: no complaint."""
    row = session.get(EnterpriseComplaint, case.id)
    if row is None:
        return None
    of = session.get_one(Enterprise, row.enterprise_id)
    to_hear = concerned(session, of, row.about, row.about_id)
    return hearer(session, to_hear, HEARERS, case.handler_id)


def _all() -> sa.Select[tuple[Case, EnterpriseComplaint, Enterprise]]:
    return (
        sa.select(Case, EnterpriseComplaint, Enterprise)
        .join(EnterpriseComplaint, EnterpriseComplaint.case_id == Case.id)
        .join(Enterprise, Enterprise.id == EnterpriseComplaint.enterprise_id)
    )


def _whole(
    session: Session,
    case: Case,
    row: EnterpriseComplaint,
    of: Enterprise,
    light: Light | None = None,
) -> Complaint:
    town = vault_of(session).town

    def opened(column: str, sealed: str) -> str:
        return town.open(sealed, sealed_place(column, case.uuid)) if sealed else ""

    words, answer = opened("words", row.words_sealed), opened("answer", row.answer_sealed)
    return Complaint(case, row, of, words, answer, light)
