"""联系人与电话名单查询: whom to tell for somebody, and who is still to be rung up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries.finding import people_of
from desk.cases.queries.reach import EVERY_CASE, Condition
from desk.cases.queries.searching import follows
from desk.cases.records import Case, CaseCall, CaseCallTry, CaseContact
from desk.cases.rules.contacts import Contact
from desk.cases.rules.people import Part, Person
from kernel.house_session import vault_of
from services_catalog.rules.items import Window

#: more than a morning's calls; the longest waiting come first
LIST_LIMIT = 200
_NEWEST = (
    sa.select(CaseContact)
    .where(CaseContact.case_id == sa.bindparam("case_id"), CaseContact.ended_at.is_(None))
    .order_by(CaseContact.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class ToCall:
    """Somebody to be rung up about a case: what to say, and what came of it so far."""

    case: Case
    people: Sequence[tuple[Part, Person]]
    calls: Sequence[CaseCall]
    tries: Sequence[CaseCallTry]


def stored_contact(session: Session, case: Case) -> CaseContact | None:
    """Return the contact that a case names, whether or not the consent is over by now."""
    return session.scalar(_NEWEST, {"case_id": case.id})


def contact_of(session: Session, case: Case, today: date) -> Contact | None:
    """Return whom to tell for the applicant; nobody once the consent is over."""
    found = stored_contact(session, case)
    return opened_contact(session, found) if found and today <= found.until_on else None


def opened_contact(session: Session, found: CaseContact) -> Contact:
    """Return a contact as it was typed."""
    key = vault_of(session).person_key(found.wrapped_key, found.uuid)
    return Contact(
        name=key.open(found.name_sealed, f"case_contact|name|{found.uuid}"),
        relation=found.relation,
        phone=key.open(found.phone_sealed, f"case_contact|phone|{found.uuid}"),
        until_on=found.until_on,
        has_consent=True,
        tells_both=found.tells_both,
    )


def to_call(
    session: Session, windows: Collection[Window], reach: Condition = EVERY_CASE
) -> list[ToCall]:
    """Return who is to be rung up about the cases of these windows, the longest waiting first."""
    query = (
        sa.select(CaseCall)
        .join(Case, Case.id == CaseCall.case_id)
        .where(CaseCall.settled_at.is_(None), follows(Case.window).in_(windows), reach)
        .order_by(CaseCall.asked_at, CaseCall.id)
        .limit(LIST_LIMIT)
    )
    by_case: dict[int, list[CaseCall]] = {}
    for call in session.scalars(query):
        by_case.setdefault(call.case_id, []).append(call)
    cases = {one.id: one for one in session.scalars(sa.select(Case).where(Case.id.in_(by_case)))}
    return [_of(session, cases[case_id], calls) for case_id, calls in by_case.items()]


def calls_of(session: Session, case: Case) -> ToCall:
    """Return what is still to be told about a case, and every try."""
    mine = (CaseCall.case_id == case.id, CaseCall.settled_at.is_(None))
    calls = session.scalars(sa.select(CaseCall).where(*mine).order_by(CaseCall.id))
    return _of(session, case, list(calls))


def _of(session: Session, case: Case, calls: Sequence[CaseCall]) -> ToCall:
    tried = sa.select(CaseCallTry).where(CaseCallTry.case_id == case.id).order_by(CaseCallTry.id)
    return ToCall(case, people_of(session, case), calls, list(session.scalars(tried)))
