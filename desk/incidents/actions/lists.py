"""通知名单的维护: put somebody on a kind's list, take them off; a sample town's first lists."""

import csv
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.incidents.queries.lists import contact_place, last_position, sealed_contact
from desk.incidents.records import CallEntry
from desk.incidents.rules.calls import Contact
from desk.incidents.rules.kinds import IncidentKind
from desk.incidents.rules.listing import Entry, NoSuchUnit, check_entry
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.errors import NotFound
from kernel.town import queries as town

SAMPLE = Path(__file__).parents[1] / "sample" / "call_entries.csv"


def put_on(session: Session, entry: Entry, actor: Actor, now: datetime) -> CallEntry:
    """Put somebody at the end of a kind's list. Raises: EntryIncomplete, NoSuchUnit."""
    check_entry(entry)
    if entry.unit_code:
        _check_unit(session, entry.unit_code)
    added = _add(session, entry)
    audit.record(session, actor, "call_list.added", f"call_entry:{added.id}", now, kind=entry.kind)
    return added


def take_off(session: Session, entry: CallEntry, actor: Actor, now: datetime) -> None:
    """Take somebody off a list; the lists of past incidents keep them."""
    subject, kind = f"call_entry:{entry.id}", entry.kind
    session.delete(entry)
    session.flush()
    audit.record(session, actor, "call_list.removed", subject, now, kind=kind)


def load_sample_lists(session: Session) -> None:
    """Give the sample town its invented wardens and units, unless somebody has made lists."""
    if session.scalar(sa.select(CallEntry.id).limit(1)) is not None:
        return
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            contact = Contact(row["who"], row["phone"], row["deputy"], row["deputy_phone"])
            for kind in row["kinds"].split():
                _add(session, Entry(IncidentKind(kind), row["label"], row["unit"], contact))


def _add(session: Session, entry: Entry) -> CallEntry:
    uuid = uuid4().hex
    added = CallEntry(
        uuid=uuid,
        kind=entry.kind,
        position=last_position(session, entry.kind) + 1,
        label=entry.label,
        unit_code=entry.unit_code,
        contact_sealed=sealed_contact(
            session, entry.contact, contact_place(CallEntry.__tablename__, uuid)
        ),
    )
    session.add(added)
    session.flush()
    return added


def _check_unit(session: Session, code: str) -> None:
    try:
        town.unit(session, code)
    except NotFound:
        raise NoSuchUnit from None
