"""扫描件的动作: keep a scanned paper, sealed; take one away that does not belong here."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions.versions import touch
from desk.cases.actions.writing import write_line
from desk.cases.queries.attachments import number_kept
from desk.cases.queries.papers import sealer_of
from desk.cases.records import Attachment, Case, CaseParty
from desk.cases.rules.attachments import (
    ScannedPaper,
    TakenAway,
    attached_line,
    check_purpose,
    check_room,
    place_of,
    removed_line,
)
from desk.cases.rules.people import Part
from desk.cases.rules.results import check_reason
from kernel.access import Actor
from kernel.audit import actions as audit


def keep(
    session: Session, case: Case, scan: ScannedPaper, actor: Actor, now: datetime
) -> Attachment:
    """Keep a scanned paper with a case, sealed under the key of the applicant. Raises TooMany."""
    check_room(number_kept(session, case))
    applicant, uuid = queries.party(session, case, Part.APPLICANT), uuid4().hex
    sealer = sealer_of(session, applicant)
    row = Attachment(
        case_id=case.id,
        uuid=uuid,
        attached_to=scan.attached_to,
        title=scan.title,
        media_type=scan.media_type,
        size=len(scan.content),
        sealed_for_id=applicant.id if applicant else None,
        content_sealed=sealer.seal_bytes(scan.content, place_of(uuid)),
        added_at=now,
        added_by_id=actor.staff_id,
        remove_reason="",
    )
    session.add(row)
    session.flush()
    write_line(session, case, attached_line(scan.title), actor, now, public=False)
    touch(case)
    facts = {"attachment": row.id, "to": scan.attached_to, "bytes": row.size}
    audit.record(session, actor, "attachment.kept", f"case:{case.id}", now, **facts)
    return row


def reveal(session: Session, row: Attachment, purpose: str, actor: Actor, now: datetime) -> bytes:
    """Return a scanned paper, unsealed, for a purpose that is written down.

    Raises: PurposeNeeded, TakenAway.
    """
    check_purpose(purpose)
    if row.removed_at is not None:
        raise TakenAway
    applicant = session.get(CaseParty, row.sealed_for_id) if row.sealed_for_id else None
    facts = {"attachment": row.id, "purpose": purpose}
    audit.record(session, actor, "attachment.revealed", f"case:{row.case_id}", now, **facts)
    return sealer_of(session, applicant).open_bytes(row.content_sealed, place_of(row.uuid))


def remove(
    session: Session, case: Case, row: Attachment, reason: str, actor: Actor, now: datetime
) -> None:
    """Take a paper away that does not belong here: its content goes, the record of it stays.

    Raises: ReasonNeeded, TakenAway.
    """
    check_reason(reason)
    if row.removed_at is not None:
        raise TakenAway
    row.removed_at, row.removed_by_id, row.remove_reason = now, actor.staff_id, reason
    row.content_sealed = ""
    write_line(session, case, removed_line(row.title, reason), actor, now, public=False)
    touch(case)
    facts = {"attachment": row.id, "reason": reason}
    audit.record(session, actor, "attachment.removed", f"case:{case.id}", now, **facts)
