"""短信的下落: answers come late, callbacks in any order, and the end is the same."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.messages import jobs
from desk.messages.actions.claims import Claimed
from desk.messages.actions.evidence import callback, doubts, found_listed, not_listed
from desk.messages.actions.promises import expire, queue, withdraw
from desk.messages.actions.sending import abandon, claim, settle
from desk.messages.gateways import Answer
from desk.messages.gateways.console import ConsoleGateway
from desk.messages.queries import promised
from desk.messages.records import CarrierAttempt, OutboxMessage
from desk.messages.rules.delivery import LEASE, MOST_ATTEMPTS, Delivery, Verdict
from kernel.clock import FixedClock
from kernel.schema import upgrade
from kernel.web.house import House
from tests.actions.wild_carrier import MORNING, open_house, promise

CARRIER = "some"
ACCEPTED = Answer(Verdict.ACCEPTED, carrier_id="SM1")
SILENCE = Answer(Verdict.UNANSWERED, "timeout")
NOT_NOW = Answer(Verdict.TRY_LATER, "429")
REFUSED = Answer(Verdict.REFUSED, "21211")
SOON, LATER, MUCH_LATER = (timedelta(seconds=seconds) for seconds in (5, 120, 600))
ONE_DAY = timedelta(days=1)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[House]:
    house = open_house(tmp_path, FixedClock(MORNING))
    upgrade(house.database.engine)
    yield house
    house.database.engine.dispose()


@pytest.fixture
def session(here: House) -> Iterator[Session]:
    with here.writing() as writing:
        yield writing


def claimed(session: Session, number: int = 17, carrier: str = CARRIER) -> Claimed:
    queue(session, promise(number, f"154{number:08}"), MORNING)
    found = claim(session, [carrier], MORNING)
    assert found is not None
    return found


def message(session: Session, number: int = 17) -> OutboxMessage:
    found = promised(session, promise(number).key)
    assert found is not None
    session.refresh(found)
    return found


def state(session: Session, number: int = 17) -> Delivery:
    return message(session, number).state


@pytest.mark.parametrize("answer", [ACCEPTED, SILENCE, NOT_NOW])
def test_all_orders_of_answer_and_callbacks_end_the_same(session: Session, answer: Answer) -> None:
    reports = [Delivery.ACCEPTED, Delivery.ACCEPTED, Delivery.ACCEPTED, Delivery.DELIVERED]
    every = list(permutations([None, *reports, Delivery.DELIVERED]))
    orders = set(every)  # the 720 are 60 different ones
    for number, order in enumerate(orders):
        held = claimed(session, number, f"{CARRIER}{number}")  # no breaker opens
        for told in order:
            if told is None:
                settle(session, held, answer, MORNING)
            else:
                callback(session, held.outgoing.uuid, told, MORNING, "SM1")
    ends = sa.select(OutboxMessage.state, OutboxMessage.carrier_id, sa.func.count())
    found = session.execute(ends.group_by(OutboxMessage.state, OutboxMessage.carrier_id)).all()
    assert [tuple(row) for row in found] == [(Delivery.DELIVERED, "SM1", len(orders))]
    assert (len(every), len(orders)) == (720, 60)


@pytest.mark.parametrize("fate", [Delivery.DELIVERED, Delivery.UNDELIVERED, Delivery.FAILED])
def test_nothing_is_heard_after_the_end(session: Session, fate: Delivery) -> None:
    held = claimed(session)
    assert callback(session, held.outgoing.uuid, fate, MORNING)
    for told in (Delivery.ACCEPTED, Delivery.DELIVERED, Delivery.UNDELIVERED, Delivery.FAILED):
        assert not callback(session, held.outgoing.uuid, told, MORNING)
    for answer in (ACCEPTED, SILENCE, NOT_NOW, REFUSED):
        assert settle(session, held, answer, MORNING) is None
    assert state(session) is fate


def test_a_worker_that_does_not_come_back_leaves_doubt_and_not_a_repeat(session: Session) -> None:
    claimed(session)
    assert abandon(session, MORNING + LEASE - SOON) == 0
    assert abandon(session, MORNING + LEASE) == 1
    assert state(session) is Delivery.UNKNOWN
    assert claim(session, [CARRIER], MORNING + ONE_DAY) is None


def test_an_answer_after_the_lease_still_proves_what_it_proves(session: Session) -> None:
    held = claimed(session)
    abandon(session, MORNING + LEASE)
    assert settle(session, held, ACCEPTED, MORNING + LEASE) is Delivery.ACCEPTED
    attempt = session.scalars(sa.select(CarrierAttempt)).one()
    assert (attempt.outcome, attempt.fence) == (Verdict.ACCEPTED, 1)


def test_a_worker_whose_message_was_taken_over_changes_nothing(session: Session) -> None:
    late = claimed(session)
    settle(session, late, NOT_NOW, MORNING)
    again = claim(session, [CARRIER], MORNING + MUCH_LATER)
    assert again is not None
    for answer in (REFUSED, SILENCE, NOT_NOW):
        assert settle(session, late, answer, MORNING + MUCH_LATER) is None
    assert (state(session), again.fence) == (Delivery.SENDING, 2)


def test_doubt_needs_two_looks_ten_minutes_apart_from_its_beginning(session: Session) -> None:
    settle(session, claimed(session), SILENCE, MORNING)
    assert doubts(session, CARRIER, MORNING + LATER - SOON, 9) == []
    (first,) = doubts(session, CARRIER, MORNING + LATER, 9)
    assert not_listed(session, first, MORNING + LATER) is Delivery.UNKNOWN
    assert not_listed(session, first, MORNING + LATER) is None, "the same look, counted once"
    assert doubts(session, CARRIER, MORNING + MUCH_LATER - SOON, 9) == []
    (second,) = doubts(session, CARRIER, MORNING + MUCH_LATER, 9)
    assert not_listed(session, second, MORNING + MUCH_LATER) is Delivery.PENDING
    again = claim(session, [CARRIER], MORNING + MUCH_LATER)
    assert again is not None
    assert (again.fence, again.attempts) == (2, 2)


def test_doubt_begins_anew_with_every_attempt(session: Session) -> None:
    moment = MORNING
    settle(session, claimed(session), SILENCE, moment)
    for _ in range(MOST_ATTEMPTS - 1):
        moment = looked_for_twice(session, moment)
        again = claim(session, [CARRIER], moment)
        assert again is not None
        settle(session, again, SILENCE, moment)
        assert message(session).not_found == 0
    looked_for_twice(session, moment)
    assert state(session) is Delivery.DEAD


def looked_for_twice(session: Session, moment: datetime) -> datetime:
    for wait in (LATER, MUCH_LATER):
        (doubt,) = doubts(session, CARRIER, moment + wait, 9)
        not_listed(session, doubt, moment + wait)
    return moment + MUCH_LATER


def test_what_the_list_has_was_accepted(session: Session) -> None:
    settle(session, claimed(session), SILENCE, MORNING)
    (doubt,) = doubts(session, CARRIER, MORNING + LATER, 9)
    assert found_listed(session, doubt, "SM9", MORNING + LATER) is Delivery.ACCEPTED
    assert message(session).carrier_id == "SM9"


def test_a_carrier_without_a_list_leaves_doubt_to_a_person(here: House, tmp_path: Path) -> None:
    console = ConsoleGateway(tmp_path / "outbox.log")
    with here.writing() as session:
        queue(session, promise(), MORNING)
        held = claim(session, console.name, MORNING)
        assert held is not None
        settle(session, held, SILENCE, MORNING)
    here.clock = FixedClock(MORNING + 3 * ONE_DAY)
    jobs.tidy(here)
    assert jobs.reconcile(here, [console]) == jobs.deliver(here, [console]) == 0
    with here.reading() as session:
        assert state(session) is Delivery.UNKNOWN


def test_another_carrier_is_not_asked_what_became_of_it(session: Session) -> None:
    settle(session, claimed(session), SILENCE, MORNING)
    assert doubts(session, "other", MORNING + ONE_DAY, 9) == []


def test_a_promise_taken_back_is_not_sent(session: Session) -> None:
    queue(session, promise(), MORNING)
    assert withdraw(session, promise().key, MORNING)
    assert claim(session, [CARRIER], MORNING) is None
    assert state(session) is Delivery.WITHDRAWN


def test_a_promise_taken_back_while_it_is_sent_is_not_sent_again(session: Session) -> None:
    held = claimed(session)
    assert not withdraw(session, promise().key, MORNING)
    settle(session, held, NOT_NOW, MORNING)
    assert claim(session, [CARRIER], MORNING + MUCH_LATER) is None
    assert expire(session, MORNING + MUCH_LATER) == 1
