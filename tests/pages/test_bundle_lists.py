"""报账页: whose cash has to be seen to and which rent is due stand on it; minutes are asked for."""

import io
from collections.abc import Callable

import pytest

from desk.windows.village_accounts.jobs import remind_of_rents
from desk.windows.village_accounts.rules.registers import Register
from kernel.web.house import House
from tests.actions.a_book import begin
from tests.actions.a_bundle import brought, invoice
from tests.builders import Visitor
from tests.pages.happy_books import HOME
from tests.pages.happy_bundles import SCANNED
from tests.pages.happy_registers import CONTRACT
from tests.pages.test_registers import put

Visit = Callable[[str], Visitor]


@pytest.fixture
def kind() -> str:
    """Pages are made the same way on both kinds of database."""
    return "sqlite"


def test_the_list_tells_of_cash_over_its_limit_and_of_rents_that_draw_near(
    visit: Visit, here: House
) -> None:
    with here.writing() as session:
        book = begin(here, session)
        put(book, Register.CONTRACTS, **CONTRACT)
    keeper = visit("bookkeeper")
    assert "现金要处理的" not in keeper.open(f"{HOME}bundles/").text
    assert "该收的租金" not in keeper.text, "nobody was reminded yet"
    with here.writing() as session:
        book = type(book)(here, session, session.get_one(type(book.books), book.books.id))
        book.post(("101", 6_000_00), ("10201", -6_000_00), kind="transfer")
    remind_of_rents(here)
    said = keeper.open(f"{HOME}bundles/").text
    for words in (
        "现金要处理的 1 个账套",
        "超过限额 1,000.00 元",
        "该收的租金 1 笔",
        "示例鱼塘承包",
    ):
        assert words in said


def test_what_a_meeting_decides_is_not_signed_without_its_minutes(
    visit: Visit, here: House
) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        papers.take(invoice(26_000_00))
        page = f"{HOME}cases/{papers.case.number}/sign"
    clerk = visit("village_clerk")
    parts = ("handler", "witness", "supervision", "secretary", "village_head", "assembly")
    typed = {f"name_{part}": f"示例{place}某" for place, part in enumerate((*parts, "town_leader"))}
    typed |= {f"on_{part}": "2026-01-05" for part in (*parts, "town_leader")}
    clerk.open(page)
    refused = clerk.press(page, **typed, file=(io.BytesIO(SCANNED), "a.pdf"))  # type: ignore[arg-type]
    assert refused.status_code == 422
    assert "请上传会议记录" in refused.text
    assert 'value="示例5某"' in refused.text
