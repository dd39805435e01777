"""待发短信: texts prepared and claimed a minute beside bare commits; the counter beside a hang.

The carrier of these figures costs nothing: what is measured is the house. The floor of the lots
commits as many bare statements at once, that of single texts one each time.
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
from desk.messages.actions.sending import reserve
from desk.messages.gateways import Outgoing, Unanswered
from desk.messages.records import MessageSettings
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.wording import completed_text
from kernel.web.house import House
from tests.builders import mobile

TEXTS = int(os.environ.get("BENCH_TEXTS", "10000"))
BATCH = 500
LOTS = 100
DELIVERED = 500
REGISTRATIONS = 40
#: whenever it is measured, texts may go out (but in the last minute of a day)
AWAKE = {"quiet_from": 24 * 60 - 1, "quiet_until": 0}


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


class QuickCarrier(HangingCarrier):
    """Takes every text at once."""

    def send(self, outgoing: Outgoing) -> str:
        """Take it."""
        return outgoing.uuid


def figures() -> list[Figure]:
    """Measure preparing, taking in lots, delivering, and the counter while a carrier hangs."""
    with sample_town() as town:
        here = town.open_house()
        _plenty(here)
        prepared = _a_minute(TEXTS, partial(_prepare, here))
        lots = _a_minute(LOTS * jobs.PASS_LIMIT, partial(_reserve, here))
        lot_floor = _a_minute(LOTS * jobs.PASS_LIMIT, partial(_bare, here, LOTS, jobs.PASS_LIMIT))
        sent = _a_minute(DELIVERED, partial(_deliver, here))
        floor = _a_minute(DELIVERED, partial(_bare, here, DELIVERED, 1))
        with town.served():
            calm, hanging = _counter(town.port, here)
        here.database.engine.dispose()
    return [
        Figure("texts prepared", prepared, "/min", 100_000.0, "asked for", 1.0),
        Figure("due texts taken in lots of 50", lots, "/min", lot_floor, "bare statements"),
        Figure("texts begun and settled, one commit each", sent, "/min", floor, "bare commits"),
        Figure("p95 of a registration, carrier hanging", hanging, "ms", calm, "calm", 1.1, True),
    ]


def _plenty(here: House) -> None:
    with here.writing() as session:
        values = {"day_budget_fen": 10**8, "month_budget_fen": 10**8, "daily_cap": 9}
        session.execute(sa.update(MessageSettings).values(values | AWAKE))


def _a_minute(number: int, work: Callable[[], None]) -> float:
    begun = perf_counter()
    work()
    return 60 * number / (perf_counter() - begun)


def _prepare(here: House) -> None:
    for first in range(0, TEXTS, BATCH):
        promises = [
            Promise(
                f"bench:{place}",
                MessageKind.COMPLETED,
                mobile(place),
                partial(completed_text, "示例乡", f"Z26-{place:05}-5"),
            )
            for place in range(first, first + BATCH)
        ]
        with here.writing() as session:
            queue_all(session, promises, here.now())


def _reserve(here: House) -> None:
    for _ in range(LOTS):
        with here.writing() as session:
            lot = reserve(session, ["bench"], here.now(), jobs.PASS_LIMIT)
        assert len(lot) == jobs.PASS_LIMIT


def _deliver(here: House) -> None:
    for _ in range(DELIVERED // jobs.PASS_LIMIT):
        assert jobs.deliver(here, [QuickCarrier()]) == jobs.PASS_LIMIT


def _bare(here: House, commits: int, statements: int) -> None:
    noting = sa.text("UPDATE carrier_attempt SET note = :note WHERE id = 1")
    for place in range(commits):
        with here.writing() as session:
            for _ in range(statements):
                session.execute(noting, {"note": str(place)})


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
