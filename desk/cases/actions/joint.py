"""协办的动作: ask for a part, take it, answer it, or go on without it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions import countdowns, legs
from desk.cases.actions.versions import touch
from desk.cases.actions.writing import issue_paper, write_line
from desk.cases.records import Case, Countdown, JointPart, Leg
from desk.cases.rules import joint as rules
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.joint import (
    NO_PAPERS,
    Answered,
    AskedThere,
    Opinion,
    PartIsOver,
    PartTaken,
    Wanted,
)
from desk.cases.rules.later_papers import asked_to_assist
from desk.cases.rules.legs import HandOver, LegKind, NewLeg, check_leg
from desk.cases.rules.papers import PaperKind
from desk.cases.rules.results import check_reason
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.hall import Hall
from kernel.staff.records import Staff
from services_catalog.rules.items import WINDOW_NAMES
from services_catalog.rules.limits import NO_LIMIT, LimitUnit, TimeLimit

By = tuple[Actor, datetime, Hall]


def ask(session: Session, case: Case, wanted: Wanted, by: By) -> JointPart:
    """Ask another window, or a body outside, for its part; the whole runs on at the lead.

    Raises: AssisterNeeded, OwnWindow, TaskNeeded, AskedThere, BeyondTheWhole, AlreadyEnded,
    LegDaysOutOfRange.
    """
    actor, now, hall = by
    rules.check_wanted(wanted, case.window)
    if wanted.assister in _waited_for(session, case):
        raise AskedThere(assister=wanted.assister)
    lead = WINDOW_NAMES[case.window]
    leg = NewLeg(LegKind.ASSIST, wanted.assister, lead, wanted.days, wanted.task)
    check_leg(leg)
    limits = (TimeLimit(wanted.days, LimitUnit.WORKING), NO_LIMIT)
    planned = countdowns.plan(session, CountdownKind.ASSIST, now, limits, hall.calendar)
    rules.check_within(planned.dates.due_on, case.due_on)
    begun = legs.begin(session, case, leg, actor, now, hall)
    part = JointPart(leg_id=begun.id, window=wanted.window, answer="", let_go_why="")
    session.add(part)
    session.flush()
    write_line(session, case, rules.asked_line(wanted), actor, now, public=False)
    if wanted.window is None:
        said = asked_to_assist(lead, leg, planned.dates)
        issue_paper(session, case, PaperKind.JOINT_REQUEST, actor, now, said)
    facts = {"window": wanted.window, "days": wanted.days}
    audit.record(session, actor, "joint.asked", f"leg:{begun.id}", now, **facts)
    return part


def take(session: Session, case: Case, part: JointPart, actor: Actor, now: datetime) -> None:
    """Take a part on for one's window: who took it answers for it, and is reminded of it.

    Raises: PartIsOver, PartTaken.
    """
    if part.ended_at is not None:
        raise PartIsOver
    if part.taken_by_id is not None:
        raise PartTaken(name=session.get_one(Staff, part.taken_by_id).name)
    part.taken_at, part.taken_by_id = now, actor.staff_id
    assister = session.get_one(Leg, part.leg_id).from_body
    write_line(session, case, rules.taken_line(assister, actor.name), actor, now, public=False)
    touch(case)
    audit.record(session, actor, "joint.taken", f"leg:{part.leg_id}", now)


def answer(session: Session, case: Case, part: JointPart, answered: Answered, by: By) -> None:
    """Answer for a part, or turn it back as somebody else's; its time ends.

    Raises: PartIsOver, OpinionNeeded.
    """
    actor, now, _ = by
    rules.check_answer(answered, part.ended_at)
    leg = session.get_one(Leg, part.leg_id)
    if part.window and part.taken_by_id is None:
        part.taken_at, part.taken_by_id = now, actor.staff_id
    part.opinion, part.answer, part.ended_at = answered.opinion, answered.words, now
    line = rules.answered_line(leg.from_body, answered)
    write_line(session, case, line, actor, now, public=False)
    if answered.opinion is Opinion.NOT_OURS:
        countdowns.end_one(_countdown(session, case, part), case, now)
        touch(case)
        session.flush()
    else:
        handler = session.get_one(Staff, case.handler_id).name
        gave, papers = answered.gave or actor.name, answered.papers or NO_PAPERS
        receipt = HandOver(gave, handler, papers)
        legs.hand_over(session, case, _countdown(session, case, part), receipt, by)
    facts = {"opinion": answered.opinion}
    audit.record(session, actor, "joint.answered", f"leg:{part.leg_id}", now, **facts)


def let_go(
    session: Session, case: Case, part: JointPart, why: str, actor: Actor, now: datetime
) -> None:
    """Go on without a part that was asked for; why is kept. Raises: ReasonNeeded, PartIsOver."""
    check_reason(why)
    if part.ended_at is not None:
        raise PartIsOver
    countdowns.end_one(_countdown(session, case, part), case, now)
    part.ended_at, part.let_go_why = now, why
    assister = session.get_one(Leg, part.leg_id).from_body
    write_line(session, case, rules.let_go_line(assister, why), actor, now, public=False)
    touch(case)
    session.flush()
    audit.record(session, actor, "joint.let_go", f"leg:{part.leg_id}", now, why=why)


def check_all_answered(session: Session, case: Case) -> None:
    """Refuse to close a case while somebody who was asked has not answered."""
    rules.check_all_answered(_waited_for(session, case))


def _waited_for(session: Session, case: Case) -> list[str]:
    query = (
        sa.select(Leg.from_body)
        .join(JointPart, JointPart.leg_id == Leg.id)
        .where(Leg.case_id == case.id, JointPart.ended_at.is_(None))
        .order_by(Leg.id)
    )
    return list(session.scalars(query))


def _countdown(session: Session, case: Case, part: JointPart) -> Countdown:
    mine = (Countdown.case_id == case.id, Countdown.leg_id == part.leg_id)
    return session.scalars(sa.select(Countdown).where(*mine)).one()
