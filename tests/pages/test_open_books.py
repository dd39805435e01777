"""公开账本的页面: what a villager reads and asks, what the window sees of it, and the paper."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from desk.windows.village_accounts.actions.closing import reopen_month
from desk.windows.village_accounts.records import AccountSet
from kernel.clock import FixedClock
from kernel.web.house import House
from tests.actions.a_book import Book, begin
from tests.actions.a_sheet import drafted, expense, keep_january, published, reviewed
from tests.builders import BASE, Visitor
from tests.pages.happy_open_books import keep_redacted, release
from tests.pages.happy_paths import Hall

QUESTIONS = "/windows/accounts/questions/"


@dataclass(frozen=True)
class Out:
    """A published sheet: where villagers read it, and where they ask about a line."""

    home: str
    page: str
    line: str
    staff: str


@pytest.fixture
def out(here: House) -> Out:
    """Publish January's sheet of a village."""
    with here.writing() as session:
        book = begin(here, session)
        keep_january(book)
        sheet = published(book)
        number, line = sheet.disclosure.id, expense(session, sheet).line
        set_id = book.books.id
    page = f"/books/sheets/{number}"
    staff = f"/windows/accounts/{set_id}/disclosures/{number}"
    return Out("/books/V01/", page, f"{page}/lines/{line}", staff)


@pytest.fixture
def kind() -> str:
    """Pages are made the same way on both kinds of database."""
    return "sqlite"


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path, base_url=BASE)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.text


def test_everybody_reads_a_published_sheet_class_by_class_and_nobody_another(
    here: House, client: FlaskClient, out: Out
) -> None:
    page = read(client, out.page)
    for said in ("100,000.00", "8,000.00", "1,500.00", "106,500.00", "示例监委甲", "校验码"):
        assert said in page
    assert "1,200.00" in read(client, f"{out.page}/expense")
    assert "106,500.00" in read(client, out.page.replace("/books/sheets/", "/B/"))
    assert out.page in read(client, out.home)
    assert "原始凭证可到村委会查看" in read(client, out.line)
    assert client.get(f"{out.page}/nonsense", base_url=BASE).status_code == 404
    with here.writing() as session:
        book = begin(here, session, village=1)
        keep_january(book)
        number = drafted(book).disclosure.id
    for path in (f"/books/sheets/{number}", f"/books/sheets/{number}/expense"):
        assert client.get(path, base_url=BASE).status_code == 404


def test_a_villager_asks_and_reads_the_answer_and_the_window_sees_no_name_unasked(
    visit: Callable[[str], Visitor], out: Out
) -> None:
    villager, keeper = visit(""), visit("bookkeeper")
    villager.open(out.line)
    again = villager.press(out.line, asked=" ", name="示例提问人", phone="154")
    assert again.status_code == 422
    assert 'value="示例提问人"' in again.text
    once = villager.press(out.line, asked="买了什么？", name="示例提问人", phone="15400001234")
    twice = villager.press(out.line, asked="买了什么？", name="示例提问人", phone="15400001234")
    assert once.status_code == 303
    assert once.headers["Location"] == twice.headers["Location"]
    assert "最迟" in villager.follow(once).text
    assert "示例提问人" not in villager.text
    slip = once.headers["Location"]
    listed = keeper.open(QUESTIONS)
    assert "买了什么" in listed.text
    page = QUESTIONS + listed.text.partition(f"{QUESTIONS}")[2].partition('"')[0]
    assert "示例提问人" not in keeper.open(page).text
    assert "示例提问人" in keeper.press(f"{page}/reveal").text
    keeper.open(page)
    refused = keeper.press(f"{page}/answer", answer="", shown="买了什么？", public="1")
    assert refused.status_code == 422
    keeper.open(page)
    said = {"answer": "买了示例水泥三吨。", "shown": "这笔钱买了什么？", "public": "1"}
    assert keeper.press(f"{page}/answer", **said).status_code == 303
    for path in (out.page, out.line, slip):
        assert "买了示例水泥三吨。" in villager.open(path).text


def test_a_village_clerk_finds_no_question_anywhere(
    visit: Callable[[str], Visitor], out: Out
) -> None:
    villager = visit("")
    villager.open(out.line)
    villager.press(out.line, asked="示例问题甲乙丙")
    for name in ("village_clerk", "adviser", "counter1"):
        somebody = visit(name)
        assert somebody.open(QUESTIONS).status_code == 403
        for path in ("/board/cases", "/cases/transfers", "/"):
            assert "示例问题甲乙丙" not in somebody.open(path).text


def test_questions_from_one_address_are_limited(visit: Callable[[str], Visitor], out: Out) -> None:
    answers = []
    for number in range(10):
        villager = visit("")
        villager.open(out.line)
        answers.append(villager.press(out.line, asked=f"第{number}问").status_code)
    assert answers == [303] * 8 + [429] * 2


def test_a_redacted_original_is_seen_only_while_it_is_released(
    app: Flask, here: House, clock: FixedClock
) -> None:
    hall = Hall(here, app, clock)
    villager = hall.browser("")
    line = keep_redacted(hall).headers["Location"]
    _, _, rest = line.partition("/disclosures/")
    path = f"/books/sheets/{rest}/file"
    assert villager.open(path).status_code == 404
    page = release(hall).headers["Location"]
    shown = f"/books/sheets/{page.rpartition('/')[2]}/lines/{rest.rpartition('/')[2]}/file"
    answer = villager.open(shown)
    assert answer.status_code == 200
    assert answer.data.startswith(b"\x89PNG")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_sheet_for_the_board_is_a_pdf_before_and_after_it_is_published(
    here: House, visit: Callable[[str], Visitor], out: Out
) -> None:
    keeper = visit("bookkeeper")
    assert keeper.open(f"{out.staff}/sheet.pdf").data.startswith(b"%PDF")
    with here.writing() as session:
        book = begin(here, session, village=1)
        keep_january(book)
        number = reviewed(book).disclosure.id
        path = f"/windows/accounts/{book.books.id}/disclosures/{number}/sheet.pdf"
    assert keeper.open(path).data.startswith(b"%PDF")


def test_what_came_into_published_months_afterwards_is_said_wherever_they_are_told(
    here: House, client: FlaskClient, out: Out
) -> None:
    set_id = int(out.staff.split("/")[3])
    with here.writing() as session:
        book = Book(here, session, session.get_one(AccountSet, set_id))
        reopen_month(session, book.books, "示例漏记", book.reviewer, here.now())
        book.post(("513", 77_00), ("10202", -77_00))
        book.close()
    places = (out.page, f"{out.page}/expense", f"{out.page}/money", out.line)
    for path in places:
        said = read(client, path)
        assert "补记了账" in said, path
        assert "2026年1月 记字第4号" in said, path
