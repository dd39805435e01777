"""定时: a leap of the clock, however long, is one tick and no list of what was missed."""

from datetime import UTC, datetime, timedelta

import pytest

from kernel.scheduler import Every

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize("before", [NOW, NOW.replace(year=2000), NOW.replace(year=2052)])
def test_the_next_tick_is_one_interval_from_now(before: datetime | None) -> None:
    assert Every(30).get_next_fire_time(before, NOW) == NOW + timedelta(seconds=30)


@pytest.mark.parametrize(("interval", "first"), [(1, 1), (2, 2), (60, 2), (3600, 36), (86400, 864)])
def test_the_first_tick_comes_soon_for_a_computer_that_is_switched_off_at_night(
    interval: int, first: int
) -> None:
    assert Every(interval).get_next_fire_time(None, NOW) == NOW + timedelta(seconds=first)
