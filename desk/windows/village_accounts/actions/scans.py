"""影像的动作: keep the picture of a paper sealed; hand it over, and write the look down."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from desk.cases.rules.attachments import ScannedPaper
from desk.windows.village_accounts.records import AccountScan, Bundle, Entrustment, Original
from desk.windows.village_accounts.rules.originals import scan_place
from kernel.access import Actor
from kernel.audit.actions import record
from kernel.house_session import vault_of


def keep_scan(
    session: Session,
    of: Original | Bundle | Entrustment,
    scan: ScannedPaper,
    actor: Actor,
    now: datetime,
) -> AccountScan:
    """Keep the picture of an original, of what was signed for a bundle, or of an agreement."""
    uuid = uuid4().hex
    row = AccountScan(
        uuid=uuid,
        original_id=of.id if isinstance(of, Original) else None,
        bundle_id=of.case_id if isinstance(of, Bundle) else None,
        entrustment_id=of.id if isinstance(of, Entrustment) else None,
        title=scan.title,
        media_type=scan.media_type,
        size=len(scan.content),
        content_sealed=vault_of(session).town.seal_bytes(scan.content, scan_place(uuid)),
        added_at=now,
        added_by_id=actor.staff_id,
    )
    session.add(row)
    session.flush()
    facts = {"bytes": row.size, **_whose(row)}
    record(session, actor, "account_scan.kept", f"account_scan:{uuid}", now, **facts)
    return row


def reveal(session: Session, row: AccountScan, actor: Actor, now: datetime) -> bytes:
    """Return a scan, unsealed; the look is written down."""
    subject = f"account_scan:{row.uuid}"
    record(session, actor, "account_scan.revealed", subject, now, **_whose(row))
    return vault_of(session).town.open_bytes(row.content_sealed, scan_place(row.uuid))


def _whose(row: AccountScan) -> dict[str, int | None]:
    return {
        "original": row.original_id,
        "bundle": row.bundle_id,
        "agreement": row.entrustment_id,
    }
