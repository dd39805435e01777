"""紧急短信: many at once, before everything else, at any hour, each once."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Lock

import pytest

from desk.messages import jobs, queries
from desk.messages.actions.promises import Promise, queue
from desk.messages.gateways import Outgoing
from desk.messages.rules.delivery import Delivery
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.wording import emergency_text
from kernel.clock import FixedClock
from kernel.schema import upgrade
from kernel.web.house import House
from tests.actions.wild_carrier import MORNING, open_house, promise

VILLAGES = 28
SLOW = 0.2
MIDNIGHT = MORNING - timedelta(hours=9)


@dataclass
class SlowCarrier:
    """Takes its time over every text, as carriers do in a storm; counts those it hears at once."""

    taken: list[str] = field(default_factory=list)
    heard: int = 0
    most_at_once: int = 0
    lock: Lock = field(default_factory=Lock)
    name: str = "slow"
    is_abroad: bool = False
    can_list: bool = False

    def send(self, outgoing: Outgoing) -> str:
        """Take a text, slowly."""
        with self.lock:
            self.heard += 1
            self.most_at_once = max(self.most_at_once, self.heard)
        time.sleep(SLOW)
        with self.lock:
            self.heard -= 1
            self.taken.append(outgoing.mobile)
        return outgoing.uuid

    def find(self, outgoing: Outgoing) -> str | None:
        """Never asked."""
        raise NotImplementedError


@pytest.fixture
def here(tmp_path: Path) -> Iterator[House]:
    house = open_house(tmp_path, FixedClock(MIDNIGHT))
    upgrade(house.database.engine)
    yield house
    house.database.engine.dispose()


def raise_the_alarm(here: House) -> None:
    """Queue a receipt, then an alarm to every village."""
    with here.writing() as session:
        queue(session, promise(1, "15400000001"), here.now())
        for number in range(VILLAGES):
            wording = partial(emergency_text, "示例乡", "今夜有暴雨")
            key, mobile = f"alarm:{number}", f"1541{number:07}"
            queue(session, Promise(key, MessageKind.EMERGENCY, mobile, wording), here.now())


def test_every_village_is_told_at_once_and_once(here: House) -> None:
    raise_the_alarm(here)
    carrier = SlowCarrier()
    assert jobs.deliver_alarms(here, [carrier]) == VILLAGES
    assert carrier.most_at_once > 1
    assert sorted(carrier.taken) == sorted({f"1541{number:07}" for number in range(VILLAGES)})
    with here.reading() as session:
        assert queries.counts(session) == {Delivery.ACCEPTED: VILLAGES, Delivery.PENDING: 1}


def test_the_control_has_one_line_and_sends_them_one_by_one(
    here: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "ALL_LINES", range(1))
    raise_the_alarm(here)
    carrier = SlowCarrier()
    jobs.deliver_alarms(here, [carrier])
    assert carrier.most_at_once == 1
    assert len(carrier.taken) == VILLAGES, "at midnight the receipt waits for the morning"
