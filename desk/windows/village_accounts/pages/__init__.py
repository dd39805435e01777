"""村账的页面: sets, charts, entries, day books, balances, months."""

from desk.windows.village_accounts.pages import keeping, months, writing
from desk.windows.village_accounts.pages.books import bp

__all__ = ["bp", "keeping", "months", "writing"]
