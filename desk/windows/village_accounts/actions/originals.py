"""登记原始凭证: take a paper into a bundle, or refuse it on a numbered slip; take it out again."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions.numbering import next_serial
from desk.cases.actions.versions import touch
from desk.cases.records import Case
from desk.windows.village_accounts.queries import bundles, originals
from desk.windows.village_accounts.records import (
    AccountScan,
    AccountSet,
    Bundle,
    BundleSignature,
    Original,
    OriginalRefusal,
    OriginalUse,
)
from desk.windows.village_accounts.rules.bundles import Station, check_at
from desk.windows.village_accounts.rules.judging import UNKNOWN, Finding, Known, judge
from desk.windows.village_accounts.rules.means import CORRECTING, Means
from desk.windows.village_accounts.rules.original_kinds import OriginalKind
from desk.windows.village_accounts.rules.originals import (
    Entered,
    FaceDiffers,
    check_entered,
    check_payee,
    check_purpose,
    check_red,
    key_of,
    payee_place,
    refusal_number,
)
from kernel.access import Actor
from kernel.audit.actions import record
from kernel.clock import town_day
from kernel.house_session import vault_of
from kernel.money import yuan
from kernel.town.records import Village


@dataclass(frozen=True, slots=True)
class Claim:
    """What is typed about a paper: itself, its capitals, whom it paid, what it takes back."""

    entered: Entered
    capitals: str
    #: name, ID number, phone of who was paid by a small list
    payee: tuple[str, str, str] = ("", "", "")
    #: code and number of the invoice a red one takes back
    red_of: tuple[str, str] = ("", "")


def take(
    session: Session, bundle: Bundle, claim: Claim, actor: Actor, now: datetime
) -> Original | OriginalRefusal:
    """Register a paper and rest a bundle on it; or write the slip that says why not.

    Raises: NotHere, and as `check_entered`, `check_purpose`, `check_payee`, `check_red`;
    FaceDiffers.
    """
    check_at(bundle.station, Station.VILLAGE)
    entered = claim.entered
    check_purpose(entered, corrects=bundle.means in CORRECTING)
    check_entered(entered, claim.capitals, town_day(now))
    key = key_of(entered.kind, entered.code, entered.number, _village(session, bundle))
    is_nothing = entered.kind is OriginalKind.WHITE_SLIP
    found = None if is_nothing else originals.by_key(session, key)
    known = _known(session, found) if found else UNKNOWN
    if entered.kind is OriginalKind.SELF_MADE:
        known = replace(known, small_fen=_small_of_day(session, bundle, entered, found))
    in_cash = bundle.means is Means.PETTY_CASH
    finding = judge(entered, known, bundles.limits(session), in_cash=in_cash)
    if finding:
        return _refuse(session, bundle, entered, finding, (actor, now))
    check_payee(entered, claim.payee)
    if found is None:
        found = _register(session, claim, key, (actor, now))
    else:
        _check_same(found, entered)
    session.add(
        OriginalUse(
            original_id=found.id,
            bundle_id=bundle.case_id,
            purpose=entered.purpose,
            share=entered.share,
            amount_fen=entered.amount_fen,
            gist=entered.gist,
        )
    )
    _changed(session, bundle)
    facts = {"bundle": bundle.case_id, "fen": entered.amount_fen}
    record(session, actor, "original.taken", f"original:{found.uuid}", now, **facts)
    return found


def _village(session: Session, bundle: Bundle) -> str:
    books = session.get_one(AccountSet, bundle.set_id)
    return session.get_one(Village, books.village_id).code


def _known(session: Session, found: Original) -> Known:
    """Return what was used of a paper; others who want to use it wait until this is done."""
    session.refresh(found, with_for_update=True)
    return Known(originals.used(session, found.id), originals.reds(session, found.id))


def _small_of_day(
    session: Session, bundle: Bundle, entered: Entered, found: Original | None
) -> int:
    """Return what the village's other small lists of that day come to; others wait meanwhile."""
    session.get_one(AccountSet, bundle.set_id, with_for_update=True)
    return originals.small_of_day(session, bundle.set_id, entered.issued_on, found)


