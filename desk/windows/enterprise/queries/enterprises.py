"""企业查询: the enterprises somebody may see, their contacts and their dossier."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.enterprise.records import (
    DossierPaper,
    Enterprise,
    EnterpriseContact,
    Project,
)
from desk.windows.enterprise.rules.access import sees_all
from desk.windows.enterprise.rules.dossier import Kept
from kernel.access import Actor
from kernel.errors import NotFound
from kernel.house_session import vault_of

LIST_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to ring at an enterprise, unsealed."""

    id: int
    post: str
    name: str
    phone: str
    made_at: datetime
    #: since when they agree to be told by text; None: they do not
    consent_on: date | None = None


def own_projects(actor: Actor) -> sa.ColumnElement[bool]:
    """Return what is true of a project somebody walks or stands in for; of all for an overseer."""
    if sees_all(actor):
        return sa.true()
    return sa.or_(Project.agent_id == actor.staff_id, Project.deputy_id == actor.staff_id)


def by_whom(*, sees_all: bool) -> sa.ColumnElement[bool]:
    """Return the same for a statement that is made once: who looks is its parameter `me`."""
    me = sa.bindparam("me", type_=sa.Integer)
    return sa.true() if sees_all else sa.or_(Project.agent_id == me, Project.deputy_id == me)


def _seen(actor: Actor) -> sa.ColumnElement[bool]:
    if sees_all(actor):
        return sa.true()
    own = sa.select(Project.enterprise_id).where(own_projects(actor))
    nobodys = ~sa.exists().where(Project.enterprise_id == Enterprise.id)
    made = sa.and_(Enterprise.made_by_id == actor.staff_id, nobodys)
    return sa.or_(Enterprise.id.in_(own), made)


def enterprises(session: Session, actor: Actor, typed: str = "") -> list[Enterprise]:
    """Return the enterprises somebody may see whose name or code has what was typed."""
    query = sa.select(Enterprise).where(_seen(actor)).order_by(Enterprise.id.desc())
    if typed:
        within = sa.or_(
            Enterprise.name.contains(typed, autoescape=True),
            Enterprise.credit_code.startswith(typed.upper(), autoescape=True),
        )
        query = query.where(within)
    return list(session.scalars(query.limit(LIST_LIMIT)))


def enterprise(session: Session, actor: Actor, enterprise_id: int) -> Enterprise:
    """Return an enterprise somebody may see. Raises NotFound."""
    query = sa.select(Enterprise).where(Enterprise.id == enterprise_id, _seen(actor))
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def is_known(session: Session, credit_code: str) -> bool:
    """Say whether an enterprise of that code is registered, whoever may see it."""
    query = sa.select(Enterprise.id).where(Enterprise.credit_code == credit_code)
    return session.scalar(query) is not None


def contacts(session: Session, enterprise_id: int) -> list[Contact]:
    """Return whom to ring, unsealed, in the order they were written down."""
    town = vault_of(session).town
    query = sa.select(EnterpriseContact).where(
        EnterpriseContact.enterprise_id == enterprise_id, EnterpriseContact.ended_at.is_(None)
    )
    return [
        Contact(
            one.id,
            one.post,
            town.open(one.name_sealed, contact_place("name", one.uuid)),
            town.open(one.phone_sealed, contact_place("phone", one.uuid)),
            one.made_at,
            one.consent_on,
        )
        for one in session.scalars(query.order_by(EnterpriseContact.id))
    ]


def contact(session: Session, of: Enterprise, contact_id: int) -> EnterpriseContact:
    """Return one of an enterprise's contacts. Raises NotFound."""
    found = session.get(EnterpriseContact, contact_id)
    if found is None or found.enterprise_id != of.id:
        raise NotFound
    return found


def contact_place(column: str, uuid: str) -> str:
    """Return what binds a sealed name or phone to its place."""
    return f"enterprise_contact|{column}|{uuid}"


def papers(session: Session, enterprise_id: int) -> list[DossierPaper]:
    """Return what lies in an enterprise's dossier, the newest first."""
    query = sa.select(DossierPaper).where(
        DossierPaper.enterprise_id == enterprise_id, DossierPaper.removed_at.is_(None)
    )
    return list(session.scalars(query.order_by(DossierPaper.id.desc())))


def paper(session: Session, of: Enterprise, paper_id: int) -> DossierPaper:
    """Return one of an enterprise's papers. Raises NotFound."""
    found = session.get(DossierPaper, paper_id)
    if found is None or found.enterprise_id != of.id or found.removed_at is not None:
        raise NotFound
    return found


def kept_by(session: Session, enterprise_ids: Collection[int]) -> dict[int, list[Kept]]:
    """Return what lies in the dossiers of some enterprises, in one query."""
    query = sa.select(
        DossierPaper.enterprise_id, DossierPaper.name, DossierPaper.valid_until_on
    ).where(DossierPaper.enterprise_id.in_(enterprise_ids), DossierPaper.removed_at.is_(None))
    found: dict[int, list[Kept]] = {}
    for row in session.execute(query) if enterprise_ids else ():
        found.setdefault(row.enterprise_id, []).append(Kept(row.name, row.valid_until_on))
    return found


def kept(one: DossierPaper) -> Kept:
    """Return what the rules know of a paper."""
    return Kept(one.name, one.valid_until_on)


def number_ending(session: Session, enterprise_id: int, by: date) -> int:
    """Return how many papers of a dossier have run out, or will have by a day."""
    mine = (
        DossierPaper.enterprise_id == enterprise_id,
        DossierPaper.removed_at.is_(None),
        DossierPaper.valid_until_on <= by,
    )
    return session.scalar(sa.select(sa.func.count()).select_from(DossierPaper).where(*mine)) or 0
