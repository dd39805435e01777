"""值日簿成册: a year bound as long work: what it is called, and what is asked."""

from collections.abc import Collection, Mapping
from typing import Any

from kernel.errors import Refusal

#: what the long work is called
BOOK_WORK = "log.book"
TITLE = "{year}年值日簿"
BOUND = "{year}年值日簿已装订：{pages}页。"


class NothingWritten(Refusal):
    message = "这一年没有记过值日簿，不用成册；请另选一年。"
    status = 422


def check_year(year: int | None, written: Collection[int]) -> int:
    """Return a year that can be bound. Raises NothingWritten."""
    if year is None or year not in written:
        raise NothingWritten
    return year


def as_wanted(year: int) -> dict[str, int]:
    """Return what long work is told."""
    return {"year": year}


def read_wanted(wanted: Mapping[str, Any]) -> int:
    """Return the year that long work was asked for."""
    return int(wanted["year"])
