"""一份公开表: a village's sheet, drafted, reviewed and published, and what is asked about it."""

from datetime import date

from sqlalchemy.orm import Session

from desk.cases.rules.people import NOBODY, Person
from desk.windows.village_accounts.actions import disclosure as actions
from desk.windows.village_accounts.actions.disclosure import Happened
from desk.windows.village_accounts.actions.questions import Asked, ask
from desk.windows.village_accounts.queries import disclosure as queries
from desk.windows.village_accounts.queries.disclosure import Sheet
from desk.windows.village_accounts.queries.questions import Question, of_case
from desk.windows.village_accounts.records import DisclosureLine
from desk.windows.village_accounts.rules.disclosure import Section
from kernel.clock import town_day
from tests.actions.a_book import Book
from tests.pages.happy_rota import a_png

JANUARY = (202601, 202601)


def keep_january(book: Book) -> None:
    """Let some money come in and go out in January, and close the month."""
    on = date(2026, 1, 10)
    book.post(("10201", 8_000_00), ("504", -8_000_00), on=on, kind="income")
    book.post(("10202", 3_000_00), ("10201", -3_000_00), on=on, kind="transfer")
    book.post(("513", 1_200_00), ("514", 300_00), ("10202", -1_500_00), on=on)
    book.close()


def drafted(book: Book) -> Sheet:
    """Draft January's sheet."""
    sheet = actions.draft_sheet(book.session, book.books, JANUARY, book.bookkeeper, book.here.now())
    return again(book, sheet.id)


def again(book: Book, sheet_id: int) -> Sheet:
    """Look at a sheet again."""
    return queries.sheet(book.session, book.books.id, sheet_id)


def reviewed(book: Book) -> Sheet:
    """Draft a sheet and let the committee sign it."""
    sheet, now = drafted(book), book.here.now()
    happened = Happened(town_day(now), "示例监委甲、示例监委乙")
    actions.review(book.session, sheet, happened, a_png(), book.bookkeeper, now)
    return again(book, sheet.disclosure.id)


def published(book: Book) -> Sheet:
    """Publish January's sheet."""
    sheet = reviewed(book)
    actions.publish(book.session, sheet, book.reviewer, book.here.now())
    return again(book, sheet.disclosure.id)


def expense(session: Session, sheet: Sheet) -> DisclosureLine:
    """Return the first line about money that went out."""
    return queries.told(session, sheet).of(Section.EXPENSE)[0]


def asked(book: Book, sheet: Sheet, asker: Person = NOBODY) -> Question:
    """Let a villager ask about that line."""
    about = Asked(sheet, expense(book.session, sheet), "这笔钱买了什么？", asker)
    hall = book.here.hall(book.session)
    return of_case(book.session, ask(book.session, about, book.here.now(), hall))
