"""扫描件的查询: what was scanned in for a case, without its content. Reads only."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.records import Attachment, Case
from kernel.errors import NotFound


def attachments_of(session: Session, case: Case) -> list[Attachment]:
    """Return the papers scanned in for a case, taken away or not, in their order."""
    mine = Attachment.case_id == case.id
    return list(session.scalars(sa.select(Attachment).where(mine).order_by(Attachment.id)))


def number_kept(session: Session, case: Case) -> int:
    """Return how many scanned papers a case has."""
    mine = (Attachment.case_id == case.id, Attachment.removed_at.is_(None))
    return session.scalar(sa.select(sa.func.count()).select_from(Attachment).where(*mine)) or 0


def attachment_of(session: Session, case: Case, attachment_id: int) -> Attachment:
    """Return one of a case's own scanned papers. Raises NotFound."""
    found = session.get(Attachment, attachment_id)
    if found is None or found.case_id != case.id:
        raise NotFound
    return found
