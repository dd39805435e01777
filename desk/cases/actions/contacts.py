"""联系人与电话名单的动作: name a contact, end it, write down what came of a call."""

from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions.telling import tell_examining, tell_notice, tell_receipt
from desk.cases.actions.versions import touch
from desk.cases.actions.writing import write_line
from desk.cases.queries.contacts import calls_of, stored_contact
from desk.cases.records import Case, CaseCall, CaseCallTry, CaseContact
from desk.cases.rules.contacts import (
    ENDED_LINE,
    REACHED,
    CallResult,
    Contact,
    NothingToTell,
    WhoIsIt,
    appointed_line,
    called_line,
    check_contact,
)
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.stages import Stage
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.clock import town_day
from kernel.errors import NotFound
from kernel.house_session import vault_of


def appoint(session: Session, case: Case, contact: Contact, actor: Actor, now: datetime) -> None:
    """Keep whom the applicant wants told, sealed, in place of whoever stood there before.

    Raises: WhoIsIt, MobileNeeded, DayOfConsent, ConsentNeeded.
    """
    until_on = check_contact(contact, town_day(now))
    if contact.relation is None:
        raise WhoIsIt
    _end_all(session, case, now)
    uuid = uuid4().hex
    wrapped, key = vault_of(session).new_person_key(uuid)
    row = CaseContact(
        case_id=case.id,
        relation=contact.relation,
        uuid=uuid,
        wrapped_key=wrapped,
        name_sealed=key.seal(contact.name, f"case_contact|name|{uuid}"),
        phone_sealed=key.seal(contact.phone, f"case_contact|phone|{uuid}"),
        appointed_at=now,
        appointed_by_id=actor.staff_id,
        until_on=until_on,
        tells_both=contact.tells_both,
    )
    session.add(row)
    session.flush()
    line = appointed_line(contact.relation, until_on)
    write_line(session, case, line, actor, now, public=False)
    touch(case)
    facts = {"relation": contact.relation, "until": str(until_on), "both": contact.tells_both}
    audit.record(session, actor, "contact.appointed", f"case:{case.id}", now, **facts)


def appoint_at_intake(
    session: Session, case: Case, contact: Contact, actor: Actor, now: datetime, signature: str
) -> None:
    """Keep a contact named at the registration, and tell them what the applicant was told.

    An applicant who has a phone hears of the receipt all the same: nobody's matter is taken
    over without a word. Raises as `appoint` does.
    """
    appoint(session, case, contact, actor, now)
    runs = {one.kind: one for one in queries.running_of(session, case) if one.due_on}
    if case.stage is Stage.EXAMINING and (until := runs.get(CountdownKind.INTAKE)):
        tell_examining(session, case, until, signature, now)
    elif case.stage is Stage.AWAITING_MATERIALS and (until := runs.get(CountdownKind.SUPPLEMENT)):
        tell_notice(session, case, until, signature, now)
    else:
        tell_receipt(session, case, queries.people_of(session, case), signature, now)


def end_contact(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    """Tell nobody else from now on. Raises NotFound."""
    if stored_contact(session, case) is None:
        raise NotFound
    _end_all(session, case, now)
    write_line(session, case, ENDED_LINE, actor, now, public=False)
    touch(case)
    audit.record(session, actor, "contact.ended", f"case:{case.id}", now)


def note_call(
    session: Session, case: Case, told: tuple[CallResult, str], actor: Actor, now: datetime
) -> None:
    """Write down what came of a call or visit (result, note); who was reached leaves the list.

    Raises NothingToTell.
    """
    result, note = told
    calls = calls_of(session, case).calls
    if not calls:
        raise NothingToTell
    row = CaseCallTry(case_id=case.id, at=now, actor_id=actor.staff_id, result=result, note=note)
    session.add(row)
    if result in REACHED:
        mine = CaseCall.id.in_([one.id for one in calls])
        session.execute(sa.update(CaseCall).where(mine).values(settled_at=now))
    write_line(session, case, called_line(result), actor, now, public=False)
    touch(case)
    audit.record(session, actor, "call.noted", f"case:{case.id}", now, result=result)


def _end_all(session: Session, case: Case, now: datetime) -> None:
    mine = (CaseContact.case_id == case.id, CaseContact.ended_at.is_(None))
    session.execute(sa.update(CaseContact).where(*mine).values(ended_at=now))
