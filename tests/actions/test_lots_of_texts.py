"""成批预留: texts are reserved by the lot and begun with one by one; a crash doubts only one."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from desk.messages import jobs, queries
from desk.messages.actions import Promise, queue, withdraw
from desk.messages.actions.sending import begin, reserve
from desk.messages.gateways import Outgoing, Unanswered
from desk.messages.queries import keeping
from desk.messages.records import MessageSettings, OutboxMessage
from desk.messages.rules.delivery import LEASE, Delivery
from desk.messages.rules.kinds import MessageKind, Why
from desk.messages.rules.wording import completed_text
from kernel.clock import FixedClock
from kernel.web.house import House
from tests.actions.wild_carrier import Killed
from tests.builders import mobile

TEXTS = 5
PART_LI = 50


@dataclass(slots=True)
class Carrier:
    """Takes every text, and does what it was told to do at the n-th."""

    at_the: int = 0
    then: Callable[[], None] = lambda: None
    taken: list[str] = field(default_factory=list)
    name: str = "first"
    is_abroad: bool = False
    can_list: bool = False

    def send(self, outgoing: Outgoing) -> str:
        """Take it, or do what was told first."""
        if len(self.taken) + 1 == self.at_the:
            self.at_the = 0
            self.then()
        self.taken.append(outgoing.uuid)
        return f"first-{len(self.taken)}"

    def find(self, outgoing: Outgoing) -> str | None:
        """Never asked."""
        raise NotImplementedError


def promise_many(here: House) -> None:
    with here.writing() as session:
        for serial in range(TEXTS):
            words = partial(completed_text, "示例乡", f"Z26-{serial:05}-5")
            promise = Promise(f"lot:{serial}", MessageKind.COMPLETED, mobile(serial), words)
            queue(session, promise, here.now())


def states(here: House) -> dict[Delivery, int]:
    with here.reading() as session:
        return queries.counts(session)


def spent_li(here: House) -> int:
    with here.reading() as session:
        return keeping.spent(session, here.today()).today_li


def dies() -> None:
    raise Killed


def falls_silent() -> None:
    raise Unanswered("hang")


def test_a_crash_leaves_one_text_in_doubt_and_the_rest_of_the_lot_to_be_sent(
    here: House, clock: FixedClock
) -> None:
    promise_many(here)
    carrier = Carrier(at_the=2, then=dies)
    with suppress(Killed):
        jobs.deliver(here, [carrier])
    assert states(here) == {Delivery.ACCEPTED: 1, Delivery.SENDING: 1, Delivery.PENDING: 3}
    assert jobs.deliver(here, [carrier]) == 0, "reserved by the one that died"
    clock.at += LEASE
    jobs.tidy(here)
    assert jobs.deliver(here, [carrier]) == 3
    assert states(here) == {Delivery.ACCEPTED: 4, Delivery.UNKNOWN: 1}
    assert max(Counter(carrier.taken).values()) == 1
    assert spent_li(here) == TEXTS * PART_LI, "paid once, though reserved twice"


def test_when_the_carrier_falls_silent_the_rest_goes_back_with_its_money(here: House) -> None:
    promise_many(here)
    carrier = Carrier(at_the=2, then=falls_silent)
    assert jobs.deliver(here, [carrier]) == 2
    assert states(here) == {Delivery.ACCEPTED: 1, Delivery.UNKNOWN: 1, Delivery.PENDING: 3}
    assert spent_li(here) == 2 * PART_LI
    assert jobs.deliver(here, [carrier]) == 3
    assert spent_li(here) == TEXTS * PART_LI


def test_what_is_taken_back_before_its_turn_is_not_sent(here: House) -> None:
    promise_many(here)

    def change_of_mind() -> None:
        with here.writing() as session:
            assert withdraw(session, "lot:3", here.now())

    carrier = Carrier(at_the=2, then=change_of_mind)
    assert jobs.deliver(here, [carrier]) == TEXTS - 1
    assert states(here) == {Delivery.ACCEPTED: TEXTS - 1, Delivery.WITHDRAWN: 1}


def test_what_ceases_to_be_so_before_its_turn_is_not_sent(here: House) -> None:
    promise_many(here)
    true = {f"lot:{serial}" for serial in range(TEXTS)}
    guards = {MessageKind.COMPLETED: lambda _session, key, _now: key in true}
    carrier = Carrier(at_the=2, then=lambda: true.discard("lot:4"))
    assert jobs.deliver(here, [carrier], guards) == TEXTS - 1
    with here.reading() as session:
        why = session.scalar(sa.select(OutboxMessage.why).where(OutboxMessage.key == "lot:4"))
    assert why is Why.UNTRUE
    assert spent_li(here) == (TEXTS - 1) * PART_LI


def test_the_night_begins_in_the_middle_of_a_lot(here: House, clock: FixedClock) -> None:
    clock.at = clock.at.replace(hour=12, minute=59, second=50)  # ten seconds to nine
    promise_many(here)

    def night() -> None:
        clock.at += timedelta(seconds=15)

    carrier = Carrier(at_the=2, then=night)
    assert jobs.deliver(here, [carrier]) == 2
    clock.at += LEASE
    assert jobs.deliver(here, [carrier]) == 0
    assert states(here) == {Delivery.ACCEPTED: 2, Delivery.PENDING: 3}


@pytest.mark.parametrize("fen", [0, 5, 14])
def test_a_lot_never_passes_the_budget(here: House, fen: int) -> None:
    with here.writing() as session:
        session.execute(sa.update(MessageSettings).values(day_budget_fen=fen))
    promise_many(here)
    jobs.deliver(here, [Carrier()])
    assert states(here).get(Delivery.ACCEPTED, 0) == fen // 5
    assert spent_li(here) <= 10 * fen


def test_a_late_worker_begins_with_nothing_of_a_lot_that_is_another_s(
    here: House, clock: FixedClock
) -> None:
    promise_many(here)
    with here.writing() as session:
        late = reserve(session, ["first"], here.now(), TEXTS)
    clock.at += LEASE
    with here.writing() as session:
        assert len(reserve(session, ["first"], here.now(), TEXTS)) == TEXTS
        sleeper = clock.at - LEASE
        assert [begin(session, one, sleeper) for one in late] == [None] * TEXTS
