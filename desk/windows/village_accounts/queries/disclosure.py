"""公开查询: what the books say of some months, and the sheets with all that happened to them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.queries.balances import balances
from desk.windows.village_accounts.queries.disclosed import entered_later
from desk.windows.village_accounts.queries.entries import number_of
from desk.windows.village_accounts.records import (
    Account,
    AccountEntry,
    AccountPosting,
    AccountSet,
    Disclosure,
    DisclosureLine,
    DisclosureStep,
)
from desk.windows.village_accounts.rules.chart import BOOKS
from desk.windows.village_accounts.rules.disclosure import (
    MoneySums,
    Posted,
    Section,
    SheetLine,
    Stood,
    digest,
    sums,
)
from desk.windows.village_accounts.rules.open_books import SheetStep
from kernel.errors import NotFound
from kernel.town.records import Village


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its set and everything that happened to it."""

    disclosure: Disclosure
    books: AccountSet
    steps: Sequence[DisclosureStep]

    @property
    def done(self) -> dict[SheetStep, DisclosureStep]:
        """Return the last step of each kind."""
        return {one.kind: one for one in self.steps}

    @property
    def is_public(self) -> bool:
        """Say whether everybody may read it."""
        return SheetStep.PUBLISHED in self.done


@dataclass(frozen=True, slots=True)
class Told:
    """What a sheet says, class by class, with what was put right since."""

    lines: Sequence[DisclosureLine]
    #: by entry: the entry in the books that took it back
    corrections: dict[int, AccountEntry] = field(default_factory=dict)
    #: whether its lines still make the fingerprint it was drafted with
    is_as_drafted: bool = True
    #: what came into its months afterwards
    later: Sequence[AccountEntry] = ()

    def of(self, section: Section) -> list[DisclosureLine]:
        """Return the lines of one class."""
        return [one for one in self.lines if one.section is section]

    @property
    def sums(self) -> MoneySums:
        """Return what the sheet says of money."""
        return sums(as_said(self.lines))

    @property
    def corrected(self) -> list[DisclosureLine]:
        """Return the lines that no longer stand."""
        return [one for one in self.lines if one.entry_id in self.corrections]


def posted_in(session: Session, set_id: int, first: int, last: int) -> list[Posted]:
    """Return every posting of some months, in the order of the books."""
    query = (
        sa.select(AccountPosting, AccountEntry, Account)
        .join(AccountEntry, AccountEntry.id == AccountPosting.entry_id)
        .join(Account, Account.id == AccountPosting.account_id)
        .where(
            AccountEntry.set_id == set_id,
            AccountEntry.period.between(first, last),
            AccountEntry.number.is_not(None),
        )
        .order_by(AccountEntry.period, AccountEntry.number, AccountPosting.line)
    )
    named = full_names(session, set_id)
    return [_posted(row, named) for row in session.execute(query)]


def _posted(row: sa.Row[tuple[Any, ...]], named: dict[int, str]) -> Posted:
    posting, entry, account = row
    return Posted(
        entry.id,
        entry.kind,
        number_of(entry),
        entry.entry_on,
        posting.gist or entry.gist,
        named[account.id],
        account.kind,
        account.is_money,
        posting.debit_fen,
        posting.credit_fen,
    )


def full_names(session: Session, set_id: int) -> dict[int, str]:
    """Return by number what an account is called: a sub-account after those above it."""
    found: dict[int, str] = {}
    for one in sets.accounts(session, set_id):  # in the order of codes: parents come first
        above = found.get(one.parent_id or 0)
        found[one.id] = f"{above}—{one.name}" if above else one.name
    return found


def stood(session: Session, set_id: int, first: int, last: int) -> list[Stood]:
    """Return what stood in every account before and after some months."""
    named = full_names(session, set_id)
    return [
        Stood(
            one.account.code,
            BOOKS.get(one.account.code, named[one.account.id]),
            one.account.kind,
            one.account.is_money,
            one.before,
            one.after,
        )
        for one in balances(session, set_id, first, last)
    ]


