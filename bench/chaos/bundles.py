"""报账乱走: bundles brought, signed, reviewed, paid and entered in any order, beside the books.

What holds is asked of the tables alone: nobody looked over what he had in hand, no paper is used
beyond its face, what is in the books rests on originals and on signatures. The control falsifies
a use with the lock taken off.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

import sqlalchemy as sa

from bench.chaos.books import BUTTONS as BOOK_BUTTONS
from bench.chaos.books import CHECK_EVERY, BookWalk
from bench.chaos.verdicts import Verdict
from bench.installation import sample_town
from desk.cases.records import Case
from desk.windows.village_accounts.actions import reviewing
from desk.windows.village_accounts.actions.originals import drop
from desk.windows.village_accounts.queries import bundles as queries
from desk.windows.village_accounts.queries import originals
from desk.windows.village_accounts.records import AccountEntry, AccountSet, Bundle
from desk.windows.village_accounts.rules.bundles import ENDED, REVIEWS, ReturnReason, Station
from desk.windows.village_accounts.rules.means import CORRECTING, Means
from desk.windows.village_accounts.rules.original_kinds import OriginalKind, Purpose, Share
from desk.windows.village_accounts.rules.signing import chain
from kernel.errors import NotFound
from tests.actions.a_book import Book
from tests.actions.a_bundle import Papers, another, invoice
from tests.builders import clerk

PEOPLE = ("village_clerk", "cashier", "reviewer", "bookkeeper")
#: so few numbers that the same paper comes again and again
NUMBERS = 60
#: stations a bundle comes to only with originals and signatures
SIGNED = frozenset(Station) - {Station.VILLAGE, Station.WITHDRAWN, Station.GIVEN_BACK}
CHEAT = "UPDATE original_use SET amount_fen = amount_fen + 1"
_OWN_REVIEWS = """
SELECT count(*) FROM bundle WHERE first_by_id = submitted_by_id OR second_by_id = submitted_by_id
  OR second_by_id = first_by_id OR first_by_id = begun_by_id OR second_by_id = begun_by_id
"""
_BEYOND_FACE = """
SELECT count(*) FROM (SELECT o.id FROM original o JOIN original_use u ON u.original_id = o.id
  GROUP BY o.id, o.face_fen HAVING abs(sum(u.amount_fen)) > abs(o.face_fen)
  OR (count(*) > 1 AND max(CASE WHEN u.share = 'whole' THEN 1 ELSE 0 END) = 1)) AS beyond
"""
_UNPAID = """
SELECT count(*) FROM bundle b WHERE b.means = 'transfer' AND b.paid_by_id IS NULL
  AND b.station IN ('posting', 'done')
