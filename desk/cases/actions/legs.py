"""环节的动作: give a body its part of the way, and write the receipt when it hands on."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.cases.actions import countdowns
from desk.cases.actions.versions import touch
from desk.cases.actions.writing import issue_paper, write_line
from desk.cases.records import Case, Countdown, Leg
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.later_papers import handed_over
from desk.cases.rules.legs import (
    COUNTDOWN_OF,
    PRE_REVIEW_DAYS,
    HandOver,
    LegIsOpen,
    LegIsOver,
    LegKind,
    NewLeg,
    check_hand_over,
    check_leg,
    handed_line,
    leg_line,
)
from desk.cases.rules.notices import dated
from desk.cases.rules.papers import PaperKind
from desk.cases.rules.stages import check_open
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.errors import NotFound
from kernel.hall import Hall
from services_catalog.rules.limits import NO_LIMIT, LimitUnit, TimeLimit


def begin(
    session: Session, case: Case, leg: NewLeg, actor: Actor, now: datetime, hall: Hall
) -> Leg:
    """Give a body its part, with the days it promised; the papers are with one at a time.

    Raises: AlreadyEnded, BodyNeeded, LegDaysOutOfRange, LegIsOpen.
    """
    check_open(case.stage)
    check_leg(leg)
    if leg.kind is not LegKind.ASSIST:
        _refuse_a_second(session, case, leg.kind)
    begun = _written(session, case, leg, actor, now)
    promised = TimeLimit(leg.days, LimitUnit.WORKING)
    by_law = TimeLimit(PRE_REVIEW_DAYS, LimitUnit.WORKING)
    limits = (promised, by_law if leg.kind is LegKind.PRE_REVIEW else NO_LIMIT)
    planned = countdowns.plan(session, COUNTDOWN_OF[leg.kind], now, limits, hall.calendar)
    countdowns.write(session, case, planned, begun.id)
    by = dated(planned.dates.due_on, is_provisional=planned.dates.is_provisional)
    write_line(session, case, leg_line(leg, by), actor, now)
    touch(case)
    facts = {"kind": leg.kind, "days": leg.days}
    audit.record(session, actor, "leg.begun", f"leg:{begun.id}", now, **facts)
    return begun


def hand_over(
    session: Session,
    case: Case,
    countdown: Countdown,
    receipt: HandOver,
    asked: tuple[Actor, datetime, Hall],
) -> None:
    """Write down who gave what to whom; the body's time ends where it still ran.

    `asked` is by whom, when and where. Raises: HandsNeeded, PapersNeeded, LegIsOver.
    """
    actor, now, hall = asked
    check_hand_over(receipt)
    leg = _leg_of(session, case, countdown, hall)
    if leg.handed_at is not None:
        raise LegIsOver
    leg.handed_at, leg.handed_by_id = now, actor.staff_id
    leg.gave, leg.took, leg.papers = receipt.gave, receipt.took, receipt.papers
    if countdown.ended_at is None:
        countdowns.end_one(countdown, case, now)
    if leg.kind is not LegKind.ASSIST:
        said = handed_over(leg.from_body, leg.to_body, receipt)
        issue_paper(session, case, PaperKind.HAND_OVER, actor, now, said)
    write_line(session, case, handed_line(leg.kind, leg.from_body, leg.to_body), actor, now)
    touch(case)
    session.flush()
    audit.record(session, actor, "leg.handed_over", f"leg:{leg.id}", now)


def countdown_of(session: Session, case: Case, countdown_id: int) -> Countdown:
    """Return the countdown of a leg that ends with a hand-over. Raises NotFound."""
    found = session.get(Countdown, countdown_id)
    if found is None or found.case_id != case.id or found.kind not in ON_THE_WAY:
        raise NotFound
    return found


#: 代办's carrying is the first leg: the hall's own; a part is answered, not handed on
ON_THE_WAY = frozenset({CountdownKind.LEG, CountdownKind.PRE_REVIEW, CountdownKind.CARRY})


def _refuse_a_second(session: Session, case: Case, kind: LegKind) -> None:
    kinds = {COUNTDOWN_OF[kind]}
    if kind is LegKind.RELAY:
        kinds.add(CountdownKind.CARRY)
    for running in countdowns.running(session, case):
        if running.kind in kinds:
            leg = session.get(Leg, running.leg_id) if running.leg_id else None
            raise LegIsOpen(holder=leg.from_body if leg else case.item.body)


def _written(session: Session, case: Case, leg: NewLeg, actor: Actor, now: datetime) -> Leg:
    written = Leg(
        case_id=case.id,
        kind=leg.kind,
        from_body=leg.from_body,
        to_body=leg.to_body,
        task=leg.task,
        promised_days=leg.days,
        begun_at=now,
        begun_by_id=actor.staff_id,
        gave="",
        took="",
        papers="",
    )
    session.add(written)
    session.flush()
    return written


def _leg_of(session: Session, case: Case, countdown: Countdown, hall: Hall) -> Leg:
    """Return the leg of a countdown; a carried case's first one is written when it is needed."""
    if countdown.leg_id is not None:
        return session.get_one(Leg, countdown.leg_id)
    leg = Leg(
        case_id=case.id,
        kind=LegKind.RELAY,
        from_body=hall.town.hall,
        to_body=case.item.body,
        task="",
        promised_days=countdown.promised_amount,
        begun_at=countdown.starts_at,
        begun_by_id=case.handler_id,
        gave="",
        took="",
        papers="",
    )
    session.add(leg)
    session.flush()
    countdown.leg_id = leg.id
    return leg
