"""值日簿: nothing is lost between two shifts, and nothing that was written is ever changed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from duty_roster.actions import log
from duty_roster.queries import log as queries
from duty_roster.records.log import LogEntry, LogStep
from duty_roster.rules.log import LogKind, Written, ZeroNotConfirmed
from kernel.clock import FixedClock
from kernel.errors import Refusal
from kernel.web.house import House
from tests.builders import clerk

LEADERS = ("leader1", "leader2", "leader3")


def write(session: Session, here: House, *, is_open: bool, who: str = "leader1") -> LogEntry:
    written = Written(LogKind.CALL, "示例来电", here.now(), is_open=is_open)
    return log.write(session, written, clerk(session, who), here.now())


def take_over(here: House, who: str) -> None:
    with here.writing() as session:
        log.take_over(session, "", {}, clerk(session, who), here.now())


def hand_over(here: House, who: str, *, is_zero: bool = False) -> None:
    with here.writing() as session:
        log.hand_over(session, (is_zero, ""), {}, clerk(session, who), here.now())


@dataclass
class Year:
    """Shifts that follow each other, with whatever leaders do in them, in any order."""

    here: House
    clock: FixedClock
    random: Random
    #: what nobody has closed, kept beside the log by hand
    owed: set[int] = field(default_factory=set)
    turn: int = 0

    def shift(self) -> None:
        """Take over, do a few things, hand over."""
        who = LEADERS[self.turn % len(LEADERS)]
        self.turn += 1
        take_over(self.here, who)
        for _ in range(self.random.randint(1, 4)):
            self.clock.at += timedelta(minutes=self.random.randint(1, 300))
            with self.here.writing() as session:
                self._something(session, who)
        self.clock.at += timedelta(minutes=1)
        with self.here.writing() as session:
            page = queries.newest(session)
            assert page is not None
            is_zero = queries.number_written(session, page) == 0
            log.hand_over(session, (is_zero, ""), {}, clerk(session, who), self.here.now())
        if self.random.random() < 0.3:  # handed over by mistake: taken back, and handed over again
            with self.here.writing() as session:
                log.take_back(session, clerk(session, who), self.here.now())
                self.clock.at += timedelta(minutes=1)
                self.owed.add(write(session, self.here, is_open=True, who=who).id)
            hand_over(self.here, who)
        if self.random.random() < 0.5:  # something happens before the next one has come
            self.clock.at += timedelta(seconds=30)
            with self.here.writing() as session:
                self.owed.add(write(session, self.here, is_open=True).id)

    def _something(self, session: Session, who: str) -> None:
        actor, now = clerk(session, who), self.here.now()
        if self.owed and self.random.random() < 0.5:
            chosen = self.random.choice(sorted(self.owed))
            closes = self.random.random() < 0.5
            log.follow_up(session, chosen, log.Step("在办", closes), actor, now)
            self.owed -= {chosen} if closes else set()
            return
        is_open = self.random.random() < 0.6
        entry = write(session, self.here, is_open=is_open, who=who)
        self.owed |= {entry.id} if is_open else set()


def on_the_list(session: Session) -> set[int]:
    return {one.entry.id for one in queries.open_entries(session)}


def left_by_the_last_shift_alone(session: Session) -> set[int]:
    """The control: what a page that only copies the page before it would show."""
    page = queries.newest(session)
    if page is None:
        return set()
    return {one.entry.id for one in queries.entries_of(session, page) if one.is_open}


def lost_over_a_year(year: Year, listed: Callable[[Session], set[int]], shifts: int = 25) -> int:
    """Return how often something that is owed stood on no list after a hand-over."""
    lost = 0
    for _ in range(shifts):
        year.shift()
        with year.here.reading() as session:
            lost += len(year.owed - listed(session))
    return lost


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_item_never_disappears_between_two_shifts(
    here: House, clock: FixedClock, seed: int
) -> None:
    year = Year(here, clock, Random(seed))
    assert lost_over_a_year(year, on_the_list) == 0
    with here.reading() as session:
        assert on_the_list(session) == year.owed


def test_the_control_loses_what_is_older_than_one_shift(here: House, clock: FixedClock) -> None:
    assert lost_over_a_year(Year(here, clock, Random(1)), left_by_the_last_shift_alone) > 10


def test_every_entry_stands_on_exactly_one_page(here: House, clock: FixedClock) -> None:
    year = Year(here, clock, Random(4))
    lost_over_a_year(year, on_the_list, shifts=12)
    take_over(here, "leader4")
    with here.reading() as session:
        pages = queries.pages_of(session, 2026)
        placed = [one.entry.id for page in pages for one in queries.entries_of(session, page)]
        assert sorted(placed) == sorted(session.scalars(sa.select(LogEntry.id)))


def test_what_was_written_cannot_be_changed(here: House) -> None:
    with here.writing() as session:
        number = write(session, here, is_open=True).id
        log.follow_up(session, number, log.Step("办完", True), clerk(session), here.now())
    for record, column in ((LogEntry, LogEntry.content), (LogStep, LogStep.text)):
        with pytest.raises(DBAPIError, match="append only"), here.writing() as session:
            session.execute(sa.update(record).values({column: "改过"}))
    with pytest.raises(DBAPIError, match="append only"), here.writing() as session:
        session.execute(sa.delete(LogStep))


def test_zero_is_confirmed_and_never_assumed(here: House) -> None:
    take_over(here, "leader1")
    with pytest.raises(ZeroNotConfirmed):
        hand_over(here, "leader1")
    with here.writing() as session:
        rain = Written(LogKind.WEATHER, "小雨", here.now())
        log.write(session, rain, clerk(session, "leader1"), here.now())
    with pytest.raises(ZeroNotConfirmed):
        hand_over(here, "leader1")  # rain is weather, not something that happened
    hand_over(here, "leader1", is_zero=True)


def test_a_shift_nobody_handed_over_is_taken_over_with_a_reason(here: House) -> None:
    take_over(here, "leader1")
    with pytest.raises(Refusal):
        take_over(here, "leader2")
    with here.writing() as session:
        log.take_over(session, "上一班突发疾病", {}, clerk(session, "leader2"), here.now())
    with here.reading() as session:
        before = queries.page(session, 2026, 1)
        assert before.handover is not None
        assert before.handover.reason == "上一班突发疾病"
        assert not before.handover.is_zero, "nobody who was there has said so"
