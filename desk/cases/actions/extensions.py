"""延长的动作: lengthen the handling of a case, once, as the head granted."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.cases.actions import countdowns
from desk.cases.actions.telling import tell_moved
from desk.cases.actions.writing import issue_paper, write_line
from desk.cases.records import Approval, Case, Countdown, Extension
from desk.cases.rules.approvals import Asked
from desk.cases.rules.countdowns import LENGTHENED, CountdownKind
from desk.cases.rules.extensions import (
    NothingToExtend,
    check_extension,
    check_in_time,
    extended_line,
)
from desk.cases.rules.later_papers import extended
from desk.cases.rules.notices import dated
from desk.cases.rules.papers import extension_paper
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.hall import Hall


def check(session: Session, case: Case, asked: Asked, now: datetime) -> None:
    """Refuse a second extension, one too long, one too late, or one of nothing.

    Raises: AlreadyExtended, ExtensionOutOfRange, TooLateToExtend, NothingToExtend.
    """
    earlier = session.get(Extension, case.id)
    most = countdowns.most_extension(session, case.window)
    check_extension(asked.days, most, earlier.days if earlier else None)
    handling = _handling(session, case)
    check_in_time(handling.due_on, handling.over_at, now)


def grant(
    session: Session, case: Case, approval: Approval, actor: Actor, now: datetime, hall: Hall
) -> None:
    """Lengthen the limit; the applicant is told the reason and the day, on paper and by text."""
    days = approval.days or 0
    extension = Extension(
        case_id=case.id,
        days=days,
        reason=approval.reason,
        approved_by_id=actor.staff_id,
        granted_at=now,
    )
    session.add(extension)
    session.flush()
    countdowns.move_days(session, case, now, hall.calendar)
    due = dated(case.due_on, is_provisional=case.is_provisional)
    said = extended(days, approval.reason, due)
    issue_paper(session, case, extension_paper(case.window), actor, now, said)
    write_line(session, case, extended_line(days, approval.reason, due), actor, now)
    tell_moved(session, case, "extension", hall.town.signature, now)
    facts = {"days": days, "reason": approval.reason}
    audit.record(session, actor, "case.extended", f"case:{case.id}", now, **facts)


def _handling(session: Session, case: Case) -> Countdown:
    """Return the count that an extension lengthens."""
    for one in countdowns.running(session, case):
        limits = (one.promised.unit, one.statutory.unit)
        if one.kind is CountdownKind.HANDLING and not LENGTHENED.isdisjoint(limits):
            return one
    raise NothingToExtend
