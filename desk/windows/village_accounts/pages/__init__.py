"""村账的页面: sets, charts, entries, day books, balances, months."""

from desk.windows.village_accounts.pages import (
    assets,
    bank,
    board_sheet,
    bundle_papers,
    bundle_steps,
    bundles,
    cash,
    disclosure,
    entrustment,
    keeping,
    month_papers,
    months,
    open_books,
    opening,
    originals,
    questions,
    registers,
    report_forms,
    report_papers,
    reports,
    writing,
)
from desk.windows.village_accounts.pages.books import bp

BLUEPRINTS = (bp, open_books.bp)

__all__ = [
    "BLUEPRINTS",
    "assets",
    "bank",
    "board_sheet",
    "bp",
    "bundle_papers",
    "bundle_steps",
    "bundles",
    "cash",
    "disclosure",
    "entrustment",
    "keeping",
    "month_papers",
    "months",
    "open_books",
    "opening",
    "originals",
    "questions",
    "registers",
    "report_forms",
    "report_papers",
    "reports",
    "writing",
]
