"""顺利的一次: the buttons of the open books: a sheet's way, its pictures, a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sqlalchemy as sa
from werkzeug.test import TestResponse

from desk.windows.village_accounts.records import AccountSet, DisclosurePicture
from tests.actions.a_book import Book
from tests.actions.a_sheet import asked as ask_about
from tests.actions.a_sheet import drafted, expense, keep_january, published, reviewed
from tests.builders import person
from tests.pages.happy_books import begun
from tests.pages.happy_rota import a_png

if TYPE_CHECKING:  # the table of all presses has these in it
    from desk.windows.village_accounts.queries.disclosure import Sheet
    from tests.pages.happy_paths import Hall


def sheet_at(hall: Hall, stage: Callable[[Book], Sheet]) -> tuple[str, int, int]:
    """Bring a sheet to some stage; return its page, its number, and a line about an expense."""
    home, set_id = begun(hall)
    with hall.here.writing() as session:
        book = Book(hall.here, session, session.get_one(AccountSet, set_id))
        keep_january(book)
        found = stage(book)
        line = expense(session, found).line
    return f"{home}disclosures/{found.disclosure.id}", found.disclosure.id, line


def draft(hall: Hall) -> TestResponse:
    home, set_id = begun(hall)
    with hall.here.writing() as session:
        keep_january(Book(hall.here, session, session.get_one(AccountSet, set_id)))
    page = f"{home}disclosures/"
    return hall.press("bookkeeper", page, page, period="2026-01", span="month")


def review(hall: Hall) -> TestResponse:
    page, _, _ = sheet_at(hall, drafted)
    file = hall.upload(a_png(), "签字页.png")
    return hall.press("bookkeeper", page, f"{page}/review", names="示例监委甲", file=file)


def publish(hall: Hall) -> TestResponse:
    page, _, _ = sheet_at(hall, reviewed)
    return hall.press("reviewer", page, f"{page}/publish")


def hang_up(hall: Hall) -> TestResponse:
    page, _, _ = sheet_at(hall, published)
    file = hall.upload(a_png(), "公开栏.png")
    return hall.press("bookkeeper", page, f"{page}/posted", names="村口公开栏", file=file)


def drop(hall: Hall) -> TestResponse:
    page, _, _ = sheet_at(hall, drafted)
    return hall.press("bookkeeper", page, f"{page}/drop", note="示例原因")


def keep_redacted(hall: Hall) -> TestResponse:
    page, _, line = sheet_at(hall, published)
    form = f"{page}/lines/{line}"
    return hall.press("bookkeeper", form, form, file=hall.upload(a_png(), "发票.png"))


def release(hall: Hall) -> TestResponse:
    answer = keep_redacted(hall)
    page = answer.headers["Location"].rpartition("/lines/")[0]
    return hall.press("reviewer", page, f"{page}/pictures/{_newest(hall)}/release")


def take_down(hall: Hall) -> TestResponse:
    page = release(hall).headers["Location"]
    return hall.press("bookkeeper", page, f"{page}/pictures/{_newest(hall)}/take-down")


def _newest(hall: Hall) -> int:
    from_newest = sa.select(sa.func.max(DisclosurePicture.id))
    with hall.here.reading() as session:
        return session.scalars(from_newest).one()


def ask(hall: Hall) -> TestResponse:
    _, sheet_id, line = sheet_at(hall, published)
    page = f"/books/sheets/{sheet_id}/lines/{line}"
    return hall.press("", page, page, asked="这笔钱买了什么？", name="示例提问人")


def a_question(hall: Hall) -> str:
    """Let a villager ask; return where the window reads it."""
    _, set_id = begun(hall)
    with hall.here.writing() as session:
        book = Book(hall.here, session, session.get_one(AccountSet, set_id))
        keep_january(book)
        found = ask_about(book, published(book), person(1, "示例提问人"))
        return f"/windows/accounts/questions/{found.case.number}"


def answer(hall: Hall) -> TestResponse:
    page = a_question(hall)
    said = {"answer": "买了示例水泥。", "shown": "买了什么？"}
    return hall.press("bookkeeper", page, f"{page}/answer", **said)


def reveal(hall: Hall) -> TestResponse:
    page = a_question(hall)
    return hall.press("bookkeeper", page, f"{page}/reveal")


OPEN_BOOKS: dict[str, Callable[[Hall], TestResponse]] = {
    "accounts.draft_sheet": draft,
    "accounts.reviewed": review,
    "accounts.publish": publish,
    "accounts.hung_up": hang_up,
    "accounts.drop": drop,
    "accounts.keep_redacted": keep_redacted,
    "accounts.release": release,
    "accounts.take_down": take_down,
    "open_books.ask": ask,
    "accounts.answer_question": answer,
    "accounts.reveal_asker": reveal,
}
