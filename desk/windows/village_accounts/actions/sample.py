"""示例的一年: a village's year through the same doors as everybody's: written, checked, closed."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.actions import money
from desk.windows.village_accounts.actions.closing import carry_year, close_month
from desk.windows.village_accounts.actions.opening import take_in_opening
from desk.windows.village_accounts.actions.posting import post, write
from desk.windows.village_accounts.actions.sets import open_set
from desk.windows.village_accounts.queries import money as looking
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.records import Account, AccountEntry, AccountSet, BankLine
from desk.windows.village_accounts.rules.bank_sheets import BankRow
from desk.windows.village_accounts.rules.cash import FACES, Count
from desk.windows.village_accounts.rules.entries import Line, Signatures, Written
from desk.windows.village_accounts.rules.kinds import Numbering, SetKind
from desk.windows.village_accounts.rules.periods import last_day
from desk.windows.village_accounts.rules.sample_year import (
    KEEPER,
    NAME,
    OPENING,
    PETTY,
    SHEET,
    USUAL,
    Event,
    events,
)
from desk.windows.village_accounts.rules.sets import CASH_LIMIT, Opening
from kernel.access import Actor
from kernel.town.records import Village


class SampleYear:
    """A village's year in the making, with the two who sign it."""

    def __init__(
        self, session: Session, keeper: Actor, checker: Actor, cashier_id: int, now: datetime
    ) -> None:
        self.session, self.keeper, self.checker, self.now = session, keeper, checker, now
        self.by = Signatures(checker.staff_id or 0, keeper.staff_id or 0, cashier_id)

    def make(self, village: Village, year: int, most: int = USUAL) -> AccountSet:
        """Keep a village's books for a whole year, every month closed."""
        how = Opening(SetKind.COOPERATIVE, NAME, year * 100 + 1, Numbering.MONTHLY, CASH_LIMIT)
        books = open_set(self.session, village, how, self.keeper, self.now)
        self._put([take_in_opening(self.session, books, OPENING, self.keeper, self.now)])
        close_month(self.session, books, year * 100, self.keeper, self.now)
        codes = {one.code: one for one in sets.leaves(self.session, books.id)}
        for month in range(1, 13):
            for event in events(year, month, most):
                self._put([self._write(books, event, codes)])
            self._agree(codes, year * 100 + month)
            if month == 12:
                self._put(carry_year(self.session, books, self.keeper, self.now))
            close_month(self.session, books, year * 100 + month, self.keeper, self.now)
        return books

    def _write(self, books: AccountSet, event: Event, codes: dict[str, Account]) -> AccountEntry:
        lines = [Line(codes[code].id, max(fen, 0), max(-fen, 0)) for code, fen in event.lines]
        written = Written(event.kind, event.on, event.gist, lines, attachments=1)
        return write(self.session, books, written, self.keeper, self.now)

    def _put(self, drafts: Sequence[AccountEntry]) -> None:
        for draft in drafts:
            post(self.session, draft, self.by, self.checker, self.now)

    def _agree(self, codes: dict[str, Account], period: int) -> None:
        """Bring the bank's sheet in, tick it, count the cash box."""
        for account in (codes["10201"], codes["10202"]):
            items = looking.unmatched_books(self.session, account.id, period)
            rows = [BankRow(one.on, one.gist, one.key, one.fen, None) for one in items]
            money.bring_in(self.session, account, (SHEET, rows), self.keeper, self.now)
            money.match(self.session, account, self._same(account), self.keeper, self.now)
            stands = looking.balance_at(self.session, account.id, period)
            money.reconcile(self.session, account, (period, stands), self.keeper, self.now)
        found = Count(last_day(period), _notes(PETTY), KEEPER, "")
        money.count_cash(self.session, codes["101"], (period, found), self.keeper, self.now)

    def _same(self, account: Account) -> list[tuple[int, int, int]]:
        """Return what the sheet says is the same: its references are the books' own."""
        query = sa.select(BankLine.id, BankLine.reference).where(
            BankLine.account_id == account.id, BankLine.entry_id.is_(None)
        )
        found = []
        for number, reference in self.session.execute(query):
            entry, line = reference.split("-")
            found.append((number, int(entry), int(line)))
        return found


def _notes(fen: int) -> dict[int, int]:
    """Return an amount in the fewest notes."""
    notes = {}
    for face in FACES:
        notes[face], fen = divmod(fen, face)
    return notes