def as_said(lines: Sequence[DisclosureLine]) -> list[SheetLine]:
    """Return stored lines as the rules know them."""
    return [
        SheetLine(
            one.section,
            one.gist,
            one.fen,
            one.before_fen,
            one.account,
            one.voucher,
            one.by,
            one.on,
            one.entry_id,
        )
        for one in lines
    ]


def sheet(session: Session, set_id: int, sheet_id: int) -> Sheet:
    """Return a sheet of a set. Raises: NotFound."""
    found = session.get(Disclosure, sheet_id)
    if found is None or found.set_id != set_id:
        raise NotFound
    return with_steps(session, found)


def published(session: Session, sheet_id: int) -> Sheet:
    """Return a sheet that everybody may read. Raises: NotFound."""
    found = session.get(Disclosure, sheet_id)
    whole = with_steps(session, found) if found else None
    if whole is None or not whole.is_public:
        raise NotFound
    return whole


def with_steps(session: Session, found: Disclosure) -> Sheet:
    """Return a sheet with everything that happened to it."""
    query = sa.select(DisclosureStep).where(DisclosureStep.disclosure_id == found.id)
    steps = session.scalars(query.order_by(DisclosureStep.id)).all()
    return Sheet(found, session.get_one(AccountSet, found.set_id), steps)


def sheets_of(session: Session, set_id: int) -> list[Sheet]:
    """Return the sheets of a set, the newest first."""
    query = sa.select(Disclosure).where(Disclosure.set_id == set_id)
    found = session.scalars(query.order_by(Disclosure.id.desc()))
    return [with_steps(session, one) for one in found]


def published_of(session: Session, village: Village) -> list[Sheet]:
    """Return what a village has published, the newest months first."""
    query = (
        sa.select(Disclosure)
        .join(AccountSet, AccountSet.id == Disclosure.set_id)
        .where(AccountSet.village_id == village.id)
        .order_by(Disclosure.last_period.desc(), Disclosure.id.desc())
    )
    return [
        one for one in (with_steps(session, row) for row in session.scalars(query)) if one.is_public
    ]


def standing_for(session: Session, set_id: int, first: int, last: int) -> Sheet | None:
    """Return the sheet of just these months that was not dropped."""
    query = sa.select(Disclosure).where(
        Disclosure.set_id == set_id,
        Disclosure.first_period == first,
        Disclosure.last_period == last,
    )
    for one in session.scalars(query):
        whole = with_steps(session, one)
        if SheetStep.DROPPED not in whole.done:
            return whole
    return None


def told(session: Session, of: Sheet) -> Told:
    """Return everything a sheet says, and what the books took back since."""
    query = sa.select(DisclosureLine).where(DisclosureLine.disclosure_id == of.disclosure.id)
    lines = session.scalars(query.order_by(DisclosureLine.line)).all()
    entries = {one.entry_id for one in lines if one.entry_id}
    corrections = _taken_back(session, entries, of.disclosure.last_period)
    sheet = of.disclosure
    made = digest(of.books.name, (sheet.first_period, sheet.last_period), as_said(lines))
    return Told(lines, corrections, made == sheet.digest, entered_later(session, sheet, entries))


def _taken_back(
    session: Session, entries: Collection[int], last_period: int
) -> dict[int, AccountEntry]:
    """Return what was taken back in a later month; within the months the sheet tells it itself."""
    query = sa.select(AccountEntry).where(
        AccountEntry.reverses_id.in_(entries),
        AccountEntry.number.is_not(None),
        AccountEntry.period > last_period,
    )
    return {one.reverses_id: one for one in session.scalars(query) if one.reverses_id}


def line_of(session: Session, of: Sheet, line: int) -> DisclosureLine:
    """Return one line of a sheet. Raises: NotFound."""
    found = session.get(DisclosureLine, (of.disclosure.id, line))
    if found is None:
        raise NotFound
    return found
