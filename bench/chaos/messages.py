"""短信捣乱: two workers that are killed at any moment, and a carrier that misbehaves throughout.

Nothing may reach the carrier twice, nothing may be lost, nothing may hang in the middle. The
control does what everybody writes first: it tries again after an error.
"""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from math import ceil
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from app import open_house
from bench.chaos.carrier import WildCarrier, open_door
from bench.chaos.messages_clock import BESIDE_WORK, WHILE_ALL_WAIT, Pace, RunClock
from bench.chaos.sender import gateway
from bench.chaos.verdicts import Verdict
from bench.installation import Installation, kill, start
from desk.messages import queries
from desk.messages.actions import Promise, queue_all
from desk.messages.actions.evidence import callback
from desk.messages.gateways import CarrierError, Outgoing, Refused
from desk.messages.gateways.twilio import TwilioGateway
from desk.messages.queries.keeping import left_alone
from desk.messages.records import MessageSettings
from desk.messages.rules.delivery import TERMINAL, Delivery
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.wording import completed_text, mark_of
from kernel.settings import Settings
from kernel.web.house import House
from tests.builders import mobile

TWILIO: Final = {
    "DESK_SMS": "twilio",
    "DESK_TWILIO_ACCOUNT": "AC" + "0" * 32,
    "DESK_TWILIO_TOKEN": "not-a-token",
    "DESK_TWILIO_FROM": "MG" + "0" * 32,
}
WORKERS = 2
#: so many texts come to rest within one day of their clock
ROUND = 2000
LOOK_EVERY = 0.1
#: a round is stuck that has not come to rest by the evening of its own day, or in which nothing
#: at all went on for so many of the machine's seconds
ONE_DAY, STILL = 12 * 3600.0, 300.0
CONTROL_TEXTS, CONTROL_TRIES = 60, 6
#: not yet at rest
MOVING = frozenset({Delivery.PENDING, Delivery.SENDING, Delivery.UNKNOWN})


class Workers:
    """The workers of a run; `kill_one` ends one in the middle and starts another."""

    def __init__(self, town: Installation, clock: Path, port: int) -> None:
        self._environment = {**town.environment, **TWILIO}
        self._command = [sys.executable, "-m", "bench.chaos.sender", str(clock), str(port)]
        self._log = town.folder / "senders.log"
        self._all = [self._started() for _ in range(WORKERS)]

    def _started(self) -> subprocess.Popen[bytes]:
        return start(self._command, self._environment, self._log)

    def kill_one(self, dice: random.Random) -> None:
        """`kill -9` one worker, wherever it is."""
        place = dice.randrange(WORKERS)
        kill(self._all[place])
        self._all[place] = self._started()

    def end(self) -> None:
        """End them all."""
        for worker in self._all:
            kill(worker)


