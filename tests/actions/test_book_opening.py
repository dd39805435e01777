"""期初与年末: balances come in from a sheet; a year ends with nothing left to distribute."""

from collections.abc import Iterator

import pytest

from desk.windows.village_accounts.actions.closing import carry_year, close_month
from desk.windows.village_accounts.actions.opening import take_in_opening
from desk.windows.village_accounts.actions.sets import open_set
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.queries.balances import balance_now
from desk.windows.village_accounts.queries.reports import figures, form
from desk.windows.village_accounts.records import AccountEntry
from desk.windows.village_accounts.rules.closing import CarryingWaits, YearNotCarried
from desk.windows.village_accounts.rules.kinds import EntryKind, Numbering, SetKind
from desk.windows.village_accounts.rules.opening import (
    HasParts,
    OpeningDrafted,
    OpeningOver,
    OpeningRow,
)
from desk.windows.village_accounts.rules.reports.formulas import reckoned
from desk.windows.village_accounts.rules.reports.kinds import ReportKind
from desk.windows.village_accounts.rules.reports.statements import at_end, in_year
from desk.windows.village_accounts.rules.sets import CASH_LIMIT, Opening
from kernel.town.queries import villages
from kernel.web.house import House
from tests.actions.a_book import FIRST, Book, begin
from tests.builders import clerk

ROWS = (
    OpeningRow("10201", "专户存款", 90_000_00),
    OpeningRow("11301", "示例承包户", 10_000_00),
    OpeningRow("301", "资本", -100_000_00),
)


@pytest.fixture
def unbegun(here: House) -> Iterator[Book]:
    """Open the books of a village, its opening balances still missing."""
    with here.writing() as session:
        how = Opening(SetKind.COOPERATIVE, "示例合作社", FIRST, Numbering.MONTHLY, CASH_LIMIT)
        place, who = villages(session)[0], clerk(session, "bookkeeper")
        yield Book(here, session, open_set(session, place, how, who, here.now()))


def take_in(book: Book, *rows: OpeningRow) -> AccountEntry:
    return take_in_opening(book.session, book.books, rows, book.bookkeeper, book.here.now())


def test_a_sheet_becomes_the_opening_entry_and_opens_its_sub_accounts(unbegun: Book) -> None:
    draft = take_in(unbegun, *ROWS)
    assert draft.kind is EntryKind.OPENING
    unbegun.put(draft)
    unbegun.close()
    assert balance_now(unbegun.session, unbegun.account("11301")) == 10_000_00
    with pytest.raises(OpeningOver):
        take_in(unbegun, *ROWS)


def test_a_sheet_comes_in_once_and_only_on_leaves(unbegun: Book) -> None:
    parent = OpeningRow("102", "银行存款", 100_000_00)
    with pytest.raises(HasParts):
        take_in(unbegun, parent, ROWS[2])
    take_in(unbegun, *ROWS)
    with pytest.raises(OpeningDrafted):
        take_in(unbegun, *ROWS)


def test_a_year_ends_with_the_distribution_in_what_is_undistributed(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        for _ in range(11):
            book.close()
        book.post(("10201", 500_00), ("501", -500_00), kind="income")
        book.post(("513", 120_00), ("10201", -120_00))
        book.post(("32202", 100_00), ("311", -100_00), kind="computed")
        with pytest.raises(YearNotCarried, match="经营收入、管理费用、各项分配"):
            close_month(session, book.books, 202612, book.bookkeeper, here.now())
        drafts = carry_year(session, book.books, book.bookkeeper, here.now())
        with pytest.raises(CarryingWaits):
            carry_year(session, book.books, book.bookkeeper, here.now())
        assert len(drafts) == 3
        for draft in drafts:
            book.put(draft)
        close_month(session, book.books, 202612, book.bookkeeper, here.now())
        assert balance_now(session, book.account("32201")) == -280_00
        assert balance_now(session, book.account("32202")) == 0
        year = figures(session, [book.books.id], 202601, 202612)
        income = form(session, ReportKind.INCOME).lines
        earned = reckoned(income, year, in_year)
        assert {line.name: earned.get(line.number) for line in income}["四、净收益"] == 380_00
        sheet = form(session, ReportKind.BALANCE_SHEET).lines
        stands = reckoned(sheet, year, at_end)
        assert stands[sheet[-1].number] == 100_380_00
        assert earned[income[-1].number] == 280_00
        assert sets.last_step(session, book.books.id).opens == 202701
