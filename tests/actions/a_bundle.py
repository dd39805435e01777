"""一份报账: originals of a village, signed on paper, and everybody whose hands it goes through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from sqlalchemy.orm import Session

from desk.cases.records import Case
from desk.cases.rules.attachments import AttachedTo, ScannedPaper
from desk.windows.village_accounts.actions import bundles, reviewing
from desk.windows.village_accounts.actions.bundle_entries import Sorted, draft, settle
from desk.windows.village_accounts.actions.originals import Claim, take
from desk.windows.village_accounts.actions.scans import keep_scan
from desk.windows.village_accounts.actions.sets import appoint_clerk
from desk.windows.village_accounts.queries import bundles as queries
from desk.windows.village_accounts.queries import originals
from desk.windows.village_accounts.queries.sets import last_step
from desk.windows.village_accounts.records import (
    AccountEntry,
    Bundle,
    Original,
    OriginalRefusal,
)
from desk.windows.village_accounts.rules.entries import Signatures
from desk.windows.village_accounts.rules.means import Means
from desk.windows.village_accounts.rules.original_kinds import OriginalKind, Purpose
from desk.windows.village_accounts.rules.originals import Entered
from desk.windows.village_accounts.rules.periods import last_day
from desk.windows.village_accounts.rules.signing import Signed
from kernel.access import Actor
from kernel.money import capitals
from kernel.web.house import House
from tests.actions.a_book import Book, begin
from tests.builders import clerk

SCAN = ScannedPaper(AttachedTo.OTHER, "示例影像", "image/png", b"\x89PNG\r\n\x1a\n")
_numbers = count(1)


def invoice(fen: int, number: int = 0, **more: object) -> Claim:
    """Return an invoice of so much that nobody has brought yet, unless its number is given."""
    entered = Entered(
        OriginalKind.E_INVOICE,
        Purpose.GOODS,
        code="",
        number=f"{number or next(_numbers) + 10**6:020}",
        issuer="示例农资店",
        issued_on=date(2026, 1, 2),
        face_fen=fen,
        amount_fen=fen,
        gist="示例购买农具",
    )
    entered = replace(entered, **more)  # type: ignore[arg-type]
    return Claim(entered, capitals(entered.face_fen))


@dataclass
class Papers:
    """A bundle in one transaction, and its way."""

    here: House
    session: Session
    case: Case

    @property
    def bundle(self) -> Bundle:
        """Return what it adds to its case."""
        return self.session.get_one(Bundle, self.case.id)

    def who(self, username: str) -> tuple[Actor, object, object]:
        """Return somebody acting now."""
        return clerk(self.session, username), self.here.now(), self.here.hall(self.session)

    def take(self, claim: Claim, *, scanned: bool = True) -> Original | OriginalRefusal:
        """Bring a paper, with its picture."""
        actor, now = clerk(self.session, "village_clerk"), self.here.now()
        found = take(self.session, self.bundle, claim, actor, now)
        if scanned and isinstance(found, Original):
            keep_scan(self.session, found, SCAN, actor, now)
        return found

    def sign(self) -> None:
        """Let everybody sign who has to, each on the day after the one before."""
        day = date(2026, 1, 2)
        signed = [
            Signed(part, f"示例{place}某", day + timedelta(days=place))
            for place, part in enumerate(bundles.needed(self.session, self.bundle))
        ]
        actor, now = clerk(self.session, "village_clerk"), self.here.now()
        bundles.sign(self.session, self.bundle, signed, (SCAN, SCAN), actor, now)

    def hand_in(self) -> None:
        """Bring it to the centre."""
        self._step(reviewing.hand_in, "village_clerk")

    def let_pass(self, username: str) -> None:
        """Find it in order."""
        self._step(reviewing.let_pass, username)

    def _step(self, work: object, username: str) -> None:
        assert callable(work)
        work(self.session, self.case, self.bundle, self.who(username))

    def pay(self) -> None:
        """Pay it by bank."""
        paid = (f"示例{self.case.id:08}", self.here.today())
        by = clerk(self.session, "cashier"), self.here.now(), self.here.hall(self.session)
        reviewing.pay(self.session, self.case, self.bundle, paid, by)

    def enter(self, spent: str = "513", money: str = "10202") -> AccountEntry:
        """Draft its entry in the open month."""
        books = self.session.get_one(type(self.book.books), self.bundle.set_id)
        book = Book(self.here, self.session, books)
        uses = [use.id for use, _ in originals.uses_of(self.session, self.bundle)]
        day = last_day(last_step(self.session, books.id).opens)
        accounts = dict.fromkeys(uses, book.account(spent))
        how = Sorted(day, "示例报账", accounts, book.account(money))
        return draft(self.session, self.bundle, how, book.bookkeeper, self.here.now())

    @property
    def book(self) -> Book:
        """Return the books it is for."""
        _, _, books = queries.of_case(self.session, self.case.number, clerk(self.session, "head"))
        return Book(self.here, self.session, books)

    def settle(self, entry: AccountEntry) -> None:
        """Put its entry in the books."""
        book = self.book
        reviewer, keeper = book.reviewer.staff_id or 0, book.bookkeeper.staff_id or 0
        by = Signatures(reviewer, keeper, clerk(self.session, "cashier").staff_id)
        now, hall = self.here.now(), self.here.hall(self.session)
        settle(self.session, entry, by, book.reviewer, now, hall)

    def go(self, fen: int = 800_00, money: str = "10202") -> AccountEntry:
        """Go the whole way with one invoice."""
        self.take(invoice(fen))
        return self.go_on(money)

    def go_on(self, money: str = "10202") -> AccountEntry:
        """Go the rest of the way with the papers that were brought."""
        self.sign()
        self.hand_in()
        self.let_pass("cashier")
        self.let_pass("reviewer")
        self.pay()
        entry = self.enter(money=money)
        self.settle(entry)
        return entry


def brought(
    here: House, session: Session, means: Means = Means.TRANSFER, village: int = 0
) -> Papers:
    """Begin a bundle of a village whose books were just begun, with money to spend."""
    book = begin(here, session, village=village)
    book.post(("10202", 50_000_00), ("10201", -50_000_00), kind="transfer")
    book.post(("101", 3_000_00), ("10202", -3_000_00), kind="transfer")
    return another(here, session, book, means)


def another(here: House, session: Session, book: Book, means: Means = Means.TRANSFER) -> Papers:
    """Begin a bundle in books that are there."""
    who = clerk(session, "village_clerk")
    appoint_clerk(session, book.books, who.staff_id or 0, book.bookkeeper, here.now())
    hall = here.hall(session)
    case = bundles.begin(session, book.books, (means, "示例报账"), who, here.now(), hall)
    return Papers(here, session, case)
