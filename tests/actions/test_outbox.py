"""待发短信: whatever the carrier does, nobody is told twice, and nobody is forgotten."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from threading import Thread

import pytest
import sqlalchemy as sa

from desk.messages import jobs, queries
from desk.messages.actions.evidence import callback
from desk.messages.actions.promises import Promise, queue
from desk.messages.actions.sending import claim
from desk.messages.gateways import Outgoing
from desk.messages.gateways.console import ConsoleGateway
from desk.messages.records import OutboxMessage
from desk.messages.rules.delivery import LEASE, TERMINAL, Delivery
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.wording import PhoneInText, mark_of
from kernel.clock import FixedClock
from kernel.schema import upgrade
from kernel.web.house import House
from tests.actions.wild_carrier import (
    MOBILE,
    MORNING,
    Killed,
    WildCarrier,
    naive,
    open_house,
    promise,
)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
def here(tmp_path: Path, clock: FixedClock) -> Iterator[House]:
    house = open_house(tmp_path, clock)
    upgrade(house.database.engine)
    yield house
    house.database.engine.dispose()


@pytest.fixture
def wild(here: House, clock: FixedClock) -> WildCarrier:
    return WildCarrier(here, clock, Random(20260302))


def promise_many(here: House, count: int) -> None:
    with here.writing() as session:
        for number in range(count):
            queue(session, promise(number, f"154{number:08}"), here.now())


def states(here: House) -> dict[Delivery, int]:
    with here.reading() as session:
        return queries.counts(session)


def let_it_run(here: House, clock: FixedClock, wild: WildCarrier, rounds: int = 20_000) -> None:
    """Run the jobs in any order, with workers dying, until nothing is under way."""
    deliver, look = partial(jobs.deliver, here, [wild]), partial(jobs.reconcile, here, [wild])
    duties: list[Callable[[], object]] = [deliver] * 3 + [look, partial(jobs.tidy, here)]
    moving = {Delivery.PENDING, Delivery.SENDING, Delivery.UNKNOWN}
    for _ in range(rounds):
        with suppress(Killed):
            duties[wild.random.randrange(len(duties))]()
        for report in wild.reports_due():
            with here.writing() as session:
                callback(session, report.uuid, report.told, here.now())
        clock.at += timedelta(seconds=wild.random.randint(1, 90))
        if wild.random.random() < 0.02 and moving.isdisjoint(states(here)):
            return


@pytest.mark.parametrize("seed", [1, 2])
def test_nobody_is_told_twice_and_nobody_is_forgotten(
    here: House, clock: FixedClock, seed: int
) -> None:
    wild = WildCarrier(here, clock, Random(seed))
    promise_many(here, 120)
    let_it_run(here, clock, wild)
    taken = {entry.uuid for entry in wild.taken}
    with here.reading() as session:
        uuids = set(session.scalars(sa.select(OutboxMessage.uuid)))
    print(seed, dict(wild.faults), states(here))
    assert wild.duplicates() == 0
    assert uuids - taken == wild.refused, "lost"
    assert set(states(here)) <= TERMINAL | {Delivery.ACCEPTED}, "stuck"
    assert min(wild.faults.values()) > 0


def test_the_control_retries_on_error_and_repeats_itself(wild: WildCarrier) -> None:
    for number in range(150):
        uuid = f"{number:032x}"
        naive(wild, Outgoing(uuid, MOBILE, mark_of(uuid), mark_of(uuid), MORNING, 60))
    print("control:", wild.duplicates())
    assert wild.duplicates() > 15


def test_with_the_list_down_for_good_doubt_stays_doubt(
    here: House, clock: FixedClock, wild: WildCarrier
) -> None:
    wild.list_is_down = True
    promise_many(here, 60)
    let_it_run(here, clock, wild, rounds=700)
    with here.reading() as session:
        waiting = len(queries.unknown_too_long(session, here.now()))
    assert wild.duplicates() == 0
    assert 0 < waiting == states(here)[Delivery.UNKNOWN]


def test_two_workers_never_take_the_same_message(tmp_path: Path, here: House) -> None:
    promise_many(here, 60)
    other = open_house(tmp_path, FixedClock(MORNING))
    taken: list[int] = []

    def work(house: House) -> None:
        while True:
            with house.writing() as session:
                claimed = claim(session, ["any"], MORNING)
            if claimed is None:
                return
            taken.append(claimed.id)

    workers = [Thread(target=work, args=(house,)) for house in (here, other)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    other.database.engine.dispose()
    assert Counter(taken) == dict.fromkeys(range(1, 61), 1)


def test_a_promise_made_twice_is_one_message(here: House) -> None:
    with here.writing() as session:
        assert queue(session, promise(), here.now())
        assert not queue(session, promise(), here.now())
    assert states(here) == {Delivery.PENDING: 1}


def test_a_promise_falls_with_the_fact_it_reports(here: House) -> None:
    with suppress(Killed), here.writing() as session:
        queue(session, promise(), here.now())
        raise Killed
    assert states(here) == {}


def test_no_number_lies_about_in_the_clear(here: House) -> None:
    with here.writing() as session:
        queue(session, promise(mobile="+86" + MOBILE), here.now())
        claimed = claim(session, ["any"], here.now())
    assert claimed is not None
    assert claimed.outgoing.mobile == MOBILE
    with here.reading() as session:
        row = session.get_one(OutboxMessage, claimed.id)
    assert MOBILE not in repr((promise(), claimed, row.mobile, row.text))


def test_an_unfit_text_is_refused_where_it_is_promised(here: House) -> None:
    def unfit(mark: str) -> str:
        return f"【示例乡】请拨15400001234，短信号{mark}"

    with pytest.raises(PhoneInText), here.writing() as session:
        queue(session, Promise("k", MessageKind.NOTICE, MOBILE, unfit), here.now())


def test_what_was_due_in_the_evening_waits_for_the_morning(
    here: House, clock: FixedClock, tmp_path: Path
) -> None:
    console = ConsoleGateway(tmp_path / "outbox.log")
    promise_many(here, 1)
    clock.at = MORNING + timedelta(hours=13)  # ten in the evening
    promise_many(here, 2)
    assert jobs.deliver(here, [console]) == 0
    clock.at = MORNING + timedelta(hours=23)  # eight in the morning
    assert jobs.deliver(here, [console]) == 2
    log = (tmp_path / "outbox.log").read_text()
    assert log.count("154****0000") == log.count("154****0001") == 1
    assert "Z26-00001-5" in log


def test_what_comes_too_late_is_dropped(here: House, clock: FixedClock, tmp_path: Path) -> None:
    promise_many(here, 1)
    clock.at = MORNING + timedelta(hours=72)
    assert jobs.deliver(here, [ConsoleGateway(tmp_path / "outbox.log")]) == 0
    jobs.tidy(here)
    assert states(here) == {Delivery.EXPIRED: 1}


class SleepingPc:
    """A clock that shows each moment once: the PC sleeps between the second and the third."""

    def __init__(self) -> None:
        self.moments = [MORNING, MORNING, MORNING + LEASE]

    def now(self) -> datetime:
        """Return the next moment."""
        return self.moments.pop(0)


def test_a_worker_that_wakes_after_its_lease_sends_nothing(here: House, tmp_path: Path) -> None:
    promise_many(here, 1)
    here.clock = SleepingPc()
    jobs.deliver(here, [ConsoleGateway(tmp_path / "outbox.log")])
    assert not (tmp_path / "outbox.log").exists()
    assert states(here) == {Delivery.SENDING: 1}
