"""账本乱走: entries drafted, posted, taken back, months closed and opened, in any order.

A second reckoning beside the books (plain dictionaries) says what they must hold. The controls
falsify the tables with a lock taken off; each falsification has to be seen.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import selectinload

from bench.chaos.verdicts import Verdict
from bench.installation import sample_town
from desk.windows.village_accounts.actions.closing import carry_year, close_month, reopen_month
from desk.windows.village_accounts.actions.posting import discard, post, reverse
from desk.windows.village_accounts.queries import entries, sets
from desk.windows.village_accounts.queries.balances import balances
from desk.windows.village_accounts.records import AccountEntry, AccountSet
from desk.windows.village_accounts.rules.entries import Signatures
from kernel.access import Actor
from kernel.errors import Refusal
from kernel.web.house import House
from tests.actions.a_book import Book, begin

CHECK_EVERY = 200
CODES = ("101", "10201", "10202", "113", "211", "501", "504", "513", "514")
#: what a broken lock would let through: the trigger taken off, the table, the statement
CHEATS = {
    "an amount": ("posting_guard_update", "UPDATE account_posting SET debit_fen = debit_fen * 2"),
    "a number": ("entry_guard_update", "UPDATE account_entry SET number = number * 1000 + 7"),
    "a balance": ("line_guard_update", "UPDATE account_line SET debits_fen = debits_fen + 7"),
    "a month": ("entry_guard_update", "UPDATE account_entry SET period = period + 1"),
}


@dataclass
class BookWalk:
    """One walk through one set, and what it should hold."""

    here: House
    dice: random.Random
    set_id: int = 0
    pressed: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    should: Counter[str] = field(default_factory=Counter)
    posted: dict[int, tuple[object, ...]] = field(default_factory=dict)

    def go(self, steps: int) -> Self:
        """Press so many buttons, and look at everything now and then."""
        with self.here.writing() as session:
            book = begin(self.here, session)
            self.set_id = book.books.id
            self._note_posted(book)
        while steps > 0:
            with self.here.writing() as session:
                book = Book(self.here, session, session.get_one(AccountSet, self.set_id))
                for _ in range(min(steps, CHECK_EVERY)):
                    self._press(book)
                self.look(book)
            steps -= CHECK_EVERY
        return self

    def choose(self) -> tuple[str, Callable[..., None]]:
        """Return the button that is pressed next."""
        return self.dice.choice(BUTTONS)

    def _press(self, book: Book) -> None:
        name, button = self.choose()
        self.pressed[name] += 1
        try:
            with book.session.begin_nested():
                button(self, book)
        except Refusal:
            self.refused[name] += 1
        except DBAPIError:
            self.wrong[f"{name}: the database had to refuse"] += 1
        self._note_posted(book)

    def _note_posted(self, book: Book) -> None:
        """Reckon what was posted since, from its postings alone."""
        query = sa.select(AccountEntry.id).where(
            AccountEntry.set_id == self.set_id, AccountEntry.number.is_not(None)
        )
        fresh = set(book.session.scalars(query)) - self.posted.keys()
        if not fresh:
            return
        codes = {one.id: one.code for one in sets.accounts(book.session, self.set_id)}
        opens = sets.last_step(book.session, self.set_id).opens
        for number in fresh:
            entry = book.session.get_one(AccountEntry, number)
            self.wrong["into a closed month"] += entry.period % 100 > 0 and entry.period != opens
            lines = tuple((codes[one.account_id], one.fen) for one in entries.lines_of(entry))
            self.posted[entry.id] = (entry.period, entry.number, entry.gist, lines)
            for code, fen in lines:
                self.should[code] += fen

    def look(self, book: Book) -> None:
        """Compare the books with what they should hold."""
        book.session.expire_all()
        rows = balances(book.session, self.set_id, 202601, 209912)
        holds = {one.account.code: one.after for one in rows if one.after}
        self.wrong["balances"] += holds != {code: fen for code, fen in self.should.items() if fen}
        money = [one.after for one in rows if one.account.is_money]
        self.wrong["below zero"] += any(fen < 0 for fen in money)
        self._look_at_entries(book)

    def _look_at_entries(self, book: Book) -> None:
        codes = {one.id: one.code for one in sets.accounts(book.session, self.set_id)}
        numbers: dict[int, list[int]] = {}
        query = (
            sa.select(AccountEntry)
            .where(AccountEntry.set_id == self.set_id, AccountEntry.posted_at.is_not(None))
            .options(selectinload(AccountEntry.postings))
        )
        for entry in book.session.scalars(query):
            numbers.setdefault(entry.series or 0, []).append(entry.number or 0)
            lines = tuple((codes[one.account_id], one.fen) for one in entries.lines_of(entry))
            self.wrong["unbalanced"] += sum(fen for _, fen in lines) != 0
            now = (entry.period, entry.number, entry.gist, lines)
            self.wrong["moved"] += self.posted.get(entry.id) != now
            self.wrong["self-approved"] += entry.maker_id == entry.checker_id
        for series in numbers.values():
            self.wrong["gaps"] += sorted(series) != list(range(1, len(series) + 1))


Button = Callable[[BookWalk, Book], None]


def _draft(walk: BookWalk, book: Book) -> AccountEntry:
    debit, credit = walk.dice.sample(CODES, 2)
    fen = walk.dice.randrange(1, 10 ** walk.dice.randint(1, 7))
    wrong = walk.dice.random() < 0.05
    return book.draft((debit, fen), (credit, -fen - wrong))


def _post(walk: BookWalk, book: Book) -> None:
    book.put(_draft(walk, book))


def _leave_a_draft(walk: BookWalk, book: Book) -> None:
    _draft(walk, book)


def _any_draft(walk: BookWalk, book: Book) -> AccountEntry:
    waiting = entries.drafts(book.session, walk.set_id)
    return walk.dice.choice(waiting) if waiting else _draft(walk, book)


def _post_a_draft(walk: BookWalk, book: Book) -> None:
    """Sign as anybody: the maker among them, the same twice among them."""
    by = book.signatures
    people = [by.checker_id, by.poster_id, by.cashier_id or 0]
    signed = Signatures(*(walk.dice.choice(people) for _ in range(3)))
    draft = _any_draft(walk, book)
    post(book.session, draft, signed, book.reviewer, walk.here.now())


def _discard(walk: BookWalk, book: Book) -> None:
    discard(book.session, _any_entry(walk, book), book.bookkeeper, walk.here.now())


def _any_entry(walk: BookWalk, book: Book) -> AccountEntry:
    known = walk.dice.choice(list(walk.posted))
    return walk.dice.choice([book.session.get_one(AccountEntry, known), _any_draft(walk, book)])


def _take_back(walk: BookWalk, book: Book) -> None:
    original = _any_entry(walk, book)
    red = reverse(book.session, original, "示例", book.bookkeeper, walk.here.now())
    book.put(red)


def _someone(walk: BookWalk, book: Book) -> Actor:
    return walk.dice.choice([book.bookkeeper, book.reviewer])


def _close(walk: BookWalk, book: Book) -> None:
    for draft in entries.drafts(book.session, walk.set_id):
        discard(book.session, draft, book.bookkeeper, walk.here.now())
    opens = sets.last_step(book.session, walk.set_id).opens
    period = walk.dice.choice([opens, opens, opens, opens - 1])
    close_month(book.session, book.books, period, _someone(walk, book), walk.here.now())


def _reopen(walk: BookWalk, book: Book) -> None:
    reopen_month(book.session, book.books, "示例", _someone(walk, book), walk.here.now())


def _carry(walk: BookWalk, book: Book) -> None:
    for draft in carry_year(book.session, book.books, book.bookkeeper, walk.here.now()):
        book.put(draft)


BUTTONS: tuple[tuple[str, Button], ...] = (
    *((("post", _post),) * 4),
    ("draft", _leave_a_draft),
    *((("post a draft", _post_a_draft),) * 2),
    ("discard", _discard),
    ("take back", _take_back),
    *((("close", _close),) * 2),
    ("reopen", _reopen),
    ("carry", _carry),
)


def run(steps: int, dice: random.Random) -> Verdict:
    """Walk so many steps through a village's books; return what was found."""
    with sample_town() as town:
        here = town.open_house()
        walk = BookWalk(here, dice).go(steps)
        caught = min(falsified(BookWalk(here, dice, walk.set_id), walk, name) for name in CHEATS)
        here.database.engine.dispose()
    done = f"{walk.pressed.total():,} presses, {walk.refused.total():,} refused"
    found = {name: number for name, number in walk.wrong.items() if number} or {"wrong": 0}
    return Verdict("the books hold whatever is pressed", done, found, caught)


def falsified(again: BookWalk, walk: BookWalk, cheat: str) -> int:
    """Falsify the tables with a lock off, look again, and put everything back as it was."""
    lock, statement = CHEATS[cheat]
    again.posted, again.should = walk.posted, walk.should
    with again.here.writing() as session:
        book = Book(again.here, session, session.get_one(AccountSet, walk.set_id))
        undone = session.begin_nested()
        connection = session.connection()
        for trigger in (lock, "entry_lines"):
            connection.exec_driver_sql(f"DROP TRIGGER account_{trigger}")
        connection.exec_driver_sql(statement)
        again.look(book)
        undone.rollback()
    return again.wrong.total()
