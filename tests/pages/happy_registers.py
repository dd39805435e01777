"""顺利的一次: the buttons of the registers beside the books."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from werkzeug.test import TestResponse

from desk.windows.village_accounts.records import AccountSet
from tests.actions.a_book import Book
from tests.pages.happy_books import begun

if TYPE_CHECKING:  # the table of all presses has these in it
    from tests.pages.happy_paths import Hall

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


REGISTERS: dict[str, Callable[[Hall], TestResponse]] = {
    "accounts.add_row": add,
    "accounts.change_row": change,
    "accounts.retire_row": retire,
    "accounts.register_sheet": export,
    "accounts.draft_wear": wear,
    "accounts.receive_rent": rent,
}
