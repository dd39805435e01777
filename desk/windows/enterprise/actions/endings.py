"""到期提醒的动作: tell agents and contacts what ends soon, once; noted before anything is sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from desk.cases.rules.notices import short_date
from desk.messages.actions import Promise, queue
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.wording import ending_text
from desk.windows.enterprise.queries.endings import to_tell, untold_mandates, untold_papers
from desk.windows.enterprise.queries.enterprises import contacts
from desk.windows.enterprise.records import DossierPaper, MandateNotice, PaperNotice, Project
from desk.windows.enterprise.rules.endings import ENDING_NAMES, Ending, key_of
from kernel.access import HOUSE
from kernel.audit import actions as audit
from kernel.clock import town_day
from kernel.contact import PhoneKind, parse_phone
from kernel.database import prebuilt, table_of
from kernel.hall import Hall
from kernel.staff.queries import by_id, mobile_of


@dataclass(frozen=True, slots=True)
class _Told:
    """An ending: what, its number, whose, when, and which projects it matters to."""

    what: Ending
    number: int
    enterprise_id: int
    until_on: date
    matters_to: sa.ColumnElement[bool]


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
    return sum(_tell(session, one, hall.town.signature, now) for one in told)


def _mandates(session: Session, now: datetime) -> Iterator[_Told]:
    for mandate, project in untold_mandates(session, town_day(now)):
        if _is_first(session, _NOTE_MANDATE, mandate.id, now):
            of, this = (mandate.id, project.enterprise_id), Project.id == project.id
            yield _Told(Ending.MANDATE, *of, mandate.until_on, this)


def _papers(session: Session, now: datetime) -> Iterator[_Told]:
    """Yield one ending for all papers of an enterprise: that of the first to run out."""
    first: dict[int, DossierPaper] = {}
    for paper in untold_papers(session, town_day(now)):
        if _is_first(session, _NOTE_PAPER, paper.id, now):
            first.setdefault(paper.enterprise_id, paper)
    for enterprise_id, paper in first.items():
        if paper.valid_until_on is not None:
            theirs = Project.enterprise_id == enterprise_id
            yield _Told(Ending.PAPER, paper.id, enterprise_id, paper.valid_until_on, theirs)


def _tell(session: Session, one: _Told, signature: str, now: datetime) -> int:
    staff_ids = to_tell(session, one.matters_to, town_day(now))
    day = short_date(one.until_on)
    wording = partial(ending_text, signature, ENDING_NAMES[one.what], day)
    reached = dict(_phones(session, one.enterprise_id, staff_ids))
    for who, mobile in reached.items():
        promise = Promise(key_of(one.what, one.number, who), MessageKind.ENDING, mobile, wording)
        queue(session, promise, now)
    facts = {"what": one.what, "number": one.number, "texts": len(reached)}
    audit.record(session, HOUSE, "ending.told", f"enterprise:{one.enterprise_id}", now, **facts)
    return len(reached)


def _phones(session: Session, enterprise_id: int, staff_ids: set[int]) -> Iterator[tuple[str, str]]:
    """Yield whom a text can reach: staff with a work phone, contacts who agreed to texts."""
    for staff_id in sorted(staff_ids):
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
