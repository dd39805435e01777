"""作弊的按钮: verbs that break one promise each; a walk that does not see them proves nothing."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bench.walk.verbs import VERBS, WHY, Press, Verb
from desk.cases.records import Approval, Case, Countdown, JointPart, Leg
from desk.cases.rules.stages import Stage
from kernel.calendar.rules import ONE_DAY


def _another_day(_: Press, __: Session, case: Case) -> None:
    """Give a case another day than its facts give."""
    if case.due_on is not None:
        case.due_on += ONE_DAY


def _recoloured(_: Press, session: Session, case: Case) -> None:
    """Take a light back, or move the moment at which it showed."""
    for one in session.scalars(sa.select(Countdown).where(Countdown.case_id == case.id)):
        if one.yellow_at is not None:
            one.yellow_at += timedelta(hours=1)


def _opened_again(_: Press, __: Session, case: Case) -> None:
    """Take a case that has ended up again, as if nothing had been."""
    case.stage = Stage.IN_PROGRESS


def _own_approval(press: Press, session: Session, case: Case) -> None:
    """Grant oneself what one asked for."""
    for one in session.scalars(sa.select(Approval).where(Approval.case_id == case.id)):
        one.decided_by_id, one.decided_at = one.asked_by_id, press.here.now()
        one.is_granted, one.answer = True, WHY


def _lost_number(_: Press, session: Session, __: Case) -> None:
    """Take a number and use it for nothing."""
    session.execute(sa.text("UPDATE serial SET last = last + 1"))


def _answered_beside(press: Press, session: Session, case: Case) -> None:
    """Say that a part is over, and let its time run on."""
    parts = sa.select(JointPart).join(Leg, Leg.id == JointPart.leg_id)
    for one in session.scalars(parts.where(Leg.case_id == case.id)):
        one.ended_at = one.ended_at or press.here.now()


CHEATS: dict[str, dict[str, tuple[Verb, int]]] = {
    cheat.__name__.strip("_"): {**VERBS, cheat.__name__: (cheat, 12)}
    for cheat in (
        *(_another_day, _recoloured, _opened_again),
        *(_own_approval, _lost_number, _answered_beside),
    )
}
#: where hardly anybody is asked for a part, there is nothing to answer beside
CHEATS["answered_beside"]["assist"] = (VERBS["assist"][0], 30)
