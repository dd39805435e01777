"""村账报表页: every report opens, as a page, a sheet and on paper, and leads to the entries."""

import io
from collections.abc import Callable

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from desk.windows.village_accounts.queries.reports import form
from desk.windows.village_accounts.rules.reports.kinds import (
    NOT_COMPARED,
    REPORT_NAMES,
    STATEMENTS,
    ReportKind,
)
from kernel.web.house import House
from tests.actions.a_book import begin
from tests.builders import BASE, Visitor

HOME = "/windows/accounts/"
JANUARY = "?from=2026-01&to=2026-01"
IN_TOWN = [kind for kind in ReportKind if kind is not ReportKind.LEDGER]


@pytest.fixture
def kept(here: House) -> str:
    """Keep the books of two villages for a month; return where the first one's reports are."""
    with here.writing() as session:
        first = begin(here, session)
        first.post(("10202", 30_000_00), ("10201", -30_000_00), kind="transfer")
        first.post(("513", 1_234_56), ("10202", -1_234_56))
        other = begin(here, session, village=1)
        other.post(("513", 765_44), ("10201", -765_44))
        return f"{HOME}{first.books.id}/reports/"


@pytest.mark.parametrize("report", list(ReportKind))
def test_a_report_is_a_page_a_sheet_and_a_paper(
    kept: str, visit: Callable[[str], Visitor], report: ReportKind
) -> None:
    reader = visit("bookkeeper")
    places = [f"{kept}{report}"] + ([f"{HOME}town/{report}"] if report in IN_TOWN else [])
    for place in places:
        page = reader.open(f"{place}{JANUARY}")
        assert page.status_code == 200
        assert REPORT_NAMES[report] in page.text
        sheet = reader.open(f"{place}.xlsx{JANUARY}")
        rows = list(load_workbook(io.BytesIO(sheet.data)).worksheets[0].values)
        assert rows[0][0] == REPORT_NAMES[report]
        assert len(rows) > 4
        paper = reader.open(f"{place}.pdf{JANUARY}")
        said = PdfReader(io.BytesIO(paper.data)).pages[0].extract_text()
        assert REPORT_NAMES[report] in said
        assert (NOT_COMPARED in said) == (report in STATEMENTS)


def test_a_figure_leads_to_the_accounts_and_these_to_the_book(
    kept: str, visit: Callable[[str], Visitor]
) -> None:
    reader = visit("reviewer")
    page = reader.open(f"{kept}income{JANUARY}")
    assert "1,234.56" in page.text
    made_of = reader.open(f"{kept}income{JANUARY}&line=5").text
    assert "513 管理费用" in made_of
    assert "books/513?from=2026-01&amp;to=2026-01" in made_of
    book = reader.open(f"{kept.replace('reports/', '')}books/513{JANUARY}").text
    assert "1,234.56" in book


def test_the_town_adds_its_villages_up_and_says_which_made_a_figure(
    kept: str, visit: Callable[[str], Visitor]
) -> None:
    page = visit("head").open(f"{HOME}town/balances{JANUARY}&line=513").text
    assert "2,000.00" in page
    assert "1,234.56" in page
    assert "765.44" in page


def test_a_ledger_of_the_whole_town_and_a_report_nobody_knows_are_not_found(
    kept: str, visit: Callable[[str], Visitor]
) -> None:
    reader = visit("bookkeeper")
    for place in (f"{HOME}town/ledger", f"{kept}nothing", f"{kept}nothing.pdf"):
        assert reader.open(place).status_code == 404


def test_the_mark_goes_when_somebody_compared_the_lines_and_comes_back_with_new_ones(
    here: House, kept: str, visit: Callable[[str], Visitor]
) -> None:
    checker, place = visit("reviewer"), f"{kept}balance-sheet"
    page = f"{HOME}forms/balance-sheet"
    assert NOT_COMPARED in checker.open(f"{place}{JANUARY}").text
    checker.open(page)
    assert checker.press(f"{page}/compared").status_code == 303
    assert NOT_COMPARED not in checker.open(f"{place}{JANUARY}").text
    with here.reading() as session:
        record = form(session, ReportKind.BALANCE_SHEET).record
        assert record.compared_by_id
        assert record.compared_at == here.now()
    handed = checker.open(f"{page}.xlsx").data
    for sheet, code in ((b"x", 422), (handed, 303)):
        checker.open(page)
        file = (io.BytesIO(sheet), "lines.xlsx")
        again = checker.client.post(page, base_url=BASE, data={**checker.hidden, "file": file})
        assert again.status_code == code
    assert NOT_COMPARED in checker.open(f"{place}{JANUARY}").text
    assert "第2版" in checker.open(page).text
    assert checker.open(f"{HOME}forms/ledger").status_code == 404
