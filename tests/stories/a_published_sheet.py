"""公开的一个月: a village's open books and registers with something of everything to look at."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desk.cases.actions.register import lookup_code
from desk.windows.village_accounts.actions import disclosure as actions
from desk.windows.village_accounts.actions.disclosure import Happened
from desk.windows.village_accounts.actions.posting import reverse, write
from desk.windows.village_accounts.actions.questions import Answering, answer
from desk.windows.village_accounts.records import AccountEntry
from desk.windows.village_accounts.rules.disclosure import Section
from desk.windows.village_accounts.rules.entries import Written
from desk.windows.village_accounts.rules.kinds import EntryKind
from desk.windows.village_accounts.rules.open_books import PictureKind
from desk.windows.village_accounts.rules.register_tables import TableKind
from desk.windows.village_accounts.rules.registers import Register
from kernel.clock import town_day
from kernel.town.records import Village
from kernel.web.house import House
from tests.actions.a_book import Book, begin
from tests.actions.a_sheet import again, asked, drafted, expense, keep_january, published
from tests.builders import person
from tests.pages.happy_rota import a_png
from tests.pages.test_registers import TYPED, put

if TYPE_CHECKING:  # the month calls what is in these books
    from desk.windows.village_accounts.queries.questions import Question
    from tests.stories.a_month_of_work import Month

HERE = "/windows/accounts/<int:set_id>"
LONG = "付示例村第十二村民小组机耕路（老祠堂至示例水库段）砂石料及运费，电话15400001234"


def open_the_books(here: House, month: Month) -> None:
    """Publish a month, correct it, let villagers ask, keep every register; draft another."""
    with here.writing() as session:
        book = begin(here, session, village=6)
        rows = {register: put(book, register, **typed) for register, typed in TYPED.items()}
        _long_line(book)
        keep_january(book)
        sheet = published(book)
        _shown(book, sheet.disclosure.id)
        waiting, private = _questions(book, sheet.disclosure.id)
        other = begin(here, session, village=8)
        keep_january(other)
        fresh = drafted(other)
        line = expense(session, sheet).line
        village = session.get_one(Village, book.books.village_id).code
        codes = [lookup_code(session, one.case) for one in (waiting, private)]
        mine = {"set_id": f"{book.books.id}"}
        number = f"{sheet.disclosure.id}"
        drafts = {"set_id": f"{other.books.id}", "sheet_id": f"{fresh.disclosure.id}"}
        cases = [{"number": one.case.number} for one in (waiting, private)]
    month.pairs |= {
        "/books/<code>/": [{"code": village}, {"code": "V01"}],
        "/books/sheets/<int:sheet_id>": [{"sheet_id": number}],
        "/B/<int:sheet_id>": [{"sheet_id": number}],
        "/books/sheets/<int:sheet_id>/<section>": [
            {"sheet_id": number, "section": one.value} for one in Section
        ],
        "/books/sheets/<int:sheet_id>/lines/<int:line>": [
            {"sheet_id": number, "line": f"{one}"} for one in (0, line)
        ],
        "/q/<code>": [{"code": one} for one in codes],
        "/Q/<code>": [{"code": codes[0]}],
        "/windows/accounts/questions/<number>": cases,
        f"{HERE}/disclosures/": [mine],
        f"{HERE}/disclosures/<int:sheet_id>": [{**mine, "sheet_id": number}, drafts],
        f"{HERE}/disclosures/<int:sheet_id>/lines/<int:line>": [
            {**mine, "sheet_id": number, "line": f"{line}"}
        ],
        f"{HERE}/registers/<register>/": [{**mine, "register": one.value} for one in Register],
        f"{HERE}/registers/<register>/<int:row_id>": [
            {**mine, "register": one.value, "row_id": f"{row}"} for one, row in rows.items()
        ],
        **{f"{HERE}/{page}": [mine] for page in ("wear", "rents", "debts")},
        f"{HERE}/tables/<which>": [{**mine, "which": one.value} for one in TableKind],
    }


def _long_line(book: Book) -> None:
    lines = [book.line("514", 800_00), book.line("10201", -800_00)]
    written = Written(EntryKind.SUBMISSION, date(2026, 1, 8), LONG, lines, attachments=1)
    now = book.here.now()
    book.put(write(book.session, book.books, written, book.bookkeeper, now))
    book.post(("112", 900_00), ("501", -900_00), kind="computed")


def _shown(book: Book, sheet_id: int) -> None:
    """Hang the sheet up, open an original, and take an entry back after all."""
    session, now, sheet = book.session, book.here.now(), again(book, sheet_id)
    happened = Happened(town_day(now), "村口公开栏、示例文化礼堂")
    actions.hang_up(session, sheet, happened, a_png(), book.bookkeeper, now)
    line = expense(session, sheet)
    what = (PictureKind.REDACTED, line.line)
    kept = actions.keep_picture(session, sheet, what, a_png(), book.bookkeeper, now)
    actions.release(session, kept, book.reviewer, now)
    wrong = session.get_one(AccountEntry, line.entry_id)
    book.put(reverse(session, wrong, "冲销：金额写错", book.bookkeeper, now))


def _questions(book: Book, sheet_id: int) -> tuple[Question, Question]:
    """Let three ask: one waits, one was answered in private, one for everybody."""
    session, now, sheet = book.session, book.here.now(), again(book, sheet_id)
    hall = book.here.hall(session)
    waiting = asked(book, sheet, person(5, "示例提问人"))
    private, public = asked(book, sheet), asked(book, sheet)
    said = Answering("您来村账窗口看凭证，带上回执。", "", is_public=False)
    answer(session, private, said, book.bookkeeper, now, hall)
    said = Answering("买了示例水泥三吨，收据在村委会。", "这笔钱买了什么？", is_public=True)
    answer(session, public, said, book.bookkeeper, now, hall)
    return waiting, private
