"""顺利的一次: the buttons of the registers beside the books."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from werkzeug.test import TestResponse

from desk.windows.village_accounts.actions.scans import keep_scan
from desk.windows.village_accounts.actions.sets import agree
from desk.windows.village_accounts.records import AccountSet
from desk.windows.village_accounts.rules.sets import FIVE_RIGHTS, Agreement
from tests.actions.a_book import Book
from tests.actions.a_bundle import SCAN
from tests.pages.happy_books import begun
from tests.pages.happy_bundles import SCANNED

if TYPE_CHECKING:  # the table of all presses has these in it
    from tests.pages.happy_paths import Hall

AGREEMENT = Agreement(
    date(2026, 1, 1),
    date(2028, 12, 31),
    date(2025, 12, 20),
    "示例村主任",
    "示例乡长",
    frozenset(FIVE_RIGHTS),
)
ASSET = {
    "code": "G-001",
    "name": "示例水泵",
    "kind": "machine",
    "acquired_on": "2025-12-10",
    "cost_fen": "12000",
    "residual_fen": "0",
    "months": "120",
    "expense_code": "513",
}
CONTRACT = {
    "title": "示例鱼塘承包",
    "kind": "water",
    "other_party": "示例承包户",
    "from_on": "2026-01-01",
    "to_on": "2030-12-31",
    "rent_fen": "5000",
    "every_months": "12",
    "first_due_on": "2026-01-05",
}


def added(hall: Hall, register: str, **typed: str) -> tuple[str, TestResponse]:
    """Add a row to a register of another village; return the village's place."""
    home, _ = begun(hall)
    page = f"{home}registers/{register}/"
    return home, hall.press("bookkeeper", page, page, **typed)


def add(hall: Hall) -> TestResponse:
    return added(hall, "assets", **ASSET)[1]


def _asset_row(hall: Hall) -> str:
    home, _ = added(hall, "assets", **ASSET)
    listed = hall.browser("bookkeeper").open(f"{home}registers/assets/").text
    number = next(
        part.partition('"')[0]
        for part in listed.split(f'href="{home}registers/assets/')[1:]
        if part[:1].isdigit()
    )
    return f"{home}registers/assets/{number}"


def change(hall: Hall) -> TestResponse:
    page = _asset_row(hall)
    return hall.press("bookkeeper", page, page, place="示例泵站")


def retire(hall: Hall) -> TestResponse:
    page = _asset_row(hall)
    return hall.press("bookkeeper", page, f"{page}/retire", reason="示例报废")


def export(hall: Hall) -> TestResponse:
    home, _ = added(hall, "assets", **ASSET)
    page = f"{home}registers/assets/"
    return hall.press("bookkeeper", page, f"{page}rows.xlsx")


def wear(hall: Hall) -> TestResponse:
    page = f"{added(hall, 'assets', **ASSET)[0]}wear"
    return hall.press("bookkeeper", page, page)


def rent(hall: Hall) -> TestResponse:
    home, _ = added(hall, "contracts", **CONTRACT)
    set_id = int(home.rstrip("/").rpartition("/")[2])
    with hall.here.writing() as session:
        book = Book(hall.here, session, session.get_one(AccountSet, set_id))
        book.post(("10201", 5_000_00), ("501", -5_000_00), kind="income")
    page = f"{home}rents"
    return hall.press("bookkeeper", page, page, entry="2026-01/1")


def table_sheet(hall: Hall) -> TestResponse:
    home, _ = added(hall, "assets", **ASSET)
    page = f"{home}tables/funds"
    return hall.press("bookkeeper", page, f"{page}.xlsx")


def _agreed(hall: Hall, *, is_scanned: bool) -> tuple[str, str]:
    """Register an agreement in another village; return that village's page and the button."""
    home, set_id = begun(hall)
    with hall.here.writing() as session:
        book = Book(hall.here, session, session.get_one(AccountSet, set_id))
        who, now = book.bookkeeper, hall.here.now()
        kept = agree(session, book.books, AGREEMENT, who, now)
        place = f"{home}agreements/{kept.id}/scans"
        if not is_scanned:
            return home, place
        return home, f"{place}/{keep_scan(session, kept, SCAN, who, now).id}"


def keep_agreement_scan(hall: Hall) -> TestResponse:
    home, place = _agreed(hall, is_scanned=False)
    file = hall.upload(SCANNED, "示例.pdf")
    return hall.press("bookkeeper", home, place, file=file)


def show_agreement_scan(hall: Hall) -> TestResponse:
    home, place = _agreed(hall, is_scanned=True)
    return hall.press("bookkeeper", home, place)


REGISTERS: dict[str, Callable[[Hall], TestResponse]] = {
    "accounts.add_row": add,
    "accounts.change_row": change,
    "accounts.retire_row": retire,
    "accounts.register_sheet": export,
    "accounts.draft_wear": wear,
    "accounts.receive_rent": rent,
    "accounts.table_sheet": table_sheet,
    "accounts.keep_agreement_scan": keep_agreement_scan,
    "accounts.show_agreement_scan": show_agreement_scan,
}