def run(town: Installation, texts: int, kills: int, dice: random.Random) -> Verdict:
    """Send `texts` through the worst of carriers with `kills` kills; return what was found.

    In rounds, each within a day of its own clock: a text that waits for three days expires.
    """
    rounds = ceil(texts / ROUND)
    found: Counter[str] = Counter()
    control = 0
    for number in range(rounds):
        places = range(number * texts // rounds, (number + 1) * texts // rounds)
        ends = (number + 1) * kills // rounds - number * kills // rounds
        breaches, wronged = _round(town, places, ends, dice)
        found.update(breaches)
        control += wronged
    done = f"{texts:,} texts, {kills} kills of {WORKERS} workers, {town.kind}"
    return Verdict("a text is sent once", done, dict(found), control)


def _round(
    town: Installation, places: range, kills: int, dice: random.Random
) -> tuple[dict[str, int], int]:
    """Send the texts of some places; return the breaches found, and those of the control."""
    file = town.folder / f"clock-{places.start}"
    clock = RunClock.of(file)
    settings = Settings.from_env({**town.desk_variables, **TWILIO})
    here = open_house(settings, clock)
    mine = _promise(here, places)
    carrier = WildCarrier(random.Random(dice.random()), clock)
    with open_door(carrier) as port:
        workers = Workers(town, file, port)
        try:
            _until_rest(here, carrier, workers, _moments(places, kills, dice), dice)
        finally:
            workers.end()
        found = _found(here, carrier, mine)
        control = _control(gateway(here, port), carrier)
    here.database.engine.dispose()
    return found, control


def _moments(places: range, kills: int, dice: random.Random) -> list[int]:
    """Draw after which requests a worker is killed: while texts are sent, on any machine."""
    return sorted(dice.sample(range(1, len(places)), kills), reverse=True)


def _promise(here: House, places: range) -> set[str]:
    """Promise a text to each of the places' numbers; return the texts' own ids."""
    wording = {place: partial(completed_text, "示例乡", f"Z26-{place:05}-5") for place in places}
    promises = [
        Promise(f"chaos:{place}", MessageKind.COMPLETED, mobile(place), words)
        for place, words in wording.items()
    ]
    with here.writing() as session:
        plenty = {"abroad_on": True, "day_budget_fen": 10**8, "month_budget_fen": 10**8}
        session.execute(sa.update(MessageSettings).values(plenty))
        queue_all(session, promises, here.now())
        keys = [promise.key for promise in promises]
        return {one.uuid for one in queries.promised_under(session, keys).values()}


def _until_rest(
    here: House,
    carrier: WildCarrier,
    workers: Workers,
    moments: list[int],
    dice: random.Random,
) -> None:
    clock = here.clock
    assert isinstance(clock, RunClock)
    pace = Pace(clock)
    while clock.seconds < ONE_DAY and pace.still < STILL:
        time.sleep(LOOK_EVERY)
        _report(here, carrier.reports_due())
        if moments and carrier.served >= moments[-1]:
            moments.pop()
            workers.kill_one(dice)
        states, speed = _states(here), _speed(here)
        if not moments and MOVING.isdisjoint(states):
            return
        pace.follow(carrier.served, speed)


def _speed(here: House) -> float:
    """Return how fast the clock may run: not while a text could be sent that nobody has sent."""
    with here.reading() as session:
        now = here.now()
        if queries.is_any_due(session, now) and not left_alone(session, now):
            return 0.0
        return BESIDE_WORK if Delivery.SENDING in queries.counts(session) else WHILE_ALL_WAIT


def _report(here: House, reports: Sequence[tuple[str, Delivery]]) -> None:
    for uuid, told in reports:
        with here.writing() as session:
            callback(session, uuid, told, here.now())


def _found(here: House, carrier: WildCarrier, mine: set[str]) -> dict[str, int]:
    taken = {one.uuid for one in carrier.taken}
    stuck = set(_states(here)) - TERMINAL - {Delivery.ACCEPTED}
    return {
        "sent twice": carrier.duplicates(),
        "lost": len(mine - taken - carrier.refused),
        "stuck": sum(number for state, number in _states(here).items() if state in stuck),
        "faults that never happened": sum(not number for number in carrier.faults.values()),
    }


def _states(here: House) -> dict[Delivery, int]:
    with here.reading() as session:
        return queries.counts(session)


def _control(door: TwilioGateway, carrier: WildCarrier) -> int:
    """Try again after an error; return how many texts went out more than once."""
    before = carrier.duplicates()
    for place in range(CONTROL_TEXTS):
        uuid = f"{place:032x}"
        text = completed_text("示例乡", f"Z26-{place:05}-5", mark_of(uuid))
        outgoing = Outgoing(uuid, mobile(place), text, mark_of(uuid), carrier.clock.now(), 3600)
        _naive(door, outgoing)
    return carrier.duplicates() - before


def _naive(door: TwilioGateway, outgoing: Outgoing) -> None:
    for _ in range(CONTROL_TRIES):
        with suppress(CarrierError):
            with suppress(Refused):
                door.send(outgoing)
            return
