"""到期提醒的动作: tell agent and contacts what ends soon, once; note it before anything is sent."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from desk.cases.rules.notices import short_date
from desk.messages.actions import Promise, queue
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.wording import ending_text
from desk.windows.enterprise.queries.endings import agents_of, untold_mandates, untold_papers
from desk.windows.enterprise.queries.enterprises import contacts
from desk.windows.enterprise.records import DossierPaper, MandateNotice, PaperNotice
from desk.windows.enterprise.rules.endings import ENDING_NAMES, Ending, key_of
from kernel.access import HOUSE
from kernel.audit import actions as audit
from kernel.clock import town_day
from kernel.contact import PhoneKind, parse_phone
from kernel.database import prebuilt, table_of
from kernel.hall import Hall
from kernel.staff.queries import by_id, mobile_of

#: an ending with the day it falls on: what, its number, whose, when
Told = tuple[Ending, int, int, date]


def _note(table: sa.Table, column: str) -> sa.Executable:
    values: dict[str, object] = {column: sa.bindparam("number"), "at": sa.bindparam("at")}
    note = sqlite.insert(table).values(values).on_conflict_do_nothing(index_elements=[column])
    return prebuilt(note.returning(table.c[column]))


_NOTE_MANDATE = _note(table_of(MandateNotice), "mandate_id")
_NOTE_PAPER = _note(table_of(PaperNotice), "paper_id")


def tell_endings(session: Session, now: datetime, hall: Hall) -> int:
    """Tell what ends soon and was not told; return how many texts were promised.

    The board shows the same to who has no phone.
    """
    told = [*_mandates(session, now), *_papers(session, now)]
    agents = agents_of(session, [enterprise_id for _, _, enterprise_id, _ in told])
    return sum(
        _tell(session, one, agents.get(one[2], set()), hall.town.signature, now) for one in told
    )


def _mandates(session: Session, now: datetime) -> Iterator[Told]:
    for mandate, project in untold_mandates(session, town_day(now)):
        if _is_first(session, _NOTE_MANDATE, mandate.id, now):
            yield Ending.MANDATE, mandate.id, project.enterprise_id, mandate.until_on


def _papers(session: Session, now: datetime) -> Iterator[Told]:
    """Yield one ending for all papers of an enterprise: that of the first to run out."""
    first: dict[int, DossierPaper] = {}
    for paper in untold_papers(session, town_day(now)):
        if _is_first(session, _NOTE_PAPER, paper.id, now):
            first.setdefault(paper.enterprise_id, paper)
    for enterprise_id, paper in first.items():
        if paper.valid_until_on is not None:
            yield Ending.PAPER, paper.id, enterprise_id, paper.valid_until_on


def _tell(session: Session, one: Told, agents: set[int], signature: str, now: datetime) -> int:
    what, number, enterprise_id, until_on = one
    day = short_date(until_on)
    wording = partial(ending_text, signature, ENDING_NAMES[what], day)
    reached = dict(_phones(session, enterprise_id, agents))
    for who, mobile in reached.items():
        promise = Promise(key_of(what, number, who), MessageKind.ENDING, mobile, wording)
        queue(session, promise, now)
    facts = {"what": what, "number": number, "texts": len(reached)}
    audit.record(session, HOUSE, "ending.told", f"enterprise:{enterprise_id}", now, **facts)
    return len(reached)


def _phones(session: Session, enterprise_id: int, agents: set[int]) -> Iterator[tuple[str, str]]:
    """Yield whom a text can reach: agents with a work phone, contacts who agreed to texts."""
    for staff_id in sorted(agents):
        mobile = mobile_of(session, by_id(session, staff_id))
        if mobile:
            yield f"staff{staff_id}", mobile
    for one in contacts(session, enterprise_id):
        is_mobile = one.phone and parse_phone(one.phone).kind is PhoneKind.MOBILE
        if one.consent_on is not None and is_mobile:
            yield f"contact{one.id}", one.phone


def _is_first(session: Session, note: sa.Executable, number: int, now: datetime) -> bool:
    """Note that something is told; say whether nobody had, another scheduler neither."""
    return session.execute(note, {"number": number, "at": now}).first() is not None