def _check_same(found: Original, entered: Entered) -> None:
    same = (found.face_fen, found.issued_on, found.issuer)
    if same != (entered.face_fen, entered.issued_on, entered.issuer):
        raise FaceDiffers(face=yuan(found.face_fen), day=found.issued_on, issuer=found.issuer)


def _register(session: Session, claim: Claim, key: str, by: tuple[Actor, datetime]) -> Original:
    (actor, now), entered, uuid = by, claim.entered, uuid4().hex
    blue = _blue(session, claim)
    check_red(entered, blue.face_fen + originals.reds(session, blue.id) if blue else None)
    is_small = entered.kind is OriginalKind.SELF_MADE
    payee = "\n".join(claim.payee)
    sealed = vault_of(session).town.seal(payee, payee_place(uuid)) if is_small else ""
    found = Original(
        uuid=uuid,
        key=key,
        kind=entered.kind,
        code=entered.code,
        number=entered.number,
        issuer=entered.issuer,
        issued_on=entered.issued_on,
        face_fen=entered.face_fen,
        red_of_id=blue.id if blue else None,
        payee_sealed=sealed,
        added_at=now,
        added_by_id=actor.staff_id,
    )
    session.add(found)
    session.flush()
    return found


def _blue(session: Session, claim: Claim) -> Original | None:
    """Return what a red paper takes back; others who take it back too wait until this is done."""
    if not claim.entered.is_red:
        return None
    blue = originals.by_key(session, key_of(claim.entered.kind, *claim.red_of, ""))
    if blue:
        session.refresh(blue, with_for_update=True)
    return blue


def _refuse(
    session: Session,
    bundle: Bundle,
    entered: Entered,
    finding: Finding,
    by: tuple[Actor, datetime],
) -> OriginalRefusal:
    actor, now = by
    number = refusal_number(*next_serial(session, "original_refusal", now))
    slip = OriginalRefusal(
        number=number,
        set_id=bundle.set_id,
        bundle_id=bundle.case_id,
        ground=finding.ground,
        words=finding.words,
        kind=entered.kind,
        code_and_number=f"{entered.code} {entered.number}".strip(),
        issuer=entered.issuer,
        amount_fen=entered.amount_fen,
        at=now,
        by_id=actor.staff_id,
    )
    session.add(slip)
    session.flush()
    facts = {"ground": finding.ground, "bundle": bundle.case_id}
    record(session, actor, "original.refused", f"original_refusal:{number}", now, **facts)
    return slip


def _changed(session: Session, bundle: Bundle) -> None:
    """Forget who signed: what they signed is no longer what the bundle rests on."""
    touch(session.get_one(Case, bundle.case_id))
    mine = BundleSignature.bundle_id == bundle.case_id
    session.execute(sa.delete(BundleSignature).where(mine))
    session.flush()


def drop(session: Session, bundle: Bundle, use_id: int, actor: Actor, now: datetime) -> None:
    """Take a paper out of a bundle the village still has; one that nothing rests on is forgotten.

    Raises: NotHere, NotFound.
    """
    check_at(bundle.station, Station.VILLAGE)
    use, original = originals.use_of(session, bundle, use_id)
    release(session, use, original)
    _changed(session, bundle)
    record(session, actor, "original.dropped", f"original:{original.uuid}", now)


def release(session: Session, use: OriginalUse, original: Original) -> None:
    """Undo one use; forget the paper, with its scans, where it was the only one."""
    session.delete(use)
    session.flush()
    is_named = session.scalar(sa.select(Original.id).where(Original.red_of_id == original.id))
    if originals.used(session, original.id) or is_named:
        return
    session.execute(sa.delete(AccountScan).where(AccountScan.original_id == original.id))
    session.delete(original)
    session.flush()
