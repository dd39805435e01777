"""协办查询: what other windows were asked for, and what waits at one's own. Reads only.

Whom a window asked sees of that case what his part needs, and nothing else of it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.records import Case, Countdown, JointPart, Leg
from desk.cases.rules.lights import Light, light
from kernel.clock import town_day
from kernel.errors import NotFound
from services_catalog.rules.items import Window

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Part:
    """协办部分: what was asked of whom about a case, with its time."""

    part: JointPart
    leg: Leg
    countdown: Countdown
    case: Case

    @property
    def is_waiting(self) -> bool:
        """Say whether somebody still waits for its answer."""
        return self.part.ended_at is None


_PARTS = (
    sa.select(JointPart, Leg, Countdown, Case)
    .join(Leg, Leg.id == JointPart.leg_id)
    # by its case: a leg's countdown has no index of its own
    .join(Countdown, sa.and_(Countdown.case_id == Leg.case_id, Countdown.leg_id == Leg.id))
    .join(Case, Case.id == Leg.case_id)
)

_WAITS = (
    JointPart.ended_at.is_(None),
    JointPart.window.in_(sa.bindparam("windows", expanding=True)),
)
_NUMBER = sa.select(sa.func.count()).select_from(JointPart).where(*_WAITS)


def waiting_at(session: Session, windows: Collection[Window]) -> list[Part]:
    """Return what these windows were asked for and have not answered, the first due first."""
    order = (Countdown.due_on, JointPart.leg_id)
    query = _PARTS.where(*_WAITS).order_by(*order).params(windows=windows)
    return _found(session, query.limit(MOST_LISTED))


def number_waiting(session: Session, windows: Collection[Window]) -> int:
    """Return how many parts wait at these windows; its index holds nothing else."""
    return session.scalar(_NUMBER, {"windows": windows}) or 0


def parts_of(session: Session, case: Case) -> list[Part]:
    """Return every part of a case that somebody else was asked for, in its order."""
    return _found(session, _PARTS.where(Leg.case_id == case.id).order_by(Leg.id))


def asked_of(session: Session, number: str, windows: Collection[Window]) -> list[Part]:
    """Return the parts of a case that were asked of these windows. Raises NotFound."""
    mine = (Case.number == number, JointPart.window.in_(windows))
    found = _found(session, _PARTS.where(*mine).order_by(JointPart.leg_id.desc()))
    if not found:
        raise NotFound
    return found


def part_of(parts: Collection[Part], leg_id: int) -> Part:
    """Return one of some parts. Raises NotFound."""
    for one in parts:
        if one.leg.id == leg_id:
            return one
    raise NotFound


def light_of(one: Part, now: datetime) -> Light:
    """Return how a part stands, or stood when it ended: then in time or late, no longer near."""
    runs, until = one.countdown, one.part.ended_at or now
    yellow_on = runs.yellow_on if one.is_waiting else None
    return light(yellow_on, runs.over_at, until, town_day(until))


def _found(
    session: Session, query: sa.Select[tuple[JointPart, Leg, Countdown, Case]]
) -> list[Part]:
    return [Part(*row) for row in session.execute(query)]
