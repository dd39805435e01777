"""接力、转交、送达、回访: whose time it was, who took it, and whether it helped."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import deliveries, following_up, legs, transfers, verbs
from desk.cases.queries.way import LegRow, legs_of, taker_of, way_of
from desk.cases.records import Case, Countdown, DeliveryRecord, FollowUp, Transfer
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.delivery import (
    DecisionIsServed,
    Manner,
    NothingToDeliver,
    NotPosted,
    Taker,
    TakerNeeded,
)
from desk.cases.rules.follow_ups import AlreadyFollowedUp, Helped, WhatWentWrong
from desk.cases.rules.intake import Answer
from desk.cases.rules.legs import (
    HandOver,
    HandsNeeded,
    LegIsOpen,
    LegIsOver,
    LegKind,
    NewLeg,
    PapersNeeded,
)
from desk.cases.rules.lights import Light
from desk.cases.rules.papers import PaperKind
from desk.cases.rules.people import Relation
from desk.cases.rules.results import ReasonNeeded, Result
from desk.cases.rules.transfers import (
    AlreadyTheirs,
    AlreadyTransferring,
    NotYoursToTake,
    TransferAnswered,
)
from desk.messages.records import OutboxMessage
from kernel.clock import FixedClock
from kernel.staff.queries import by_username
from kernel.staff.records import Staff
from kernel.web.house import House
from tests.actions.a_relay import found, taken_in
from tests.builders import CARRIED, REFERRED, clerk

BUREAU = "示例县民政局"
RECEIPT = HandOver("示例职工甲", "示例职工乙", "申请表1份")


def march(day: int) -> datetime:
    """Return half past nine in the township."""
    return datetime(2026, 3, day, 1, 30, tzinfo=UTC)


def begin(here: House, number: str, leg: NewLeg) -> None:
    with here.writing() as session:
        actor, hall = clerk(session), here.hall(session)
        legs.begin(session, found(session, number), leg, actor, here.now(), hall)


def hand_over(here: House, number: str, place: int = 0, receipt: HandOver = RECEIPT) -> None:
    with here.writing() as session:
        case, hall = found(session, number), here.hall(session)
        row = legs_of(session, case, here.now(), hall)[place]
        asked = (clerk(session), here.now(), hall)
        legs.hand_over(session, case, row.countdown, receipt, asked)


def way(here: House, number: str) -> list[LegRow]:
    with here.reading() as session:
        return legs_of(session, found(session, number), here.now(), here.hall(session))


def close(here: House, number: str, manner: Manner, result: Result = Result.DONE) -> None:
    with here.writing() as session:
        case, hall, actor = found(session, number), here.hall(session), clerk(session)
        verbs.close(session, case, (result, "不符合条件"), actor, here.now(), hall)
        deliveries.arrange(session, case, (manner, Taker()), actor, here.now(), hall)


def deliver(here: House, number: str, taker: Taker) -> None:
    with here.writing() as session:
        deliveries.deliver(session, found(session, number), taker, clerk(session), here.now())


def texts(session: Session) -> list[str]:
    return list(session.scalars(sa.select(OutboxMessage.text).order_by(OutboxMessage.id)))


def colleague(session: Session, username: str = "counter2") -> Staff:
    known = by_username(session, username)
    assert known is not None
    return known


def test_a_case_goes_to_the_district_and_comes_back_and_the_slow_leg_is_named(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here, CARRIED, Answer.CARRY)  # Monday 2 March; the hall carries in 3 days
    clock.at = march(4)
    hand_over(here, number)
    begin(here, number, NewLeg(LegKind.RELAY, BUREAU, "本厅", 5))
    clock.at = march(13)
    assert [row.light for row in way(here, number)] == [Light.GREEN, Light.RED]
    hand_over(here, number, 1)
    rows = way(here, number)
    assert [(row.stretch.taken, row.stretch.over) for row in rows] == [(2, 0), (7, 2)]
    with here.reading() as session:
        case = found(session, number)
        papers = [paper.kind for paper in queries.papers_of(session, case)]
        slow = way_of(session, case, here.now(), here.hall(session)).slowest
    assert slow == BUREAU
    assert papers.count(PaperKind.HAND_OVER) == 2
    assert rows[1].leg is not None
    assert (rows[1].leg.gave, rows[1].leg.took) == ("示例职工甲", "示例职工乙")


def test_acceptance_does_not_end_the_leg_of_who_has_the_papers(here: House) -> None:
    number = taken_in(here, CARRIED, Answer.CARRY)
    hand_over(here, number)
    begin(here, number, NewLeg(LegKind.RELAY, BUREAU, "本厅", 5))
    with here.writing() as session:
        actor, hall = clerk(session), here.hall(session)
        verbs.accept(session, found(session, number), verbs.Acceptance(), actor, here.now(), hall)
    assert [row.countdown.ended_at is None for row in way(here, number)] == [False, True]
    close(here, number, Manner.NOTHING)
    assert all(row.countdown.ended_at for row in way(here, number))


def test_the_papers_are_with_one_body_at_a_time(here: House) -> None:
    number = taken_in(here)
    begin(here, number, NewLeg(LegKind.RELAY, BUREAU, "本厅", 5))
    with pytest.raises(LegIsOpen):
        begin(here, number, NewLeg(LegKind.RELAY, "示例县局", "本厅", 5))
    # assisting bodies work side by side
    begin(here, number, NewLeg(LegKind.ASSIST, "示例派出所", BUREAU, 3))
    begin(here, number, NewLeg(LegKind.ASSIST, "示例学校", BUREAU, 3))


def test_a_receipt_has_two_hands_and_papers_and_is_written_once(here: House) -> None:
    number = taken_in(here)
    begin(here, number, NewLeg(LegKind.RELAY, BUREAU, "本厅", 5))
    with pytest.raises(HandsNeeded):
        hand_over(here, number, receipt=HandOver("示例职工甲", "", "申请表"))
    with pytest.raises(PapersNeeded):
        hand_over(here, number, receipt=HandOver("示例职工甲", "示例职工乙", ""))
    hand_over(here, number)
    with pytest.raises(LegIsOver):
        hand_over(here, number)


def test_a_lower_body_reviews_within_twenty_working_days(here: House) -> None:
    number = taken_in(here)
    begin(here, number, NewLeg(LegKind.PRE_REVIEW, "示例村委会", "示例县局", 30))
    (row,) = way(here, number)
    assert row.countdown.kind is CountdownKind.PRE_REVIEW
    assert row.countdown.due_on == date(2026, 3, 30)  # twenty of the thirty that it promised


def ask(here: House, number: str, to: str = "counter2", who: str = "counter1") -> None:
    with here.writing() as session:
        case, actor = found(session, number), clerk(session, who)
        transfers.ask(session, case, colleague(session, to), "休假", actor, here.now())


def answer(here: House, number: str, who: str, *, takes: bool, words: str = "") -> None:
    with here.writing() as session:
        case = found(session, number)
        waiting = transfers.waiting(session, case)
        assert waiting is not None
        actor = clerk(session, who)
        transfers.answer(session, case, waiting, (takes, words), actor, here.now())


def handler(here: House, number: str) -> int:
    with here.reading() as session:
        return found(session, number).handler_id


def test_a_case_changes_hands_when_the_receiver_takes_it(here: House) -> None:
    number = taken_in(here)
    before = handler(here, number)
    ask(here, number)
    assert handler(here, number) == before
    with pytest.raises(AlreadyTransferring):
        ask(here, number)
    with pytest.raises(NotYoursToTake):
        answer(here, number, "director", takes=True)
    with pytest.raises(NotYoursToTake):
        answer(here, number, "counter1", takes=True)
    answer(here, number, "counter2", takes=True)
    with here.reading() as session:
        assert handler(here, number) == colleague(session).id
        lines = queries.timeline(session, found(session, number), public_only=False)
    assert len([line for line in lines if "接收" in line.text]) == 2


def test_who_will_not_take_it_says_why_and_who_asked_may_take_it_back(here: House) -> None:
    number = taken_in(here)
    before = handler(here, number)
    ask(here, number)
    with pytest.raises(ReasonNeeded):
        answer(here, number, "counter2", takes=False)
    answer(here, number, "counter2", takes=False, words="手上太多")
    ask(here, number)
    answer(here, number, "counter1", takes=False)
    assert handler(here, number) == before
    with pytest.raises(AlreadyTheirs):
        ask(here, number, "counter1")
    with here.writing() as session:
        case, actor = found(session, number), clerk(session, "counter2")
        spent = session.scalars(sa.select(Transfer)).first()
        assert spent is not None
        with pytest.raises(TransferAnswered):
            transfers.answer(session, case, spent, (True, ""), actor, here.now())


def test_nobody_is_asked_to_take_a_case_that_has_ended(here: House) -> None:
    number = taken_in(here)
    ask(here, number)
    close(here, number, Manner.NOTHING)
    with here.reading() as session:
        assert transfers.waiting(session, found(session, number)) is None


def delivery_countdown(session: Session, case: Case) -> Countdown | None:
    mine = (Countdown.case_id == case.id, Countdown.kind == CountdownKind.DELIVERY)
    return session.scalar(sa.select(Countdown).where(*mine))


def test_what_is_being_made_is_told_when_ready_and_signed_for(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here)
    close(here, number, Manner.MAKING)
    with here.reading() as session:
        counted = delivery_countdown(session, found(session, number))
        assert counted is not None
        assert counted.due_on == date(2026, 3, 16)
        assert not any("可以领取" in text for text in texts(session))
    clock.at = march(5)
    with here.writing() as session:
        case, actor = found(session, number), clerk(session)
        deliveries.ready(session, case, actor, here.now(), here.hall(session))
    with here.reading() as session:
        assert "可以领取" in texts(session)[-1]
    clock.at = march(6)
    deliver(here, number, Taker("示例亲属甲", Relation.CHILD))
    with here.reading() as session:
        case = found(session, number)
        counted = delivery_countdown(session, case)
        kept = session.get_one(DeliveryRecord, case.id)
        assert counted is not None
        assert counted.ended_at == march(6)
        assert taker_of(session, kept) == "示例亲属甲"
        assert "示例亲属甲" not in kept.taker_sealed
        newest = queries.papers_of(session, case)[0]
        assert newest.kind is PaperKind.DELIVERY_PROOF
    with pytest.raises(NothingToDeliver):
        deliver(here, number, Taker())


def test_what_is_posted_has_a_number_and_what_is_fetched_has_none(here: House) -> None:
    number, other = taken_in(here), taken_in(here)
    close(here, number, Manner.POST)
    close(here, other, Manner.PICK_UP)
    with here.writing() as session:
        actor, now = clerk(session), here.now()
        deliveries.post(session, found(session, number), "示例0001", actor, now)
        with pytest.raises(NotPosted):
            deliveries.post(session, found(session, other), "示例0002", actor, now)
    with pytest.raises(TakerNeeded):
        deliver(here, other, Taker("", Relation.CHILD))


def test_a_refusal_is_always_served(here: House) -> None:
    number = taken_in(here)
    with pytest.raises(DecisionIsServed):
        close(here, number, Manner.NOTHING, Result.DENIED)
    close(here, number, Manner.AT_ONCE, Result.DENIED)
    with here.reading() as session:
        kept = session.get_one(DeliveryRecord, found(session, number).id)
        assert taker_of(session, kept) == "示例群众甲"
        assert kept.relation is None


def follow(here: House, number: str, helped: Helped, note: str = "") -> None:
    with here.writing() as session:
        case, actor, hall = found(session, number), clerk(session), here.hall(session)
        following_up.answer(session, case, (helped, note), actor, here.now(), hall)


def test_a_villager_pointed_elsewhere_is_asked_until_it_is_known(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here, REFERRED, Answer.REFER)
    clock.at = march(16)
    with here.reading() as session:
        kept = session.get_one(FollowUp, found(session, number).id)
        assert kept.due_on == date(2026, 3, 16)
    with pytest.raises(WhatWentWrong):
        follow(here, number, Helped.NO)
    follow(here, number, Helped.UNREACHED)
    with here.reading() as session:
        kept = session.get_one(FollowUp, found(session, number).id)
        assert (kept.due_on, kept.tries, kept.answered_at) == (date(2026, 3, 30), 1, None)
    follow(here, number, Helped.NO, "窗口说缺证明")
    with pytest.raises(AlreadyFollowedUp):
        follow(here, number, Helped.YES)
