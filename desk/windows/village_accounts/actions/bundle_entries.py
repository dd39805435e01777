"""报账记账: the entry a bundle becomes, drafted by the bookkeeper, put in the books by another."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from desk.cases.actions.versions import touch
from desk.cases.records import Case
from desk.windows.village_accounts.actions.bundles import move_on
from desk.windows.village_accounts.actions.posting import post, write
from desk.windows.village_accounts.queries import bundles, originals
from desk.windows.village_accounts.records import Account, AccountEntry, AccountSet, Bundle
from desk.windows.village_accounts.rules import bundles as rules
from desk.windows.village_accounts.rules.bundles import Station
from desk.windows.village_accounts.rules.entries import Line, Signatures, Written
from desk.windows.village_accounts.rules.means import ENTRY_OF, INCOMING
from kernel.access import Actor
from kernel.audit.actions import record
from kernel.errors import NotFound
from kernel.hall import Hall


@dataclass(frozen=True, slots=True)
class Sorted:
    """Where the money of a bundle goes: an account for each use, the book it moves through."""

    entry_on: date
    gist: str
    #: account by use
    accounts: Mapping[int, int]
    money_id: int


def draft(
    session: Session, bundle: Bundle, how: Sorted, actor: Actor, now: datetime
) -> AccountEntry:
    """Draft the entry of a bundle; its originals are the attachments.

    Raises: NotHere, EntryWaits, WrongBook, and as `posting.write`.
    """
    rules.check_at(bundle.station, Station.POSTING)
    if bundle.entry_id:
        raise rules.EntryWaits
    money = session.get(Account, how.money_id)
    if money is None or money.set_id != bundle.set_id:
        raise NotFound
    rules.check_money(money.code, bundle.means)
    uses = [use for use, _ in originals.uses_of(session, bundle)]
    amounts = Counter[int]()
    for use in uses:
        amounts[how.accounts[use.id]] += use.amount_fen
    amounts[money.id] -= sum(amounts.values())
    sign = -1 if bundle.means in INCOMING else 1
    lines = [_line(account, sign * fen) for account, fen in amounts.items() if fen]
    attachments = len({use.original_id for use in uses})
    kind = ENTRY_OF[bundle.means]
    written = Written(kind, how.entry_on, how.gist, lines, attachments)
    books = session.get_one(AccountSet, bundle.set_id)
    entry = write(session, books, written, actor, now)
    bundle.entry_id = entry.id
    touch(session.get_one(Case, bundle.case_id))
    session.flush()
    facts = {"entry": entry.uuid}
    record(session, actor, "bundle.entered", f"case:{bundle.case_id}", now, **facts)
    return entry


def _line(account_id: int, fen: int) -> Line:
    return Line(account_id, debit_fen=max(fen, 0), credit_fen=max(-fen, 0))


def settle(
    session: Session, entry: AccountEntry, by: Signatures, actor: Actor, now: datetime, hall: Hall
) -> None:
    """Put an entry in the books; where a bundle became it, the bundle goes on.

    Raises: as `posting.post`.
    """
    bundle = bundles.of_entry(session, entry.id)
    if bundle:
        session.refresh(bundle, with_for_update=True)
    cashier = by.cashier_id or (bundle.paid_by_id if bundle else None)
    if bundle and bundle.station is Station.POSTING:
        case = session.get_one(Case, bundle.case_id)
        to = rules.after_posting(bundle.means, is_paid=bundle.paid_by_id is not None)
        move_on(session, case, bundle, to, (actor, now, hall))
    post(session, entry, Signatures(by.checker_id, by.poster_id, cashier), actor, now)
