"""取号: the next number of a series, in the transaction of what it numbers.

One statement takes it, so that two counters never get the same one, and a rollback gives it
back: no gaps. Source: design rule 7 of docs/architecture.md.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from desk.cases.records import Serial
from desk.cases.rules.papers import PaperKind, paper_number
from desk.cases.rules.receipts import receipt_number
from kernel.clock import town_day
from kernel.database import prebuilt
from services_catalog.rules.items import Window


def next_receipt_number(session: Session, window: Window, now: datetime) -> str:
    """Return the next number of a window in the civil year of `now`."""
    year = town_day(now).year
    return receipt_number(window, year, _next(session, f"case:{window}", year))


def take_block(session: Session, window: Window, now: datetime, count: int) -> list[str]:
    """Return the next `count` numbers of a window in the civil year of `now`, at one stroke."""
    year = town_day(now).year
    last = _next(session, f"case:{window}", year, count)
    return [receipt_number(window, year, one) for one in range(last - count + 1, last + 1)]


def next_paper_number(session: Session, kind: PaperKind, now: datetime) -> str:
    """Return the next number of a kind of paper in the civil year of `now`."""
    year = town_day(now).year
    return paper_number(kind, year, _next(session, f"paper:{kind}", year))


def next_serial(session: Session, series: str, now: datetime) -> tuple[int, int]:
    """Return civil year and next number of a window's own series, for papers of its own."""
    year = town_day(now).year
    return year, _next(session, series, year)


_FIRST = sqlite.insert(Serial).values(
    series=sa.bindparam("series"), year=sa.bindparam("year"), last=sa.bindparam("count")
)
_TAKE = prebuilt(
    _FIRST.on_conflict_do_update(
        index_elements=[Serial.series, Serial.year],
        set_={"last": Serial.last + sa.bindparam("count", type_=sa.Integer)},
    ).returning(Serial.last)
)


def _next(session: Session, series: str, year: int, count: int = 1) -> int:
    """Move a series on by `count`; return the last number taken."""
    taken = session.execute(_TAKE, {"series": series, "year": year, "count": count})
    return int(taken.scalar_one())
