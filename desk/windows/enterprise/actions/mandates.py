"""委托书的动作: print one, register its signature with the scan, take it back."""

from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from desk.cases.actions.numbering import next_serial
from desk.cases.rules.attachments import ScannedPaper
from desk.cases.rules.results import check_reason
from desk.windows.enterprise.actions.steps import take_by_itself
from desk.windows.enterprise.queries.projects import facts_of
from desk.windows.enterprise.records import Mandate, Project
from desk.windows.enterprise.rules.mandates import (
    MandateFacts,
    MandateOver,
    check_signed,
    check_terms,
    mandate_number,
)
from desk.windows.enterprise.rules.projects import ProxyStep
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.clock import town_day
from kernel.house_session import vault_of
from kernel.staff.queries import names

SERIES = "mandate"


def draw_up(
    session: Session, of: Project, terms: MandateFacts, actor: Actor, now: datetime
) -> Mandate:
    """Write a mandate to be printed and signed.

    Raises: EndsBeforeBegin, TooLongMandate, NoMilestoneChosen.
    """
    check_terms(terms)
    year, serial = next_serial(session, SERIES, now)
    known = names(session)
    who = [known[one] for one in (of.agent_id, of.deputy_id) if one is not None]
    row = Mandate(
        project_id=of.id,
        uuid=uuid4().hex,
        number=mandate_number(year, serial),
        way=terms.way,
        covers="\n".join(terms.covers),
        agents="\n".join(who),
        from_on=terms.from_on,
        until_on=terms.until_on,
        printed_at=now,
        printed_by_id=actor.staff_id,
        media_type="",
        content_sealed="",
        revoke_reason="",
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "mandate.drawn_up", _subject(of), now, mandate=row.id)
    return row


def sign(
    session: Session,
    row: Mandate,
    signed: tuple[date, ScannedPaper],
    actor: Actor,
    now: datetime,
) -> None:
    """Register the enterprise's signature with the scan of the paper: (day, scan).

    Raises: MandateOver, SignedOutside.
    """
    signed_on, scan = signed
    check_signed(facts_of(row), signed_on, town_day(now))
    row.signed_on, row.media_type = signed_on, scan.media_type
    town = vault_of(session).town
    row.content_sealed = town.seal_bytes(scan.content, mandate_place(row.uuid))
    session.flush()
    of = session.get_one(Project, row.project_id)
    audit.record(session, actor, "mandate.signed", _subject(of), now, mandate=row.id)
    take_by_itself(session, of, ProxyStep.ENTRUSTED, actor, now)


def reveal(session: Session, row: Mandate, actor: Actor, now: datetime) -> bytes:
    """Return the signed paper, unsealed; the look is recorded."""
    subject = f"project:{row.project_id}"
    audit.record(session, actor, "mandate.revealed", subject, now, mandate=row.id)
    return vault_of(session).town.open_bytes(row.content_sealed, mandate_place(row.uuid))


def revoke(session: Session, row: Mandate, reason: str, actor: Actor, now: datetime) -> None:
    """Note that the enterprise took its mandate back. Raises: ReasonNeeded, MandateOver."""
    check_reason(reason)
    if row.revoked_on is not None:
        raise MandateOver
    row.revoked_on, row.revoke_reason = town_day(now), reason
    session.flush()
    of = session.get_one(Project, row.project_id)
    audit.record(session, actor, "mandate.revoked", _subject(of), now, mandate=row.id)


def mandate_place(uuid: str) -> str:
    """Return what binds the signed paper to its place."""
    return f"mandate|content|{uuid}"


def _subject(of: Project) -> str:
    return f"project:{of.id}"
