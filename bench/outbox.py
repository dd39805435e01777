"""待发短信: texts prepared and claimed a minute beside bare commits; the counter beside a hang.

The carrier of these figures costs nothing: what is measured is the house. The floor
commits one bare statement each time.
"""

import os
import threading
from collections.abc import Callable
from functools import partial
from time import perf_counter

import sqlalchemy as sa

from bench.counter import clerks, intake, number_of
from bench.figures import Figure, percentile
from bench.installation import sample_town
from desk.messages import jobs
from desk.messages.actions import Promise, queue_all
from desk.messages.actions.sending import claim
from desk.messages.gateways import Outgoing, Unanswered
from desk.messages.records import MessageSettings
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.wording import emergency_text
from kernel.web.house import House
from tests.builders import mobile

TEXTS = int(os.environ.get("BENCH_TEXTS", "2000"))
BATCH = 500
CLAIMED = 500
REGISTRATIONS = 40


class HangingCarrier:
    """Takes every call and never answers."""

    name = "hangs"
    is_abroad = False
    can_list = False

    def __init__(self) -> None:
        self.is_over = threading.Event()

    def send(self, outgoing: Outgoing) -> str:
        """Hang until the end of the measurement."""
        self.is_over.wait()
        raise Unanswered("hang")

    def find(self, outgoing: Outgoing) -> str | None:
        """Never asked."""
        raise NotImplementedError


def figures() -> list[Figure]:
    """Measure preparing, claiming, and the counter while a carrier hangs."""
    with sample_town() as town:
        here = town.open_house()
        _plenty(here)
        prepared = _a_minute(TEXTS, partial(_prepare, here))
        claimed = _a_minute(CLAIMED, partial(_claim, here))
        floor = _a_minute(CLAIMED, partial(_bare_commits, here))
        with town.served():
            calm, hanging = _counter(town.port, here)
        here.database.engine.dispose()
    return [
        Figure("texts prepared", prepared, "/min", 100_000.0, "asked for", 1.0),
        Figure("texts claimed, one commit each", claimed, "/min", floor, "bare commits"),
        Figure("p95 of a registration, carrier hanging", hanging, "ms", calm, "calm", 1.1, True),
    ]


def _plenty(here: House) -> None:
    with here.writing() as session:
        session.execute(sa.update(MessageSettings).values(day_budget_fen=10**8, daily_cap=9))


def _a_minute(number: int, work: Callable[[], None]) -> float:
    begun = perf_counter()
    work()
    return 60 * number / (perf_counter() - begun)


def _prepare(here: House) -> None:
    wording = partial(emergency_text, "示例乡", "示例内容")
    for first in range(0, TEXTS, BATCH):
        promises = [
            Promise(f"bench:{place}", MessageKind.EMERGENCY, mobile(place), wording)
            for place in range(first, first + BATCH)
        ]
        with here.writing() as session:
            queue_all(session, promises, here.now())


def _claim(here: House) -> None:
    for _ in range(CLAIMED):
        with here.writing() as session:
            assert claim(session, ["bench"], here.now()) is not None


def _bare_commits(here: House) -> None:
    for place in range(CLAIMED):
        with here.writing() as session:
            session.execute(
                sa.text("UPDATE carrier_attempt SET note = :note WHERE id = 1"),
                {"note": str(place)},
            )


def _counter(port: int, here: House) -> tuple[float, float]:
    """Return the p95 of a registration in ms: calm, and with every line of the outbox hanging."""
    calm = _p95(port, 0)
    carrier = HangingCarrier()
    sender = threading.Thread(target=jobs.deliver_alarms, args=(here, [carrier]))
    sender.start()
    try:
        return calm, _p95(port, REGISTRATIONS)
    finally:
        carrier.is_over.set()
        sender.join()


def _p95(port: int, first: int) -> float:
    (clerk,) = clerks(port, 1)
    took = []
    for serial in range(first, first + REGISTRATIONS):
        form = intake(clerk, serial)
        begun = perf_counter()
        assert number_of(clerk.send(form))
        took.append(perf_counter() - begun)
    clerk.hang_up()
    return 1000 * percentile(took, 0.95)
