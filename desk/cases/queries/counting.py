"""计日: how the day of a case was counted, with its holds and its extension. Reads only."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.records import Case, CaseHold, Countdown
from desk.cases.rules.countdowns import CountdownKind, Facts, capped, dates
from desk.cases.rules.deadlines import Due
from kernel.calendar.rules import WorkingCalendar


def counted(session: Session, case: Case, calendar: WorkingCalendar) -> Due | None:
    """Return the count behind the day of a case, as it stands now; None before acceptance."""
    mine = (Countdown.case_id == case.id, Countdown.kind == CountdownKind.HANDLING)
    newest = sa.select(Countdown).where(*mine).order_by(Countdown.id.desc()).limit(1)
    countdown = session.scalar(newest)
    if countdown is None:
        return None
    found = session.scalars(sa.select(CaseHold).where(CaseHold.case_id == case.id))
    facts = Facts(
        CountdownKind.HANDLING,
        countdown.starts_at,
        countdown.promised,
        countdown.statutory,
        countdown.extension_days,
        holds=[capped(one.noticed_on, one.ended_on, one.cap_days, calendar) for one in found],
    )
    return dates(facts, calendar).due
