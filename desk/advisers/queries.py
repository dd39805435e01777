"""咨询员查询: questions about advisers: whose village, whose cases, what was asked."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.advisers.records import Enquiry, Training
from desk.advisers.rules import NoVillage
from desk.cases.records import Case
from kernel.access import Actor
from kernel.errors import NotFound
from kernel.town.records import Adviser, Village

LATEST = 100


def adviser_of(session: Session, actor: Actor) -> tuple[Adviser, Village]:
    """Return the adviser who is logged in, with the village. Raises NoVillage."""
    query = sa.select(Adviser, Village).join(Village, Village.id == Adviser.village_id)
    found = session.execute(query.where(Adviser.staff_id == actor.staff_id)).first()
    if found is None:
        raise NoVillage
    return found[0], found[1]


def carried(session: Session, actor: Actor) -> list[Case]:
    """Return the cases this adviser carried, the newest first, and no others."""
    query = sa.select(Case).where(Case.carried_by_id == actor.staff_id)
    return list(session.scalars(query.order_by(Case.id.desc()).limit(LATEST)))


def carried_case(session: Session, actor: Actor, number: str) -> Case:
    """Return one case this adviser carried. Raises NotFound for every other."""
    mine = (Case.carried_by_id == actor.staff_id, Case.number == number)
    case = session.scalar(sa.select(Case).where(*mine))
    if case is None:
        raise NotFound
    return case


def enquiries_of(session: Session, village_id: int) -> list[Enquiry]:
    """Return what was asked in a village, the newest first."""
    query = sa.select(Enquiry).where(Enquiry.village_id == village_id)
    return list(session.scalars(query.order_by(Enquiry.id.desc()).limit(LATEST)))


def unanswered(session: Session) -> list[tuple[Enquiry, Village]]:
    """Return what advisers passed on to the hall and nobody has answered, oldest first."""
    query = sa.select(Enquiry, Village).join(Village, Village.id == Enquiry.village_id)
    found = session.execute(query.where(Enquiry.is_open).order_by(Enquiry.id)).all()
    return [(row[0], row[1]) for row in found]


def enquiry(session: Session, enquiry_id: int) -> Enquiry:
    """Return an enquiry. Raises NotFound."""
    found = session.get(Enquiry, enquiry_id)
    if found is None:
        raise NotFound
    return found


def adviser(session: Session, adviser_id: int) -> Adviser:
    """Return an adviser. Raises NotFound."""
    found = session.get(Adviser, adviser_id)
    if found is None:
        raise NotFound
    return found


def trainings(session: Session) -> dict[int, list[Training]]:
    """Return every adviser's training by the adviser's id, the newest first."""
    found: dict[int, list[Training]] = {}
    for one in session.scalars(sa.select(Training).order_by(Training.held_on.desc())):
        found.setdefault(one.adviser_id, []).append(one)
    return found
