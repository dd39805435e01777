"""顺利的一次: the buttons of the villages' books."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from desk.windows.village_accounts.actions.closing import close_month
from desk.windows.village_accounts.actions.sets import open_set as open_books
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.records import AccountSet
from desk.windows.village_accounts.rules.kinds import Numbering, SetKind
from desk.windows.village_accounts.rules.sets import Opening
from kernel.town.queries import villages
from tests.actions.a_book import Book, begin
from tests.builders import clerk

if TYPE_CHECKING:  # the table of all presses has these in it
    from tests.pages.happy_paths import Hall

HOME = "/windows/accounts/"


def next_free(session: Session) -> int:
    """Return a place whose books nobody keeps yet; the first village is opened by hand."""
    everywhere, kinds = villages(session), list(SetKind)
    kept = sa.select(AccountSet.village_id, AccountSet.kind)
    taken = set(session.execute(kept).tuples())
    for place in range(1, len(everywhere) * len(kinds)):
        kind, village = divmod(place, len(everywhere))
        if (everywhere[village].id, kinds[kind]) not in taken:
            return place
    raise AssertionError("every village keeps its books already")


def begun(hall: Hall) -> tuple[str, int]:
    """Begin the books of another village; return where they are, and their number."""
    with hall.here.writing() as session:
        books = begin(hall.here, session, village=next_free(session)).books
        return f"{HOME}{books.id}/", books.id


def drafted(hall: Hall, *, is_posted: bool = False) -> tuple[str, str]:
    """Draft an entry in another village's books; return the places of set and entry."""
    home, set_id = begun(hall)
    with hall.here.writing() as session:
        book = Book(hall.here, session, session.get_one(AccountSet, set_id))
        draft = book.draft(("513", 5), ("10201", -5))
        if is_posted:
            book.put(draft)
        return home, f"{home}entries/{draft.uuid}"


def open_set(hall: Hall) -> TestResponse:
    typed = {"village": "1", "name": "示例合作社", "period": "2026-01"}
    return hall.press("bookkeeper", HOME, HOME, **typed)


def write(hall: Hall) -> TestResponse:
    home, set_id = begun(hall)
    with hall.here.reading() as session:
        debit, credit = (sets.account(session, set_id, code).id for code in ("513", "152"))
    lines = {"account_1": debit, "debit_1": "12.50", "account_2": credit, "credit_2": "12.50"}
    page = f"{home}write"
    return hall.press("bookkeeper", page, page, gist="示例折旧", entry_on="2026-01-31", **lines)


def put_in_books(hall: Hall) -> TestResponse:
    _, page = drafted(hall)
    return hall.press("reviewer", page, f"{page}/post")


def discard(hall: Hall) -> TestResponse:
    _, page = drafted(hall)
    return hall.press("reviewer", page, f"{page}/discard")


def take_back(hall: Hall) -> TestResponse:
    _, page = drafted(hall, is_posted=True)
    return hall.press("bookkeeper", page, f"{page}/reverse")


def close(hall: Hall) -> TestResponse:
    home, _ = begun(hall)
    return hall.press("bookkeeper", home, f"{home}close")


def reopen(hall: Hall) -> TestResponse:
    home, set_id = begun(hall)
    with hall.here.writing() as session:
        book = Book(hall.here, session, session.get_one(AccountSet, set_id))
        book.close()
    return hall.press("reviewer", home, f"{home}reopen", reason="示例原因")


def carry(hall: Hall) -> TestResponse:
    home, set_id = begun(hall)
    with hall.here.writing() as session:
        book = Book(hall.here, session, session.get_one(AccountSet, set_id))
        book.post(("513", 5), ("10201", -5))
        for month in range(1, 12):
            now = hall.here.now()
            close_month(session, book.books, 202600 + month, book.bookkeeper, now)
    return hall.press("bookkeeper", home, f"{home}carry")


def add_account(hall: Hall) -> TestResponse:
    page = f"{begun(hall)[0]}chart"
    return hall.press("bookkeeper", page, page, code="11301", name="示例户")


def retire(hall: Hall) -> TestResponse:
    page = f"{begun(hall)[0]}chart"
    return hall.press("bookkeeper", page, f"{page}/32202/retire")


def agree(hall: Hall) -> TestResponse:
    home, _ = begun(hall)
    days = {"from_on": "2026-01-01", "to_on": "2028-12-31", "signed_on": "2025-12-20"}
    names = {"signed_by_village": "示例村主任", "signed_by_town": "示例乡长"}
    rights = {f"right_{place}": "1" for place in range(1, 6)}
    return hall.press("bookkeeper", home, f"{home}agreement", **days, **names, **rights)


def register_bank(hall: Hall) -> TestResponse:
    home, set_id = begun(hall)
    typed = {"account": "10201", "bank": "示例信用社", "number": f"990101{set_id:04}"}
    return hall.press("bookkeeper", home, f"{home}bank", **typed)


def appoint(hall: Hall) -> TestResponse:
    home, _ = begun(hall)
    return hall.press("bookkeeper", home, f"{home}clerk")


def compared(hall: Hall) -> TestResponse:
    page = f"{HOME}forms/balance-sheet"
    return hall.press("reviewer", page, f"{page}/compared")


def change_report_lines(hall: Hall) -> TestResponse:
    page = f"{HOME}forms/income"
    sheet = "行次,项目,缩进,左右,方向,公式\n1,示例收入,0,1,贷,501\n".encode()
    return hall.press("reviewer", page, page, file=hall.upload(sheet, "lines.csv"))


def take_in(hall: Hall) -> TestResponse:
    with hall.here.writing() as session:
        village = villages(session)[next_free(session) % len(villages(session))]
        how = Opening(SetKind.COMMITTEE, "示例委员会", 202601, Numbering.MONTHLY, 0)
        who = clerk(session, "bookkeeper")
        page = f"{HOME}{open_books(session, village, how, who, hall.here.now()).id}/opening"
    sheet = "科目编码,期初借方,期初贷方\n10201,5.00,\n301,,5.00\n".encode()
    return hall.press("bookkeeper", page, page, file=hall.upload(sheet, "opening.csv"))


BOOKS: dict[str, Callable[[Hall], TestResponse]] = {
    "accounts.open_set": open_set,
    "accounts.write": write,
    "accounts.put_in_books": put_in_books,
    "accounts.discard": discard,
    "accounts.take_back": take_back,
    "accounts.close": close,
    "accounts.reopen": reopen,
    "accounts.carry": carry,
    "accounts.add_account": add_account,
    "accounts.retire": retire,
    "accounts.agree": agree,
    "accounts.register_bank": register_bank,
    "accounts.appoint": appoint,
    "accounts.compared": compared,
    "accounts.change_report_lines": change_report_lines,
    "accounts.take_in": take_in,
}
