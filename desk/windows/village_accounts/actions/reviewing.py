"""审核与付款: hand a bundle in, look over it twice, give it back with reasons, pay it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from desk.cases.actions.numbering import next_serial
from desk.cases.records import Case
from desk.windows.village_accounts.actions.bundles import move_on, needed
from desk.windows.village_accounts.actions.originals import release
from desk.windows.village_accounts.queries import bundles, originals
from desk.windows.village_accounts.records import AccountEntry, Bundle, BundleReturn
from desk.windows.village_accounts.rules import bundles as rules
from desk.windows.village_accounts.rules.bundles import ReturnReason, Station
from desk.windows.village_accounts.rules.signing import check_chain
from kernel.access import Actor
from kernel.audit.actions import record
from kernel.clock import town_day
from kernel.hall import Hall

By = tuple[Actor, datetime, Hall]


def hand_in(session: Session, case: Case, bundle: Bundle, by: By) -> None:
    """Bring a bundle to the centre; its first review begins on the next bookkeeping day.

    Raises: NotHere, NoOriginals, NothingLeft, NoImage, and as `check_chain`.
    """
    actor, now, _ = by
    rules.check_at(bundle.station, Station.VILLAGE)
    _check_papers(session, bundle)
    check_chain(needed(session, bundle), bundles.signed(session, bundle), town_day(now))
    bundle.submitted_by_id = actor.staff_id
    bundle.first_by_id = bundle.second_by_id = None
    move_on(session, case, bundle, Station.FIRST_REVIEW, by)
    record(session, actor, "bundle.handed_in", f"case:{case.id}", now)


def _check_papers(session: Session, bundle: Bundle) -> None:
    uses = originals.uses_of(session, bundle)
    if not uses:
        raise rules.NoOriginals
    if sum(use.amount_fen for use, _ in uses) <= 0:
        raise rules.NothingLeft
    scans = originals.scans_of(session, [one.id for _, one in uses])
    bare = [one.number for _, one in uses if not scans[one.id]]
    if bare:
        raise rules.NoImage(names="、".join(bare))


def let_pass(session: Session, case: Case, bundle: Bundle, by: By) -> None:
    """Find a bundle in order, as one new to it. Raises: NotHere, NotYourTurn, OwnReview."""
    actor, now, _ = by
    rules.check_at(bundle.station, *rules.REVIEWS)
    rules.check_turn(bundle.station, actor.roles)
    had = (bundle.begun_by_id, bundle.submitted_by_id, bundle.first_by_id)
    rules.check_reviewer(actor.staff_id, had)
    was, order = bundle.station, bundles.limits(session).paying_order
    if was is Station.FIRST_REVIEW:
        bundle.first_by_id = actor.staff_id
    else:
        bundle.second_by_id = actor.staff_id
    move_on(session, case, bundle, rules.after(was, bundle.means, order), by)
    record(session, actor, "bundle.passed", f"case:{case.id}", now, station=was)


def give_back(
    session: Session,
    case: Case,
    bundle: Bundle,
    why: tuple[Sequence[ReturnReason], str],
    by: By,
) -> BundleReturn:
    """Send a bundle back with its reasons on a numbered slip.

    Out of a review the village mends it; afterwards it ends, and its papers are free again.
    Raises: NotHere, NotYourTurn, NoReason.
    """
    actor, now, _ = by
    rules.check_at(bundle.station, *rules.REVIEWS, Station.PAYMENT, Station.POSTING)
    rules.check_turn(bundle.station, actor.roles)
    if bundle.paid_by_id or bundle.entry_id:
        raise rules.NotHere(station=rules.STATION_NAMES[bundle.station])
    reasons = rules.return_words(*why)
    slip = BundleReturn(
        bundle_id=case.id,
        number=rules.return_number(*next_serial(session, "bundle_return", now)),
        station=bundle.station,
        reasons=reasons,
        at=now,
        by_id=actor.staff_id,
    )
    session.add(slip)
    session.flush()
    is_mended = bundle.station in rules.REVIEWS
    if not is_mended:
        _release_all(session, bundle)
    move_on(session, case, bundle, Station.VILLAGE if is_mended else Station.GIVEN_BACK, by)
    facts = {"slip": slip.number, "ended": not is_mended}
    record(session, actor, "bundle.given_back", f"case:{case.id}", now, **facts)
    return slip


def withdraw(session: Session, case: Case, bundle: Bundle, by: By) -> None:
    """End a bundle the village still has; its papers are free again. Raises: NotHere."""
    actor, now, _ = by
    rules.check_at(bundle.station, Station.VILLAGE)
    _release_all(session, bundle)
    move_on(session, case, bundle, Station.WITHDRAWN, by)
    record(session, actor, "bundle.withdrawn", f"case:{case.id}", now)


def _release_all(session: Session, bundle: Bundle) -> None:
    # reds first: a blue one that a red one names is not forgotten
    for use, original in sorted(originals.uses_of(session, bundle), key=lambda one: -one[1].id):
        release(session, use, original)


def pay(session: Session, case: Case, bundle: Bundle, paid: tuple[str, date], by: By) -> None:
    """Note that the money left by bank (slip number, day).

    Raises: NotHere, PaidAlready, NoSlip, PaidLater.
    """
    actor, now, _ = by
    slip, paid_on = paid
    rules.check_at(bundle.station, Station.PAYMENT)
    if bundle.paid_by_id:
        raise rules.PaidAlready(slip=bundle.bank_slip)
    rules.check_payment(slip, paid_on, town_day(now))
    bundle.paid_by_id, bundle.paid_on, bundle.bank_slip = actor.staff_id, paid_on, slip
    entry = session.get(AccountEntry, bundle.entry_id) if bundle.entry_id else None
    is_posted = entry is not None and entry.posted_at is not None
    move_on(session, case, bundle, rules.after_payment(is_posted=is_posted), by)
    record(session, actor, "bundle.paid", f"case:{case.id}", now, on=str(paid_on))
