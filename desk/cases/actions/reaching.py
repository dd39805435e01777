"""送到人: a text to whoever is to be told, else a line on the call list."""

from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from desk.cases.queries.contacts import contact_of
from desk.cases.records import Case, CaseCall
from desk.cases.rules.contacts import contact_key, is_rung_up, reached, spoken
from desk.cases.rules.people import Part, Person
from desk.messages.actions import Promise, queue
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.wording import Said, contact_text
from kernel.clock import town_day
from kernel.database import prebuilt, table_of

People = Sequence[tuple[Part, Person]]
Wording = Callable[[str], Said]
_LIST = prebuilt(
    sqlite.insert(table_of(CaseCall))
    .values({name: sa.bindparam(name) for name in ("case_id", "key", "kind", "words", "asked_at")})
    .on_conflict_do_nothing(index_elements=["key"])
)


def reach(
    session: Session,
    case: Case,
    people: People,
    what: tuple[MessageKind, str, Wording],
    now: datetime,
    until: datetime | None = None,
) -> None:
    """Promise a text (kind, key, wording) to everybody who is to be told; once for each key.

    After `until`, where there is one, it would tell of what is over.
    Whom no text reaches stands before the clerk at the registration, and is rung up later.
    """
    kind, key, wording = what
    contact = contact_of(session, case, town_day(now))
    for one in reached(people, contact):
        said, whose = (
            (_for_contact(wording), contact_key(key)) if one.is_contact else (wording, key)
        )
        queue(session, Promise(whose, kind, one.mobile, said, until), now)
    if is_rung_up(people, contact) and case.received_at < now:
        words = spoken(wording(""))
        row = {"case_id": case.id, "key": key, "kind": kind, "words": words, "asked_at": now}
        session.execute(_LIST, row)


def _for_contact(wording: Wording) -> Wording:
    return lambda mark: contact_text(wording(mark), mark)
