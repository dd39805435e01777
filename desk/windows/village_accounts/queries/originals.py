"""原始凭证查询: an original by its key, where it was used, what an entry rests on, its scans."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.records import Case
from desk.windows.village_accounts.queries.entries import is_taken_back
from desk.windows.village_accounts.queries.sets import account_set, is_clerk
from desk.windows.village_accounts.records import (
    AccountScan,
    AccountSet,
    Bundle,
    Original,
    OriginalRefusal,
    OriginalUse,
    VillageClerk,
)
from desk.windows.village_accounts.rules.judging import Used
from desk.windows.village_accounts.rules.original_kinds import OriginalKind
from desk.windows.village_accounts.rules.originals import payee_place
from kernel.access import Actor
from kernel.errors import NotFound
from kernel.house_session import vault_of
from kernel.town.records import Village


def of_entry(session: Session, entry_id: int) -> list[Original]:
    """Return the originals that an entry rests on, drafted or posted."""
    query = (
        sa.select(Original)
        .join(OriginalUse, OriginalUse.original_id == Original.id)
        .join(Bundle, Bundle.case_id == OriginalUse.bundle_id)
        .where(Bundle.entry_id == entry_id)
    )
    return list(session.scalars(query.order_by(OriginalUse.id)))


def by_key(session: Session, key: str) -> Original | None:
    """Return the original with that key, of whichever village."""
    return session.scalar(sa.select(Original).where(Original.key == key))


def used(session: Session, original_id: int) -> list[Used]:
    """Return what was used of an original, and where; what was taken back in red is free again."""
    query = (
        sa.select(OriginalUse, Village.name, Case.number)
        .join(Case, Case.id == OriginalUse.bundle_id)
        .join(Bundle, Bundle.case_id == OriginalUse.bundle_id)
        .join(AccountSet, AccountSet.id == Bundle.set_id)
        .join(Village, Village.id == AccountSet.village_id)
        .where(OriginalUse.original_id == original_id, ~is_taken_back(Bundle.entry_id))
        .order_by(OriginalUse.id)
    )
    return [
        Used(use.amount_fen, use.share, f"{place} {number}")
        for use, place, number in session.execute(query)
    ]


def reds(session: Session, original_id: int) -> int:
    """Return what red invoices took back of an original: zero or less."""
    query = sa.select(sa.func.sum(Original.face_fen)).where(Original.red_of_id == original_id)
    return session.scalar(query) or 0


def small_of_day(session: Session, set_id: int, day: date, but: Original | None) -> int:
    """Return what the small lists of a set and a day come to, one paper aside."""
    mine = (
        sa.select(OriginalUse.original_id)
        .join(Bundle, Bundle.case_id == OriginalUse.bundle_id)
        .where(Bundle.set_id == set_id, ~is_taken_back(Bundle.entry_id))
    )
    query = sa.select(sa.func.sum(Original.face_fen)).where(
        Original.kind == OriginalKind.SELF_MADE,
        Original.issued_on == day,
        Original.id.in_(mine),
        Original.id != (but.id if but else 0),
    )
    return session.scalar(query) or 0


def uses_of(session: Session, bundle: Bundle) -> Sequence[tuple[OriginalUse, Original]]:
    """Return what a bundle rests on, in the order it was registered."""
    query = sa.select(OriginalUse, Original).join(Original, Original.id == OriginalUse.original_id)
    mine = OriginalUse.bundle_id == bundle.case_id
    return session.execute(query.where(mine).order_by(OriginalUse.id)).tuples().all()


def use_of(session: Session, bundle: Bundle, use_id: int) -> tuple[OriginalUse, Original]:
    """Return one of a bundle's originals. Raises: NotFound."""
    for use, original in uses_of(session, bundle):
        if use.id == use_id:
            return use, original
    raise NotFound


def by_uuid(session: Session, uuid: str) -> Original:
    """Return an original. Raises: NotFound."""
    found = session.scalar(sa.select(Original).where(Original.uuid == uuid))
    if found is None:
        raise NotFound
    return found


def check_visible(session: Session, found: Original, actor: Actor) -> Original:
    """Return an original; a village's clerk sees those of the own village. Raises: NotFound."""
    if is_clerk(actor):
        own = _of_villages_of(actor).where(OriginalUse.original_id == found.id)
        if session.scalar(own.limit(1)) is None:
            raise NotFound
    return found


def _of_villages_of(actor: Actor) -> sa.Select[tuple[int]]:
    own = sa.select(VillageClerk.village_id).where(VillageClerk.staff_id == actor.staff_id)
    return (
        sa.select(OriginalUse.original_id)
        .join(Bundle, Bundle.case_id == OriginalUse.bundle_id)
        .join(AccountSet, AccountSet.id == Bundle.set_id)
        .where(AccountSet.village_id.in_(own))
    )


def scans_of(session: Session, originals: Collection[int]) -> dict[int, list[AccountScan]]:
    """Return the scans of some originals, by original."""
    found: dict[int, list[AccountScan]] = {one: [] for one in originals}
    query = sa.select(AccountScan).where(AccountScan.original_id.in_(originals))
    for scan in session.scalars(query.order_by(AccountScan.id)):
        found[scan.original_id or 0].append(scan)
    return found


def scan_of(session: Session, original: Original, scan_id: int) -> AccountScan:
    """Return one scan of an original. Raises: NotFound."""
    found = session.get(AccountScan, scan_id)
    if found is None or found.original_id != original.id:
        raise NotFound
    return found


def bundle_scans(session: Session, bundle: Bundle) -> Sequence[AccountScan]:
    """Return what was scanned of the papers signed for a bundle."""
    query = sa.select(AccountScan).where(AccountScan.bundle_id == bundle.case_id)
    return session.scalars(query.order_by(AccountScan.id)).all()


def payee(session: Session, original: Original) -> tuple[str, str, str]:
    """Return name, ID number and phone of who was paid by a small list, unsealed."""
    if not original.payee_sealed:
        return "", "", ""
    opened = vault_of(session).town.open(original.payee_sealed, payee_place(original.uuid))
    name, document, phone = opened.split("\n")
    return name, document, phone


def refusals(session: Session, actor: Actor, set_id: int) -> Sequence[OriginalRefusal]:
    """Return the slips of a set whose books the actor may see, the newest first."""
    books = account_set(session, set_id, actor)
    query = sa.select(OriginalRefusal).where(OriginalRefusal.set_id == books.id)
    return session.scalars(query.order_by(OriginalRefusal.id.desc())).all()


def refusal(session: Session, actor: Actor, refusal_id: int) -> OriginalRefusal:
    """Return one slip of a set whose books the actor may see. Raises: NotFound."""
    found = session.get(OriginalRefusal, refusal_id)
    if found is None:
        raise NotFound
    account_set(session, found.set_id, actor)
    return found


def bundle_scan(session: Session, bundle: Bundle, scan_id: int) -> AccountScan:
    """Return one scan of what was signed for a bundle. Raises: NotFound."""
    found = session.get(AccountScan, scan_id)
    if found is None or found.bundle_id != bundle.case_id:
        raise NotFound
    return found
