"""会计期间: months as numbers (202603), one open at a time, one after the other.

Month 0 of a set's first year holds its opening balances and nothing else.
Source: 会计基础工作规范; domain notes 4.3 (结账); practice 20, 21.
"""

from calendar import monthrange
from datetime import date

from desk.windows.village_accounts.rules.kinds import Numbering
from kernel.errors import Refusal
from kernel.text import whole_number

FIRST_YEAR, LAST_YEAR = 2024, 2099


class NotAMonth(Refusal):
    message = "月份请写成 2026-03 这样，年份在{first}到{last}之间。"
    status = 422
    field = "period"


def period_of(day: date) -> int:
    """Return the month a day is in."""
    return day.year * 100 + day.month


def next_period(period: int) -> int:
    """Return the month after; the opening balances come before January or any later start."""
    return period + 89 if period % 100 == 12 else period + 1


def last_day(period: int) -> date:
    """Return the last day of a month."""
    year, month = divmod(period, 100)
    return date(year, month, monthrange(year, month)[1])


def first_day(period: int) -> date:
    """Return the first day of a month."""
    return date(period // 100, period % 100, 1)


def series(period: int, numbering: Numbering) -> int:
    """Return within which series an entry of a month is numbered; the opening has its own."""
    is_yearly = numbering is Numbering.YEARLY and period % 100
    return period // 100 if is_yearly else period


def words(period: int) -> str:
    """Return a month as it is said."""
    year, month = divmod(period, 100)
    return f"{year}年{month}月" if month else f"{year}年期初"


def number_words(period: int, number: int | None) -> str:
    """Return the number of an entry as it is written: one series, 记字."""
    month = period % 100
    if not month:
        return f"期初第{number}号" if number and number > 1 else "期初"
    return f"{period // 100}年{month}月 记字第{number}号" if number else "未记账"


def read_period(typed: str) -> int:
    """Return the month typed as 2026-03. Raises: NotAMonth."""
    year, month = (whole_number(part) or 0 for part in typed.partition("-")[::2])
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise NotAMonth(first=FIRST_YEAR, last=LAST_YEAR)
    return year * 100 + month
