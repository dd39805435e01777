"""村里代收: an adviser takes papers in for a neighbour; the counter finds them waiting."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.cases.actions.register import Intake, register
from desk.cases.records import Case
from kernel.access import Actor
from kernel.hall import Hall


def expect(session: Session, intake: Intake, actor: Actor, now: datetime, hall: Hall) -> Case:
    """Note what an adviser carries to the hall; no clock runs until the hall takes it in.

    The adviser has the neighbour's signed consent, and from now on sees this case and no other.
    """
    case = register(session, intake, actor, now, hall)
    case.carried_by_id = actor.staff_id
    return case
