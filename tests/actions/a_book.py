"""一本账: a village's books begun, and people who write in them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from desk.windows.village_accounts.actions.closing import carry_year, close_month
from desk.windows.village_accounts.actions.posting import post, write
from desk.windows.village_accounts.actions.sets import open_set
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.queries.money import ONLY_ROW
from desk.windows.village_accounts.records import AccountEntry, AccountSet, ClosingSettings
from desk.windows.village_accounts.rules.entries import Line, Signatures, Written
from desk.windows.village_accounts.rules.kinds import EntryKind, Numbering, SetKind
from desk.windows.village_accounts.rules.sets import CASH_LIMIT, Opening
from kernel.access import Actor
from kernel.house_session import Database
from kernel.town.queries import villages
from kernel.web.house import House
from tests.builders import clerk

FIRST = 202601


@dataclass(frozen=True)
class Book:
    """A set in one transaction, with the people of the window around it."""

    here: House
    session: Session
    books: AccountSet

    @property
    def database(self) -> Database:
        """Return the database it is in."""
        return self.here.database

    @cached_property
    def bookkeeper(self) -> Actor:
        """Return 记账会计."""
        return clerk(self.session, "bookkeeper")

    @cached_property
    def reviewer(self) -> Actor:
        """Return 审核员."""
        return clerk(self.session, "reviewer")

    @cached_property
    def signatures(self) -> Signatures:
        """Return who answers for what is posted here."""
        cashier = clerk(self.session, "cashier")
        assert self.reviewer.staff_id
        assert self.bookkeeper.staff_id
        return Signatures(self.reviewer.staff_id, self.bookkeeper.staff_id, cashier.staff_id)

    def account(self, code: str) -> int:
        """Return the number of an account's row."""
        return sets.account(self.session, self.books.id, code).id

    def line(self, code: str, fen: int) -> Line:
        """Return a debit, or a credit where `fen` is negative."""
        return Line(self.account(code), max(fen, 0), max(-fen, 0))

    def draft(
        self, *lines: tuple[str, int], on: date | None = None, kind: str = "submission"
    ) -> AccountEntry:
        """Write an entry down: codes with amounts, debits positive."""
        opens = sets.last_step(self.session, self.books.id).opens
        day = on or date(opens // 100, opens % 100 or FIRST % 100, 15)
        both = [self.line(code, fen) for code, fen in lines]
        written = Written(EntryKind(kind), day, "示例摘要", both, attachments=1)
        return write(self.session, self.books, written, self.bookkeeper, self.here.now())

    def post(
        self, *lines: tuple[str, int], on: date | None = None, kind: str = "submission"
    ) -> AccountEntry:
        """Write an entry down and put it in the books."""
        draft = self.draft(*lines, on=on, kind=kind)
        self.put(draft)
        return draft

    def put(self, draft: AccountEntry) -> None:
        """Put a draft in the books."""
        post(self.session, draft, self.signatures, self.reviewer, self.here.now())

    def close(self) -> None:
        """Close the open month, carrying the year over in December."""
        opens = sets.last_step(self.session, self.books.id).opens
        if opens % 100 == 12:
            for draft in carry_year(self.session, self.books, self.bookkeeper, self.here.now()):
                self.put(draft)
        close_month(self.session, self.books, opens, self.bookkeeper, self.here.now())


def ask(session: Session, *, is_asked: bool) -> None:
    """Let a month's close ask for the bank's statement and the cash count, or not."""
    row = session.get_one(ClosingSettings, ONLY_ROW)
    row.needs_bank = row.needs_cash = is_asked


def begin(
    here: House,
    session: Session,
    numbering: Numbering = Numbering.MONTHLY,
    village: int = 0,
    opening: tuple[tuple[str, int], ...] = (("10201", 100_000_00), ("301", -100_000_00)),
) -> Book:
    """Open the books of a village with some money in the bank, and close the opening.

    What a close asks for beside the books themselves is turned off; its own tests turn it on.
    """
    ask(session, is_asked=False)
    everywhere = villages(session)
    place = everywhere[village % len(everywhere)]
    kind = list(SetKind)[village // len(everywhere)]
    how = Opening(kind, f"{place.name}合作社", FIRST, numbering, CASH_LIMIT)
    actor = clerk(session, "bookkeeper")
    book = Book(here, session, open_set(session, place, how, actor, here.now()))
    if opening:
        book.post(*opening, kind="opening")
    book.close()
    return book
