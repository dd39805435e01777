"""红黄绿灯: what a countdown shows, and that nothing takes a colour back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desk.cases.rules.lights import (
    AlreadyAnnulled,
    BadThreshold,
    Light,
    NotRed,
    OwnRed,
    Seen,
    check_annulment,
    read_amount,
    shown,
)
from kernel.errors import Refusal

NOW, TODAY = datetime(2026, 3, 10, 2, 0, tzinfo=UTC), date(2026, 3, 10)
EARLIER, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
YESTERDAY, TOMORROW = date(2026, 3, 9), date(2026, 3, 11)


@pytest.mark.parametrize(
    ("seen", "light", "why"),
    [
        (Seen(), Light.GREEN, "what has no day is green"),
        (Seen(TOMORROW, LATER), Light.GREEN, "neither day has come"),
        (Seen(TODAY, LATER), Light.YELLOW, "yellow from the morning of its day"),
        (Seen(YESTERDAY, NOW), Light.RED, "red from the very moment"),
        (Seen(TOMORROW, LATER, yellow_at=EARLIER), Light.YELLOW, "a hold takes no yellow back"),
        (Seen(TOMORROW, LATER, red_at=EARLIER), Light.RED, "an extension takes no red back"),
        (Seen(None, None, red_at=EARLIER), Light.RED, "nor does a hold with an open end"),
        (Seen(YESTERDAY, EARLIER, is_annulled=True), Light.YELLOW, "annulled, it wants an eye"),
        (Seen(None, None, None, EARLIER, is_annulled=True), Light.YELLOW, "the red is past"),
    ],
)
def test_what_a_running_countdown_shows(seen: Seen, light: Light, why: str) -> None:
    assert shown(seen, NOW, TODAY) is light, why


def test_no_other_day_ever_shows_less_than_was_seen() -> None:
    days = [None, YESTERDAY, TODAY, TOMORROW]
    order = [Light.GREEN, Light.YELLOW, Light.RED]
    for before in (Seen(TODAY, LATER, EARLIER), Seen(YESTERDAY, EARLIER, EARLIER, EARLIER)):
        least = order.index(shown(before, NOW, TODAY))
        moved = [
            replace(before, yellow_on=day, over_at=over)
            for day in days
            for over in (None, EARLIER, LATER)
        ]
        assert all(order.index(shown(one, NOW, TODAY)) >= least for one in moved)


@pytest.mark.parametrize(
    ("red_at", "is_annulled", "by", "no"),
    [
        (None, False, 9, NotRed),
        (EARLIER, True, 9, AlreadyAnnulled),
        (EARLIER, False, 1, OwnRed),
        (EARLIER, False, 2, OwnRed),
    ],
)
def test_only_a_red_that_was_another_s_is_annulled_and_once(
    red_at: datetime | None, is_annulled: bool, by: int, no: type[Refusal]
) -> None:
    with pytest.raises(no):
        check_annulment(red_at, is_annulled=is_annulled, handlers=frozenset({1, 2}), by=by)
    check_annulment(EARLIER, is_annulled=False, handlers=frozenset({1, 2}), by=3)


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "二十", "91", "9999", "x"])
def test_a_threshold_is_a_whole_number_in_its_range(typed: str) -> None:
    with pytest.raises(BadThreshold):
        read_amount(typed, 90)
    assert read_amount(" 20 ", 90) == 20
