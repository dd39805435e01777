"""协议查询: the signed agreements of a set, and what was scanned of them."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.records import AccountScan, Entrustment
from kernel.errors import NotFound


def agreement(session: Session, set_id: int, agreement_id: int) -> Entrustment:
    """Return an agreement of a set. Raises: NotFound."""
    found = session.get(Entrustment, agreement_id)
    if found is None or found.set_id != set_id:
        raise NotFound
    return found


def scans(session: Session, set_id: int) -> dict[int, list[AccountScan]]:
    """Return what was scanned of the agreements of a set, by agreement."""
    query = (
        sa.select(AccountScan)
        .join(Entrustment, Entrustment.id == AccountScan.entrustment_id)
        .where(Entrustment.set_id == set_id)
    )
    found: dict[int, list[AccountScan]] = {}
    for one in session.scalars(query.order_by(AccountScan.id)):
        found.setdefault(one.entrustment_id or 0, []).append(one)
    return found


def scan(session: Session, of: Entrustment, scan_id: int) -> AccountScan:
    """Return one scan of an agreement. Raises: NotFound."""
    found = session.get(AccountScan, scan_id)
    if found is None or found.entrustment_id != of.id:
        raise NotFound
    return found
