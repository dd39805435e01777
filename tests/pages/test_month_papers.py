"""每月装订页: each paper of a month opens as a PDF and says what the books say."""

import io
import re
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from desk.windows.village_accounts.records import AccountSet
from desk.windows.village_accounts.rules.month_papers import MonthPaper
from kernel.web.house import House
from tests.actions.a_bank import bring_in
from tests.actions.a_book import Book, begin
from tests.builders import Visitor

MONTH = "?to=2026-01&from=2026-01"
SAID = {
    "papers/vouchers.pdf": (
        "记账凭证",
        "记字第2号",
        "513管理费用",
        "壹仟贰佰叁拾肆元伍角陆分",
        "附件1张",
    ),
    "papers/cover.pdf": ("凭证封面", "第1号至第2号"),
    "papers/book-covers.pdf": ("总账", "账簿启用", "2026年1月1日"),
    "papers/requests.pdf": ("用款申请单", "10201银行存款—专户存款", "叁万元整"),
    "papers/payments.pdf": ("付款清单", "记字第2号", "1,234.56"),
    "books/10202.pdf": ("10202支出户存款", "本月合计", "本年累计", "28,765.44"),
    "bank/10201.pdf": ("银行存款余额调节表", "调节后余额"),
}


@pytest.fixture
def kept(here: House) -> str:
    """Keep the books of a village for a month; return where they are."""
    with here.writing() as session:
        book = begin(here, session)
        book.post(("10202", 30_000_00), ("10201", -30_000_00), kind="transfer")
        book.post(("513", 1_234_56), ("10202", -1_234_56))
        bring_in(book)
        return f"/windows/accounts/{book.books.id}/"


def test_every_paper_of_a_month_says_what_the_books_say(
    kept: str, visit: Callable[[str], Visitor]
) -> None:
    reader = visit("reviewer")
    listed = reader.open(f"{kept}papers{MONTH}").text
    assert all(f"papers/{paper}.pdf" in listed for paper in MonthPaper)
    for place, words in SAID.items():
        paper = PdfReader(io.BytesIO(reader.open(f"{kept}{place}{MONTH}").data))
        text = re.sub(r"\s", "", "".join(page.extract_text() for page in paper.pages))
        assert [word for word in words if word not in text] == [], place
    assert reader.open(f"{kept}books/10202.xlsx{MONTH}").status_code == 200
    assert reader.open(f"{kept}papers/nothing.pdf").status_code == 404


def test_a_cash_box_nobody_counted_has_no_paper(kept: str, visit: Callable[[str], Visitor]) -> None:
    keeper = visit("bookkeeper")
    assert keeper.open(f"{kept}cash/101.pdf{MONTH}").status_code == 404
    keeper.open(f"{kept}cash/101{MONTH}")
    typed = {"keeper": "示例报账员", "counted_on": "2026-01-31", "face_10000": "1"}
    refused = keeper.press(f"{kept}cash/101", to="2026-01", **typed)
    assert refused.status_code == 422
    assert "相差100.00元" in refused.text
    assert 'value="示例报账员"' in refused.text
    assert (
        keeper.press(f"{kept}cash/101", to="2026-01", **typed, note="示例原因").status_code == 303
    )
    paper = PdfReader(io.BytesIO(keeper.open(f"{kept}cash/101.pdf{MONTH}").data))
    assert "壹佰元整" in paper.pages[0].extract_text()


def test_a_month_that_is_closed_is_looked_at_again(
    here: House, kept: str, visit: Callable[[str], Visitor]
) -> None:
    with here.writing() as session:
        begun = session.get_one(AccountSet, int(kept.rstrip("/").rpartition("/")[2]))
        book = Book(here, session, begun)
        book.close()
        book.post(("513", 7_00), ("10202", -7_00))
    reader = visit("bookkeeper")
    assert "记字第1号至第2号" in reader.open(f"{kept}papers?to=2026-01").text
    assert "记字第1号至第1号" in reader.open(f"{kept}papers").text
    assert "2026年1月凭证" in reader.open(f"{kept}entries/?to=2026-01").text
    both = reader.open(f"{kept}books/10202?from=2026-01").text
    assert "2026年1月至2026年2月" in both
