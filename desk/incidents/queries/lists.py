"""通知名单查询: whom an incident of a kind rings, with the numbers that are right today."""

import json
from dataclasses import asdict, dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.incidents.records import CallEntry, IncidentCall
from desk.incidents.rules.calls import Contact
from desk.incidents.rules.kinds import IncidentKind, villages_told
from kernel.errors import NotFound
from kernel.house_session import vault_of
from kernel.town import queries as town
from kernel.town.records import Adviser, DirectoryUnit


@dataclass(frozen=True, slots=True)
class Callee:
    """Somebody to be rung: what they are called, of which village, who answers."""

    label: str
    village_id: int | None
    contact: Contact


def sealed_contact(session: Session, contact: Contact, place: str) -> str:
    """Return names and private numbers as they are stored."""
    return vault_of(session).town.seal(json.dumps(asdict(contact), ensure_ascii=False), place)


def opened_contact(session: Session, record: IncidentCall | CallEntry) -> Contact:
    """Return who answers, unsealed."""
    place = contact_place(record.__tablename__, record.uuid)
    return Contact(**json.loads(vault_of(session).town.open(record.contact_sealed, place)))


def contact_place(table: str, uuid: str) -> str:
    """Return what a sealed contact is bound to."""
    return f"{table}|contact|{uuid}"


def entries(session: Session, kind: IncidentKind) -> list[CallEntry]:
    """Return what stands on a kind's list besides the villages."""
    query = sa.select(CallEntry).where(CallEntry.kind == kind)
    return list(session.scalars(query.order_by(CallEntry.position)))


def entry(session: Session, entry_id: int) -> CallEntry:
    """Return one entry. Raises NotFound."""
    found = session.get(CallEntry, entry_id)
    if found is None:
        raise NotFound
    return found


def last_position(session: Session, kind: IncidentKind) -> int:
    """Return the last place taken on a kind's list; 0 on an empty one."""
    query = sa.select(sa.func.max(CallEntry.position)).where(CallEntry.kind == kind)
    return session.scalar(query) or 0


def callees(
    session: Session, kind: IncidentKind, village_id: int | None, today: date
) -> list[Callee]:
    """Return whom to ring, in this order: what the kind's list says, then the villages.

    Of villages the first adviser answers, the second is the deputy: as the town has them today.
    """
    units = {one.code: one for one in town.open_units(session, today)}
    found = [_of_entry(session, one, units) for one in entries(session, kind)]
    told = villages_told(kind, town.villages(session), village_id)
    advisers = town.advisers(session)
    villages = [Callee(one.name, one.id, _of_village(advisers.get(one.id, []))) for one in told]
    return [*found, *villages]


def _of_entry(session: Session, entry: CallEntry, units: dict[str, DirectoryUnit]) -> Callee:
    contact = opened_contact(session, entry)
    unit = units.get(entry.unit_code)
    phone = unit.phone if unit else contact.phone
    return Callee(
        entry.label,
        None,
        Contact(contact.who, phone, contact.deputy, contact.deputy_phone),
    )


def _of_village(advisers: list[Adviser]) -> Contact:
    two = [(one.name, one.phone) for one in advisers[:2]] + [("", ""), ("", "")]
    return Contact(*two[0], *two[1])
