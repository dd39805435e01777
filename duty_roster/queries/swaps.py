"""换班查询: which swaps wait for whom, and what changed hands."""

from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from duty_roster.records.people import DutyPerson
from duty_roster.records.sheets import DutySheet, DutySwap, DutyTurn
from duty_roster.rules.sheets import SheetStage
from duty_roster.rules.swaps import OPEN, SwapStage
from kernel.errors import NotFound

Row = tuple[DutySwap, DutyTurn]


def swap(session: Session, swap_id: int) -> DutySwap:
    """Return a swap. Raises NotFound."""
    found = session.get(DutySwap, swap_id)
    if found is None:
        raise NotFound
    return found


def open_swaps(session: Session, today: date) -> list[Row]:
    """Return the swaps that wait for somebody's word, by day; a turn that is over waits no more."""
    in_time = (DutySheet.stage == SheetStage.PUBLISHED, DutyTurn.day >= today)
    query = _rows().where(DutySwap.stage.in_(OPEN), *in_time)
    return [(row[0], row[1]) for row in session.execute(query.order_by(DutyTurn.day))]


def number_waiting(session: Session, staff_id: int, today: date, *, decides: bool) -> int:
    """Return how many swaps wait for one person's word: as the deputy, or as who approves."""
    told = {"whose": staff_id, "decides": decides, "today": today}
    return len(session.execute(_waiting(), told).all())


@cache
def _waiting() -> sa.Select[tuple[DutySwap, DutyTurn]]:
    # built once: every page of the staff asks
    whose = DutyPerson.staff_id == sa.bindparam("whose")
    mine = sa.select(DutyPerson.id).where(whose).scalar_subquery()
    asked = sa.and_(DutySwap.stage == SwapStage.ASKED, DutySwap.deputy_id == mine)
    decides = sa.bindparam("decides", type_=sa.Boolean)
    agreed = sa.and_(DutySwap.stage == SwapStage.AGREED, decides)
    in_time = (DutySheet.stage == SheetStage.PUBLISHED, DutyTurn.day >= sa.bindparam("today"))
    return _rows().where(sa.or_(asked, agreed), *in_time)


def open_of_turn(session: Session, turn_id: int) -> DutySwap | None:
    """Return the swap of a turn that still waits for a word."""
    mine = (DutySwap.turn_id == turn_id, DutySwap.stage.in_(OPEN))
    return session.scalar(sa.select(DutySwap).where(*mine))


def in_force(session: Session, first: date, last: date) -> list[Row]:
    """Return what changed hands from `first` to `last`: 替班记录, in every edition."""
    query = _rows().where(DutySwap.stage == SwapStage.IN_FORCE, DutyTurn.day.between(first, last))
    return [(row[0], row[1]) for row in session.execute(query.order_by(DutyTurn.day, DutySwap.id))]


def recent(session: Session, since: date, limit: int) -> list[Row]:
    """Return the swaps of turns since a day, whatever became of them, the newest first."""
    query = _rows().where(DutyTurn.day >= since).order_by(DutySwap.id.desc()).limit(limit)
    return [(row[0], row[1]) for row in session.execute(query)]


def _rows() -> sa.Select[tuple[DutySwap, DutyTurn]]:
    return (
        sa.select(DutySwap, DutyTurn)
        .join(DutyTurn, DutyTurn.id == DutySwap.turn_id)
        .join(DutySheet, DutySheet.id == DutyTurn.sheet_id)
    )
