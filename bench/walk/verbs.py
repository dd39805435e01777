"""按钮表: every verb as somebody might press it, rightly or not, with dice for what is typed.

A refusal is an answer like another: nothing may have changed by it.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases import commands, jobs, queries
from desk.cases.actions import (
    approvals,
    deliveries,
    examining,
    following_up,
    holds,
    joint,
    legs,
    pledging,
    transfers,
    turning_down,
    verbs,
)
from desk.cases.actions.examining import Found
from desk.cases.queries import joint as joint_parts
from desk.cases.records import Approval, Case, CaseHold, Countdown, HoldType
from desk.cases.rules.approvals import ApprovalKind, Asked
from desk.cases.rules.declining import Declined, Ground
from desk.cases.rules.delivery import Manner, Taker
from desk.cases.rules.follow_ups import Helped
from desk.cases.rules.holds import Ended
from desk.cases.rules.intake import Answer, Brought, MaterialState
from desk.cases.rules.joint import Answered, Opinion, Wanted
from desk.cases.rules.legs import HandOver, LegKind, NewLeg
from desk.cases.rules.results import Result
from kernel.access import Actor
from kernel.calendar.actions import drafts
from kernel.calendar.queries import working_calendar
from kernel.calendar.rules.notices import Notice, NoticeSource
from kernel.clock import town_day
from kernel.hall import Hall
from kernel.staff.queries import by_username
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.builders import CARRIED, HERE, REFERRED, a_case, clerk, intake, person

WHY = "示例原因"
WORKERS, LEADERS = ("counter1", "counter2", "director"), ("head", "director")


@dataclass(frozen=True, slots=True)
class Press:
    """One press: where, by what dice, and when."""

    here: House
    dice: random.Random

    def day(self, least: int = -3, most: int = 20) -> date:
        """Return a day around today."""
        return town_day(self.here.now()) + timedelta(days=self.dice.randint(least, most))

    def asked(
        self, session: Session, among: tuple[str, ...] = WORKERS
    ) -> tuple[Actor, datetime, Hall]:
        """Return by whom, when and where."""
        who = clerk(session, self.dice.choice(among))
        return who, self.here.now(), self.here.hall(session)


Verb = Callable[[Press, Session, Case], object]


def register(press: Press, session: Session) -> Case:
    """Take in a matter, with any answer that fits its item."""
    code, answer = press.dice.choice(
        [
            (HERE, Answer.ACCEPT),
            (HERE, Answer.ACCEPT),
            (HERE, Answer.RECEIVE),
            (HERE, Answer.NOTICE),
            (CARRIED, Answer.CARRY),
            (REFERRED, Answer.REFER),
        ]
    )
    who = person(press.dice.randrange(900))
    taken = intake(session, code, answer, who)
    return a_case(press.here, session, press.here.now(), taken)


def _examine(press: Press, session: Session, case: Case) -> None:
    papers = queries.materials_of(session, case)
    states = [MaterialState.BROUGHT, MaterialState.BROUGHT, MaterialState.MISSING]
    found = [Brought(one.name, one.copies, press.dice.choice(states)) for one in papers]
    answer = press.dice.choice([Answer.ACCEPT, Answer.NOTICE, Answer.CARRY])
    actor, now, hall = press.asked(session)
    if answer is not Answer.NOTICE:
        found = [Brought(one.name, one.copies, MaterialState.BROUGHT) for one in papers]
    examining.examine(session, case, Found(answer, found), (actor, now), hall)


def _accept(press: Press, session: Session, case: Case) -> None:
    earlier = press.day(-4, 0) if press.dice.random() < 0.5 else None
    by = verbs.Acceptance(earlier, "", press.dice.choice(["", WHY]))
    verbs.accept(session, case, by, *press.asked(session))


def _note(press: Press, session: Session, case: Case) -> None:
    actor, now, _ = press.asked(session)
    verbs.note(session, case, WHY, actor, now, public=True)


def _withdraw(press: Press, session: Session, case: Case) -> None:
    actor, now, _ = press.asked(session)
    verbs.withdraw(session, case, WHY, actor, now)


def _close(press: Press, session: Session, case: Case) -> None:
    ending, asked = (press.dice.choice(list(Result)), WHY), press.asked(session)
    verbs.close(session, case, ending, *asked)
    arranged = (press.dice.choice(list(Manner)), Taker())
    deliveries.arrange(session, case, arranged, *asked)


def _decline(press: Press, session: Session, case: Case) -> None:
    actor, now, _ = press.asked(session)
    why = Declined(press.dice.choice(list(Ground)), WHY, "示例机关")
    turning_down.decline(session, case, why, actor, now)


def _give_back(press: Press, session: Session, case: Case) -> None:
    actor, now, _ = press.asked(session)
    turning_down.give_back(session, case, WHY, actor, now)


def _ask(press: Press, session: Session, case: Case) -> None:
    actor, now, _ = press.asked(session)
    kind = press.dice.choice(list(ApprovalKind))
    types = session.scalars(sa.select(HoldType.id)).all()
    asked = Asked(
        kind,
        WHY,
        press.dice.choice([0, 1, 5, 10, 11, None]),
        press.dice.choice([*types, None]),
        press.day(),
    )
    approvals.ask(session, case, asked, actor, now)


def _decide(press: Press, session: Session, case: Case) -> None:
    mine = sa.select(Approval).where(Approval.case_id == case.id).order_by(Approval.id.desc())
    approval = session.scalars(mine.limit(1)).first()
    if approval is not None:
        decision = (press.dice.random() < 0.8, WHY)
        asked = press.asked(session, (*WORKERS, *LEADERS, *LEADERS, *LEADERS))
        approvals.decide(session, approval, decision, *asked)


def _end_hold(press: Press, session: Session, case: Case) -> None:
    mine = sa.select(CaseHold).where(CaseHold.case_id == case.id)
    found = session.scalars(mine).all()
    if found:
        ended = Ended(press.day(-5, 2), press.dice.choice(["", WHY]))
        hold = press.dice.choice(found)
        holds.end(session, case, hold, ended, press.asked(session))


def _begin_leg(press: Press, session: Session, case: Case) -> None:
    kind = press.dice.choice([LegKind.RELAY, LegKind.PRE_REVIEW])
    leg = NewLeg(kind, "本厅", "示例机关", press.dice.randint(-1, 9))
    legs.begin(session, case, leg, *press.asked(session))


def _hand_over(press: Press, session: Session, case: Case) -> None:
    mine = (Countdown.case_id == case.id, Countdown.kind.in_(legs.ON_THE_WAY))
    found = session.scalars(sa.select(Countdown).where(*mine)).all()
    if found:
        receipt = HandOver("示例甲", "示例乙", "全部材料")
        one = press.dice.choice(found)
        legs.hand_over(session, case, one, receipt, press.asked(session))


def _assist(press: Press, session: Session, case: Case) -> None:
    found = joint_parts.parts_of(session, case)
    waiting = [one for one in found if one.is_waiting]
    by, what = press.asked(session), press.dice.randrange(6)
    if what == 0 or not found:
        window = press.dice.choice([Window.ENTERPRISE, Window.GENERAL, None])
        body = "" if window else press.dice.choice(["示例派出所", ""])
        joint.ask(session, case, Wanted(window, body, press.dice.randint(-1, 9), WHY), by)
        return
    part = press.dice.choice(waiting or found).part
    if what == 1:
        joint.take(session, case, part, by[0], by[1])
    elif what < 5:
        said = Answered(press.dice.choice(list(Opinion)), press.dice.choice([WHY, WHY, ""]))
        joint.answer(session, case, part, said, by)
    else:
        joint.let_go(session, case, part, WHY, by[0], by[1])


def _transfer(press: Press, session: Session, case: Case) -> None:
    actor, now, _ = press.asked(session)
    waiting = transfers.waiting(session, case)
    if waiting is None:
        to = by_username(session, press.dice.choice(WORKERS))
        if to is not None:
            transfers.ask(session, case, to, WHY, actor, now)
    else:
        answered = (press.dice.random() < 0.7, WHY)
        transfers.answer(session, case, waiting, answered, actor, now)


def _deliver(press: Press, session: Session, case: Case) -> None:
    actor, now, hall = press.asked(session)
    what = press.dice.randrange(3)
    if what == 0:
        deliveries.ready(session, case, actor, now, hall)
    elif what == 1:
        deliveries.post(session, case, "示例邮件号", actor, now)
    else:
        deliveries.deliver(session, case, Taker(), actor, now)


def _follow_up(press: Press, session: Session, case: Case) -> None:
    answered = (press.dice.choice(list(Helped)), WHY)
    following_up.answer(session, case, answered, *press.asked(session))


def _pledge(press: Press, session: Session, case: Case) -> None:
    actor, now, _ = press.asked(session)
    what = press.dice.randrange(3)
    if what == 0:
        pledging.sign(session, case, actor, now)
    elif what == 1:
        pledging.bring_owed(session, case, [0, 1], actor, now)
    else:
        pledging.revoke(session, case, WHY, actor, now)


#: each with its weight: endings are rare, or nothing would be left to press
VERBS: dict[str, tuple[Verb, int]] = {
    "examine": (_examine, 8),
    "accept": (_accept, 6),
    "note": (_note, 2),
    "ask": (_ask, 10),
    "decide": (_decide, 10),
    "end a hold": (_end_hold, 8),
    "begin a leg": (_begin_leg, 4),
    "hand over": (_hand_over, 4),
    "transfer": (_transfer, 4),
    "assist": (_assist, 4),
    "deliver": (_deliver, 9),
    "follow up": (_follow_up, 2),
    "pledge": (_pledge, 3),
    "close": (_close, 4),
    "withdraw": (_withdraw, 1),
    "decline": (_decline, 1),
    "give back": (_give_back, 1),
}


def passes(press: Press) -> None:
    """Let the scheduler do what is due."""
    jobs.note_lights(press.here)
    jobs.accept_what_was_not_answered(press.here)


def a_correction(press: Press) -> None:
    """Take one weekday of this year out of the working days, or put it back, and apply that."""
    here, day = press.here, press.day(1, 25)
    with here.writing() as session:
        known = working_calendar(session)
        off = frozenset(one for one in known.days_off if one.year == day.year)
        makeup = frozenset(one for one in known.makeup_days if one.year == day.year)
        notice = Notice(day.year, "示例号", off ^ {day}, makeup - {day})
        who = clerk(session, "director")
        how = (NoticeSource.TYPED, WHY)
        draft = drafts.enter(session, notice, how, who, here.now())
        draft.decided_by_id, draft_id = who.staff_id, draft.id
    commands.apply(here, draft_id, lambda _done, _total: None)
