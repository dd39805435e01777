"""停电登记的查询: blocks of reserved numbers and what became of each. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.records import Case, NumberBlock, ReservedNumber
from kernel.errors import NotFound
from services_catalog.rules.items import Window

RECENT = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One number of a block, with the case it became."""

    reserved: ReservedNumber
    case: Case | None

    @property
    def is_open(self) -> bool:
        """Say whether nobody knows yet what became of it."""
        return self.case is None and self.reserved.voided_at is None


@dataclass(frozen=True, slots=True)
class Standing:
    """A block with its figures."""

    block: NumberBlock
    first: str
    last: str
    used: int
    void: int

    @property
    def open(self) -> int:
        """Return how many are neither used nor void."""
        return self.block.count - self.used - self.void


def standings(session: Session, windows: Sequence[Window]) -> list[Standing]:
    """Return the newest blocks of some windows with their figures."""
    row = ReservedNumber
    query = (
        sa.select(
            NumberBlock,
            sa.func.min(row.number),
            sa.func.max(row.number),
            sa.func.count(row.case_id),
            sa.func.count(row.voided_at),
        )
        .join(row, row.block_id == NumberBlock.id)
        .where(NumberBlock.window.in_(windows))
        .group_by(NumberBlock.id)
        .order_by(NumberBlock.id.desc())
        .limit(RECENT)
    )
    return [Standing(*found) for found in session.execute(query)]


def block_of(session: Session, windows: Sequence[Window], block_id: int) -> NumberBlock:
    """Return a block of one of these windows. Raises NotFound."""
    found = session.get(NumberBlock, block_id)
    if found is None or found.window not in windows:
        raise NotFound
    return found


def lines_of(session: Session, block: NumberBlock) -> list[Line]:
    """Return the numbers of a block in their order, each with its case."""
    mine = ReservedNumber.block_id == block.id
    used = sa.select(Case).join(ReservedNumber, ReservedNumber.case_id == Case.id).where(mine)
    cases = {case.id: case for case in session.scalars(used)}
    numbers = session.scalars(sa.select(ReservedNumber).where(mine).order_by(ReservedNumber.number))
    return [Line(one, cases.get(one.case_id or 0)) for one in numbers]


def reserved(session: Session, number: str) -> tuple[ReservedNumber, NumberBlock] | None:
    """Return a reserved number with its block."""
    found = session.get(ReservedNumber, number)
    return (found, session.get_one(NumberBlock, found.block_id)) if found else None
