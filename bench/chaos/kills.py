"""断电似的强杀: `kill -9` of every process of the desk while clerks register.

A clerk whose line breaks presses the same form again, as people do, until it is answered. What
was answered was promised: it must be in the database, once, whole.
"""

import random
import threading
import time

import sqlalchemy as sa

from bench.browser import Browser
from bench.chaos.verdicts import Verdict
from bench.chaos.warm import warm
from bench.chaos.whole_cases import breaches
from bench.counter import clerks, intake, number_of
from bench.installation import Installation, sample_town, wait_until_open
from desk.messages.records import OutboxMessage
from kernel.web.house import House

CLERKS = 4
LONGEST_PEACE = 0.8
WAIT = 0.05


class Clerk(threading.Thread):
    """One clerk who goes on registering through every crash."""

    def __init__(self, browser: Browser, first: int, is_over: threading.Event) -> None:
        super().__init__()
        self._browser, self._serial, self._is_over = browser, first, is_over
        self.acknowledged: list[str] = []

    def run(self) -> None:
        """Register one person after the other until the end is called."""
        while not self._is_over.is_set():
            self._serial += 1
            self._register()
        self._browser.hang_up()

    def _register(self) -> None:
        form = b""
        while not (form and self._pressed(form)):
            if not form and self._is_over.is_set():
                return
            form = form or self._opened()

    def _opened(self) -> bytes:
        try:
            return intake(self._browser, self._serial)
        except OSError:
            time.sleep(WAIT)
            return b""

    def _pressed(self, form: bytes) -> bool:
        try:
            number = number_of(self._browser.send(form))
        except OSError:
            time.sleep(WAIT)
            return False
        if number:
            self.acknowledged.append(number)
        return bool(number)


def run(kills: int, dice: random.Random) -> Verdict:
    """Kill the desk `kills` times at random moments; return what was found."""
    with sample_town() as town:
        acknowledged = _under_fire(town, kills, dice)
        here = town.open_house()
        found = breaches(here, acknowledged)
        control = sum(_wronged(here, acknowledged).values())
        here.database.engine.dispose()
    done = f"{kills} kills, {len(acknowledged)} acknowledged"
    return Verdict("what was answered survives kill -9", done, found, control)


def _under_fire(town: Installation, kills: int, dice: random.Random) -> list[str]:
    is_over = threading.Event()
    people: list[Clerk] = []
    with warm(town) as desk:
        for _ in range(kills):
            desk.start()
            try:
                wait_until_open(town.port)
                people = people or _at_work(town, is_over)
                time.sleep(dice.random() * LONGEST_PEACE)
            finally:
                desk.kill()
    with town.served():
        is_over.set()
        for clerk in people:
            clerk.join()
    return [number for clerk in people for number in clerk.acknowledged]


def _at_work(town: Installation, is_over: threading.Event) -> list[Clerk]:
    people = [
        Clerk(browser, 100_000 * place, is_over)
        for place, browser in enumerate(clerks(town.port, CLERKS))
    ]
    for clerk in people:
        clerk.start()
    return people


def _wronged(here: House, acknowledged: list[str]) -> dict[str, int]:
    """The control: lose one promise to a villager, and remember one number never given out."""
    with here.writing() as session:
        session.execute(sa.delete(OutboxMessage).where(OutboxMessage.id == _first(here)))
    return breaches(here, [*acknowledged, "Z00-00000-0"])


def _first(here: House) -> int:
    with here.reading() as session:
        return session.scalar(sa.select(sa.func.min(OutboxMessage.id))) or 0
