"""预约规则: which times can be agreed on, and which texts still tell of one that will be kept."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.cases.rules.appointments import (
    FURTHEST,
    MET_ABOUT,
    AppointmentEnd,
    HallIsClosed,
    Meeting,
    NotYetOver,
    TimeIsOver,
    TooFarAhead,
    Venue,
    appointment_of,
    check_end,
    check_meeting,
    ended_line,
    is_to_be_told,
    key_of,
    made_line,
    spoken_moment,
)
from desk.cases.rules.contacts import contact_key
from desk.cases.rules.outage import moment
from desk.cases.rules.stages import Stage
from desk.messages.rules.delivery import repeat_key
from kernel.calendar.rules.opening import Opening
from kernel.errors import Refusal

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
OPEN, CLOSED = Opening(is_open=True), Opening(is_open=False)
SOON = timedelta(days=2)


@pytest.mark.parametrize(
    ("ahead", "venue", "opening", "refusal"),
    [
        (timedelta(), Venue.HALL, OPEN, TimeIsOver),
        (-SOON, Venue.HOME, OPEN, TimeIsOver),
        (FURTHEST + timedelta(minutes=1), Venue.HALL, OPEN, TooFarAhead),
        (SOON, Venue.HALL, CLOSED, HallIsClosed),
    ],
)
def test_a_time_that_cannot_be_is_refused(
    ahead: timedelta, venue: Venue, opening: Opening, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        check_meeting(Meeting(NOW + ahead, venue), opening, NOW)


def test_away_from_the_hall_one_meets_on_any_day() -> None:
    for venue in (Venue.VILLAGE, Venue.HOME):
        check_meeting(Meeting(NOW + SOON, venue), CLOSED, NOW)
    check_meeting(Meeting(NOW + FURTHEST, Venue.HALL), OPEN, NOW)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_end_of_the_calendar_are_refused_in_words(day: str) -> None:
    at = moment(datetime.fromisoformat(f"{day}T00:00:00+08:00").date(), datetime.min.time())
    with pytest.raises(Refusal):
        check_meeting(Meeting(at, Venue.HALL), OPEN, NOW)


def test_that_somebody_stayed_away_is_known_after_the_hour() -> None:
    with pytest.raises(NotYetOver):
        check_end(AppointmentEnd.MISSED, NOW + SOON, NOW)
    check_end(AppointmentEnd.MISSED, NOW, NOW)
    check_end(AppointmentEnd.KEPT, NOW + SOON, NOW)


@pytest.mark.parametrize("stage", list(Stage))
def test_a_text_is_true_until_the_hour_while_it_stands_and_somebody_is_met(stage: Stage) -> None:
    at = NOW + SOON
    assert is_to_be_told(at, stage, stands=True, now=NOW) == (stage in MET_ABOUT)
    assert not is_to_be_told(at, stage, stands=False, now=NOW)
    assert not is_to_be_told(at, stage, stands=True, now=at)


def test_every_text_about_an_appointment_is_known_by_its_key() -> None:
    key = key_of(17, 4)
    for one in (
        key,
        contact_key(key),
        repeat_key(key, "0123456789"),
        repeat_key(contact_key(key), "ab"),
    ):
        assert appointment_of(one) == 4
    assert appointment_of("case:17:completed") is None


def test_the_hour_is_said_as_people_say_it() -> None:
    at = datetime(2026, 3, 4, 6, 30, tzinfo=UTC)
    assert spoken_moment(at) == "3月4日14时30分"
    assert spoken_moment(at - timedelta(minutes=30)) == "3月4日14时"
    meeting = Meeting(at, Venue.HOME)
    assert made_line(meeting, is_moved=True) == "改约2026年3月4日 周三 14:30在家中办理。"
    assert ended_line(AppointmentEnd.KEPT, at) == "2026年3月4日 周三 14:30的预约：如约来办了。"
