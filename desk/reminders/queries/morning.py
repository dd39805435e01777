"""今日要办查询: what one person has to do today. Costs what runs, not what is stored."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries import approvals, follow_ups, rows, transfers
from desk.cases.queries.contacts import to_call
from desk.cases.queries.joint import waiting_at
from desk.cases.queries.reach import Condition, within
from desk.cases.queries.searching import follows
from desk.cases.records import Case, CaseHold, Countdown, DeliveryRecord, HoldType, RedAnnulment
from desk.cases.rules.access import windows_of
from desk.cases.rules.approvals import APPROVAL_NAMES
from desk.cases.rules.countdowns import COUNTDOWN_NAMES, CountdownKind
from desk.cases.rules.notices import dated
from desk.reminders.queries.nudges import told_to
from desk.reminders.rules.morning import (
    Heading,
    Line,
    Morning,
    Term,
    assist_words,
    heading_of,
    hold_words,
    since_words,
    tried_words,
    until_words,
)
from desk.reminders.rules.nudges import LATE
from kernel.access import Actor
from kernel.calendar.rules import WorkingCalendar
from kernel.clock import town_day
from services_catalog.rules.items import WINDOW_NAMES

#: what one person can have to do on one day, and more
LIMIT = 300
#: no holiday keeps a working day further away than this
AHEAD = timedelta(days=14)
Found = list[tuple[Heading, Case, str, date | None]]


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose morning it is, and when."""

    who: Actor
    now: datetime
    calendar: WorkingCalendar
    #: what is true of the cases within his reach
    reach: Condition

    @property
    def today(self) -> date:
        """Return the civil day."""
        return town_day(self.now)


def morning(session: Session, desk: Desk) -> Morning:
    """Return what somebody has to do, by heading in their order; empty ones are left out."""
    found = [
        *_overseen(session, desk),
        *_running(session, desk),
        *_held(session, desk),
        *_asked(session, desk),
        *_waiting_to_be_fetched(session, desk),
        *_to_be_told(session, desk),
    ]
    mine = within(session, sorted({case.id for _, case, _, _ in found}), desk.reach)
    found = [one for one in found if one[1].id in mine]
    # what another window asked for is seen because it asked, not because of whose case it is
    found += _to_assist(session, desk)
    named = rows(session, [case for _, case, _, _ in found])
    lines: dict[Heading, list[Line]] = {}
    for (heading, case, said, day), row in zip(found, named, strict=True):
        line = Line(case.number, row.applicant, case.item.title, said, day)
        lines.setdefault(heading, []).append(line)
    return {heading: lines[heading] for heading in Heading if heading in lines}


def _overseen(session: Session, desk: Desk) -> Found:
    told = told_to(session, desk.who.staff_id or 0, desk.now, tuple(LATE))
    by_countdown = {one.countdown.id: one for one in told}
    return [
        (Heading.OVERSEEN, one.case, _until(one.countdown), one.countdown.due_on)
        for one in by_countdown.values()
        if one.case.handler_id != desk.who.staff_id
    ]


def _running(session: Session, desk: Desk) -> Found:
    is_near = sa.and_(
        Countdown.kind == CountdownKind.INTAKE, Countdown.due_on <= desk.today + AHEAD
    )
    query = (
        sa.select(Countdown, Case, RedAnnulment.countdown_id)
        .join(Case, Case.id == Countdown.case_id)
        .outerjoin(RedAnnulment, RedAnnulment.countdown_id == Countdown.id)
        .where(Countdown.ended_at.is_(None), Countdown.due_on.is_not(None))
        .where(follows(Case.handler_id) == desk.who.staff_id)
        .where(sa.or_(Countdown.yellow_on <= desk.today, is_near))
        .order_by(Countdown.due_on, Countdown.id)
        .limit(LIMIT)
    )
    found: Found = []
    for countdown, case, annulled in session.execute(query):
        days = (countdown.due_on, countdown.yellow_on, countdown.over_at)
        term = Term(countdown.kind, *days, is_annulled=annulled is not None)
        heading = heading_of(term, desk.now, desk.today, desk.calendar)
        if heading:
            found.append((heading, case, _until(countdown), countdown.due_on))
    return found


def _held(session: Session, desk: Desk) -> Found:
    query = (
        sa.select(CaseHold, Case, HoldType.name)
        .join(Case, Case.id == CaseHold.case_id)
        .join(HoldType, HoldType.id == CaseHold.hold_type_id)
        .where(CaseHold.ended_on.is_(None), CaseHold.expected_end_on < desk.today)
        .where(follows(Case.handler_id) == desk.who.staff_id, Case.closed_at.is_(None))
        .order_by(CaseHold.expected_end_on)
        .limit(LIMIT)
    )
    return [
        (
            Heading.HOLD,
            case,
            hold_words(name, hold.expected_end_on),
            hold.expected_end_on,
        )
        for hold, case, name in session.execute(query)
    ]


def _asked(session: Session, desk: Desk) -> Found:
    """Return what colleagues asked: to decide, or to take over."""
    roles = desk.who.roles
    decide: Found = [
        (Heading.APPROVAL, one.case, APPROVAL_NAMES[one.approval.kind], None)
        for one in approvals.waiting(session, roles)
        if one.approval.asked_by_id != desk.who.staff_id
    ]
    take: Found = [
        (Heading.TRANSFER, case, one.reason, case.due_on)
        for one, case in transfers.asked_of(session, desk.who.staff_id or 0)
    ]
    return [*decide, *take]


def _to_assist(session: Session, desk: Desk) -> Found:
    """Return what my windows were asked for: nobody's yet, or mine."""
    return [
        (
            Heading.ASSIST,
            one.case,
            assist_words(
                WINDOW_NAMES[one.case.window],
                dated(one.countdown.due_on, is_provisional=one.countdown.is_provisional),
                is_taken=one.part.taken_by_id is not None,
            ),
            one.countdown.due_on,
        )
        for one in waiting_at(session, windows_of(desk.who.roles))
        if one.part.taken_by_id in {None, desk.who.staff_id}
    ]


def _waiting_to_be_fetched(session: Session, desk: Desk) -> Found:
    query = (
        sa.select(DeliveryRecord, Case, Countdown)
        .join(Case, Case.id == DeliveryRecord.case_id)
        .join(Countdown, Countdown.case_id == Case.id)
        .where(Countdown.kind == CountdownKind.DELIVERY, Countdown.ended_at.is_(None))
        .where(follows(Case.handler_id) == desk.who.staff_id)
        .where(DeliveryRecord.ready_at.is_not(None), DeliveryRecord.delivered_at.is_(None))
        .order_by(Countdown.due_on)
        .limit(LIMIT)
    )
    return [
        (Heading.DELIVERY, case, _until(countdown), countdown.due_on)
        for _, case, countdown in session.execute(query)
    ]


def _to_be_told(session: Session, desk: Desk) -> Found:
    """Return whom the window has to ring up or to ask, whoever handles the case."""
    windows = windows_of(desk.who.roles)
    calls: Found = [
        (Heading.CALL, one.case, tried_words(len(one.tries)), None)
        for one in to_call(session, windows, desk.reach)
    ]
    asks: Found = [
        (Heading.FOLLOW_UP, row.case, since_words(one.due_on), one.due_on)
        for one, row in follow_ups.due(session, windows, desk.today, desk.reach)
    ]
    return [*calls, *asks]


def _until(countdown: Countdown) -> str:
    step, doubt = COUNTDOWN_NAMES[countdown.kind], countdown.is_provisional
    return until_words(step, countdown.due_on, is_provisional=doubt)
