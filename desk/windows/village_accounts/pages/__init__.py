"""村账的页面: sets, charts, entries, day books, balances, months."""

from desk.windows.village_accounts.pages import (
    keeping,
    months,
    report_papers,
    reports,
    writing,
)
from desk.windows.village_accounts.pages.books import bp

__all__ = ["bp", "keeping", "months", "report_papers", "reports", "writing"]
