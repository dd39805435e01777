"""公开的期间: a sheet tells one closed month, or the quarter it lies in.

Source: 农经发〔2011〕13号 (at least quarterly, monthly where much happens).
"""

from enum import StrEnum

from desk.windows.village_accounts.rules.periods import words
from kernel.errors import Refusal


class Span(StrEnum):
    """How much one sheet tells."""

    MONTH = "month"  # 一个月
    QUARTER = "quarter"  # 一个季度


SPAN_NAMES: dict[Span, str] = {Span.MONTH: "一个月", Span.QUARTER: "一个季度"}


class MonthsOpen(Refusal):
    message = "{period}还没有结账，结了账才能起草公开表。"
    field = "period"


class SheetTaken(Refusal):
    message = "{period}的公开表已经起草过了；要重做，先作废没有公布的那一份。"
    field = "period"


class BeforeBooks(Refusal):
    message = "这个账套从{period}起记账，不能公开更早的月份。"
    status = 422
    field = "period"


def months_of(span: Span, period: int) -> tuple[int, int]:
    """Return the first and last month of a sheet; a quarter is the one a month lies in."""
    if span is Span.MONTH:
        return period, period
    year, month = divmod(period, 100)
    first = year * 100 + (month - 1) // 3 * 3 + 1
    return first, first + 2


def check_months(first: int, last: int, begins: int, opens: int) -> None:
    """Refuse months before the books, and months that may still change.

    Raises: BeforeBooks, MonthsOpen.
    """
    if first < begins:
        raise BeforeBooks(period=words(begins))
    if last >= opens:
        raise MonthsOpen(period=words(max(first, opens)))


def span_words(first: int, last: int) -> str:
    """Return the months of a sheet as they are said."""
    return words(first) if first == last else f"{words(first)}至{last % 100}月"
