"""短信设置: what a town may decide about texts, read from what was typed."""

import re
from decimal import Decimal, InvalidOperation

from kernel.errors import InvalidInput

_HOUR = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
_MOST_YUAN = Decimal(1_000_000)


class NotAnHour(InvalidInput):
    message = "时间写成 21:00 这样，请改正。"


class NotYuan(InvalidInput):
    message = "金额写成 12.50 这样（元），请改正。"


class NotSmall(InvalidInput):
    message = "每天每个号码 1 到 9 条，请改正。"


def read_hour(typed: str) -> int:
    """Return the minutes of the day of 21:00. Raises: NotAnHour."""
    found = _HOUR.fullmatch(typed.strip())
    if not found:
        raise NotAnHour
    return int(found[1]) * 60 + int(found[2])


def read_small(typed: str) -> int:
    """Return a cap of one to nine. Raises: NotSmall."""
    if not re.fullmatch("[1-9]", typed.strip()):
        raise NotSmall
    return int(typed)


def read_fen(typed: str) -> int:
    """Return fen for what was typed in yuan. Raises: NotYuan."""
    return _units(typed, 100)


def read_li(typed: str) -> int:
    """Return 厘, thousandths of a yuan, for what was typed in yuan. Raises: NotYuan."""
    return _units(typed, 1000)


def _units(typed: str, of_a_yuan: int) -> int:
    try:
        units = Decimal(typed.strip()) * of_a_yuan
    except InvalidOperation:
        raise NotYuan from None
    if not units.is_finite() or not 0 <= units <= _MOST_YUAN * of_a_yuan or units % 1:
        raise NotYuan
    return int(units)