"""
QUESTIONS = {"own reviews": _OWN_REVIEWS, "beyond face": _BEYOND_FACE, "unpaid": _UNPAID}


@dataclass
class BundleWalk(BookWalk):
    """One walk through one set, with bundles on their way into it."""

    def choose(self) -> tuple[str, Callable[..., None]]:
        """Return a button of a bundle, or of the books."""
        return self.dice.choice(BUTTONS)

    def papers(self, book: Book) -> Papers:
        """Return one of the newest bundles, mostly one on its way. Raises: NotFound."""
        on_its_way = Bundle.station.not_in([] if self.dice.random() < 0.1 else ENDED)
        newest = sa.select(Bundle.case_id).where(on_its_way).order_by(Bundle.case_id.desc())
        found = book.session.scalars(newest.limit(3)).all()
        if not found:
            raise NotFound
        case = book.session.get_one(Case, self.dice.choice(found))
        return Papers(self.here, book.session, case)

    def look(self, book: Book) -> None:
        """Compare the books with what they should hold, and ask about the bundles."""
        super().look(book)
        for name, question in QUESTIONS.items():
            self.wrong[name] += book.session.scalar(sa.text(question)) or 0
        newest = sa.select(Bundle).order_by(Bundle.case_id.desc()).limit(CHECK_EVERY)
        for bundle in book.session.scalars(newest):
            self._look_at(book, bundle)

    def _look_at(self, book: Book, bundle: Bundle) -> None:
        uses = originals.uses_of(book.session, bundle)
        fen = sum(use.amount_fen for use, _ in uses)
        if bundle.station in SIGNED:
            parts = {one.part for one in queries.signed(book.session, bundle)}
            needed = set(chain(fen, bundle.means, queries.limits(book.session)))
            self.wrong["unsigned"] += not (uses and needed <= parts)
        entry = book.session.get(AccountEntry, bundle.entry_id) if bundle.entry_id else None
        is_posted = entry is not None and entry.posted_at is not None
        self.wrong["out of step"] += is_posted != (bundle.station is Station.DONE)
        if entry:
            moved = sum(max(one.debit_fen, 0) for one in entry.postings)
            is_whole = (moved, entry.attachments) == (fen, len({one.id for _, one in uses}))
            self.wrong["entered otherwise"] += not is_whole


Button = Callable[[BundleWalk, Book], None]


def _begin(walk: BundleWalk, book: Book) -> None:
    means = walk.dice.choice([*[Means.TRANSFER] * 3, *Means])
    another(walk.here, book.session, book, means)


def _take(walk: BundleWalk, book: Book) -> None:
    papers = walk.papers(book)
    number = walk.dice.randrange(1, NUMBERS)
    face = number * 37_00 % 24_000_00 + 100
    claim = invoice(face, number=number)
    share = walk.dice.choice(list(Share))
    amount = face if share is Share.WHOLE else walk.dice.randrange(1, face + 1)
    kind = walk.dice.choice([OriginalKind.E_INVOICE] * 5 + [OriginalKind.WHITE_SLIP])
    entered = replace(claim.entered, share=share, amount_fen=amount, kind=kind)
    if papers.bundle.means in CORRECTING and walk.dice.random() < 0.9:
        entered = replace(entered, kind=OriginalKind.BALANCE_PROOF, purpose=Purpose.BALANCE)
    papers.take(replace(claim, entered=entered), scanned=walk.dice.random() < 0.9)


def _drop(walk: BundleWalk, book: Book) -> None:
    papers = walk.papers(book)
    uses = originals.uses_of(book.session, papers.bundle)
    use = walk.dice.choice(uses)[0].id if uses else 0
    drop(book.session, papers.bundle, use, clerk(book.session, "village_clerk"), walk.here.now())


def _sign(walk: BundleWalk, book: Book) -> None:
    walk.papers(book).sign()


def _hand_in(walk: BundleWalk, book: Book) -> None:
    walk.papers(book).hand_in()


def _pass(walk: BundleWalk, book: Book) -> None:
    """As anybody: who brought it among them, the same twice among them."""
    walk.papers(book).let_pass(walk.dice.choice(PEOPLE))


def _give_back(walk: BundleWalk, book: Book) -> None:
    papers = walk.papers(book)
    who = clerk(book.session, walk.dice.choice(PEOPLE))
    by = who, walk.here.now(), walk.here.hall(book.session)
    why = ([ReturnReason.HEADING], "")
    reviewing.give_back(book.session, papers.case, papers.bundle, why, by)


def _withdraw(walk: BundleWalk, book: Book) -> None:
    papers = walk.papers(book)
    by = clerk(book.session, "village_clerk"), walk.here.now(), walk.here.hall(book.session)
    reviewing.withdraw(book.session, papers.case, papers.bundle, by)


def _pay(walk: BundleWalk, book: Book) -> None:
    walk.papers(book).pay()


def _enter(walk: BundleWalk, book: Book) -> None:
    papers = walk.papers(book)
    right = "10201" if papers.bundle.means is Means.TRANSFER else "101"
    money = walk.dice.choice([right, right, "10201", "101"])
    papers.enter(walk.dice.choice(["513", "514"]), money)


def _settle(walk: BundleWalk, book: Book) -> None:
    papers = walk.papers(book)
    entry = book.session.get(AccountEntry, papers.bundle.entry_id or 0)
    if entry is None:
        raise NotFound
    papers.settle(entry)


def _as_it_should(walk: BundleWalk, book: Book) -> None:
    """Do what is next for a bundle, by whom it should be done."""
    papers = walk.papers(book)
    if papers.bundle.station is Station.VILLAGE:
        papers.sign()
        papers.hand_in()
    elif papers.bundle.station in REVIEWS:
        papers.let_pass("cashier" if papers.bundle.station is REVIEWS[0] else "reviewer")
    elif papers.bundle.station is Station.PAYMENT:
        papers.pay()
    elif papers.bundle.entry_id:
        _settle(walk, book)
    else:
        _enter(walk, book)


def _whole_way(walk: BundleWalk, book: Book) -> None:
    """Now and then somebody does everything as it should be."""
    papers = another(walk.here, book.session, book)
    papers.go(walk.dice.randrange(1, 2_000_00), "10201")


OF_BUNDLES: tuple[tuple[str, Button], ...] = (
    *((("begin", _begin),) * 2),
    *((("take", _take),) * 3),
    ("drop", _drop),
    *((("sign", _sign),) * 3),
    *((("hand in", _hand_in),) * 3),
    *((("pass", _pass),) * 5),
    ("give back", _give_back),
    ("withdraw", _withdraw),
    *((("pay", _pay),) * 3),
    *((("enter", _enter),) * 3),
    *((("settle", _settle),) * 3),
    *((("as it should", _as_it_should),) * 8),
    ("whole way", _whole_way),
)
BUTTONS = (*OF_BUNDLES, *(one for one in BOOK_BUTTONS if one[0] not in {"carry"}))


def run(steps: int, dice: random.Random) -> Verdict:
    """Walk so many steps; return what was found."""
    with sample_town() as town:
        here = town.open_house()
        walk = BundleWalk(here, dice).go(steps)
        caught = falsified(walk)
        here.database.engine.dispose()
    done = f"{walk.pressed.total():,} presses, {walk.refused.total():,} refused"
    found = {name: number for name, number in walk.wrong.items() if number} or {"wrong": 0}
    return Verdict("bundles go their way whatever is pressed", done, found, caught)


def falsified(walk: BundleWalk) -> int:
    """Falsify the uses with their lock off, look again, and put everything back as it was."""
    again = BundleWalk(walk.here, walk.dice, walk.set_id)
    again.posted, again.should = walk.posted, walk.should
    with walk.here.writing() as session:
        book = Book(walk.here, session, session.get_one(AccountSet, walk.set_id))
        undone = session.begin_nested()
        connection = session.connection()
        connection.exec_driver_sql("DROP TRIGGER original_use_guard_update")
        connection.exec_driver_sql(CHEAT)
        again.look(book)
        undone.rollback()
    return again.wrong.total()
