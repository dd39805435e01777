"""时钟出错: whatever becomes of the computer's clock, each reminder once, no silence, no number."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from bench.installation import sample_town
from desk.cases.records import Countdown
from desk.messages.records import OutboxMessage
from desk.messages.rules.delivery import Delivery
from desk.messages.rules.kinds import MessageKind
from kernel.clock import TOWN_TZ, SystemClock
from kernel.staff.actions import set_mobile
from kernel.staff.queries import by_username
from tests.builders import a_case, clerk, mobile
from tests.stories.a_set_clock import UNWATCHED, Hall, asleep, library

#: safety C3
LONGEST_GAP = 5.0
#: as long as a stalled tick would be seen to be silent
LISTEN = 5.5
ONE_HOUR = timedelta(hours=1)
#: for what has to come, however busy the machine of the test is
PATIENCE = 60.0
DEAD_BATTERY = datetime(2000, 1, 1, 2, tzinfo=UTC)
ONE_NUMBER = """
from app import open_house
from kernel.clock import SystemClock
from kernel.errors import Refusal
from kernel.settings import Settings
from tests.builders import a_case
here = open_house(Settings.from_env(), SystemClock())
try:
    with here.writing() as session:
        print(a_case(here, session, here.now()).number)
except Refusal as refusal:
    print(type(refusal).__name__)
"""


@pytest.fixture
def hall() -> Iterator[Hall]:
    """Open a town at ten in the morning, a day from now, where the machine has libfaketime."""
    if library() is None:
        pytest.skip("libfaketime is not installed; tests/tools.sh installs faketime.")
    with sample_town() as town:
        yield Hall(town, _at_ten(SystemClock().now().date() + timedelta(days=1)))


def _at_ten(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=TOWN_TZ).astimezone(UTC)


def _a_case_with_a_day(hall: Hall) -> date:
    """Take a case in whose handler has a work phone; return its last day."""
    with hall.here.writing() as session:
        staff = by_username(session, "counter1")
        assert staff is not None
        now = hall.clock.now()
        set_mobile(session, staff, f"+86{mobile(99)}", clerk(session, "admin"), now)
        case = a_case(hall.here, session, now)
        due_on = session.scalar(sa.select(Countdown.due_on).where(Countdown.case_id == case.id))
    assert due_on is not None
    return due_on


def test_a_clock_that_is_set_dies_or_sleeps_repeats_nothing_and_silences_nothing(
    hall: Hall,
) -> None:
    last_day = _at_ten(_a_case_with_a_day(hall))
    hall.clock.set_to(last_day - timedelta(minutes=5))
    with hall.scheduled() as scheduler:
        assert hall.arrives(hall.promise(), PATIENCE)
        usual = hall.longest_gap(LISTEN / 2)
        hall.clock.set_to(last_day)
        assert hall.waits_for(partial(_is_a_nudge_told, hall), PATIENCE)
        gaps = {}
        for name, step in {"an hour back": -ONE_HOUR, "a day on": timedelta(days=1)}.items():
            hall.clock.set_to(last_day + step)
            gaps[name] = hall.longest_gap(LISTEN)
        with asleep(scheduler):
            hall.clock.set_to(last_day + timedelta(days=1) + ONE_HOUR)
        gaps["asleep for an hour"] = hall.longest_gap(LISTEN)
        hall.clock.set_to(DEAD_BATTERY)
        gaps["dead battery"] = hall.longest_gap(LISTEN)
        assert hall.run(ONE_NUMBER) == "ClockWentBack"
        hall.clock.set_to(last_day + timedelta(days=1) + 2 * ONE_HOUR)
        gaps["set right"] = hall.longest_gap(LISTEN)
        assert hall.run(ONE_NUMBER).startswith("Z")
        assert hall.waits_for(lambda asked: not any(map(_is_moving, asked)), PATIENCE)
    # a tick takes a second at least; a busy machine's takes longer before anything is wrong
    assert max(gaps.values()) <= LONGEST_GAP * max(1.0, usual), (usual, gaps)
    _each_was_told_once(hall)
    nudges = [one.state for one in hall.asked() if one.kind is MessageKind.NUDGE]
    assert Delivery.ACCEPTED in nudges, "what was in doubt was cleared up by itself"


def _is_a_nudge_told(hall: Hall, asked: Sequence[OutboxMessage]) -> bool:
    """Ask the carrier: what is on its way when the clock jumps is in doubt here until later."""
    nudges = {one.mark for one in asked if one.kind is MessageKind.NUDGE}
    return any(line[-4:] in nudges for line in hall.lines())


def _is_moving(message: OutboxMessage) -> bool:
    return message.state in {Delivery.PENDING, Delivery.SENDING}


def _each_was_told_once(hall: Hall) -> None:
    told = Counter(line[-4:] for line in hall.lines())
    asked = hall.asked()
    assert [(one.key, one.state, told[one.mark]) for one in asked if told[one.mark] != 1] == []


def test_the_control_that_nobody_watches_falls_silent(hall: Hall) -> None:
    with hall.scheduled(UNWATCHED):
        assert hall.arrives(hall.promise(), PATIENCE)
        hall.clock.set_to(hall.clock.now() - ONE_HOUR)
        time.sleep(LISTEN)  # the pass that runs already still hears
        assert not hall.arrives(hall.promise(), LISTEN)
