"""值日簿的规矩: typed moments, the flood season, and the words of a group visit."""

from datetime import UTC, date, datetime

import pytest

from desk.windows.petitions.rules.intake import group_words, is_group, read_names, read_people
from desk.windows.petitions.rules.kinds import Channel, Matter, Told, Topic, item_code
from duty_roster.rules.log import (
    EmptyEntry,
    LogKind,
    MomentAhead,
    MomentUnread,
    Written,
    check_entry,
    is_flood_season,
    read_moment,
)
from kernel.clock import TOWN_TZ
from kernel.errors import InvalidInput


def town(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-07-{text}").replace(tzinfo=TOWN_TZ).astimezone(UTC)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("", "07T00:10"),
        ("0:05", "07T00:05"),
        ("23:50", "06T23:50"),
        ("20：05", "06T20:05"),
        ("0:14", "07T00:14"),
        ("0:16", "06T00:16"),
    ],
)
def test_a_time_of_day_is_the_last_time_the_clock_showed_it(typed: str, moment: str) -> None:
    assert read_moment(typed, town("07T00:10")) == town(moment)


@pytest.mark.parametrize("typed", ["25:00", "8", "晚上", "12:61"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(MomentUnread):
        read_moment(typed, town("07T00:10"))


def test_an_entry_says_something_that_has_happened() -> None:
    now = town("06T20:00")
    with pytest.raises(EmptyEntry):
        check_entry(Written(LogKind.CALL, "", now), now)
    with pytest.raises(MomentAhead):
        check_entry(Written(LogKind.CALL, "来电", town("06T20:06")), now)


@pytest.mark.parametrize(
    ("day", "is_season"),
    [
        (date(2026, 4, 14), False),
        (date(2026, 4, 15), True),
        (date(2026, 10, 15), True),
        (date(2026, 10, 16), False),
    ],
)
def test_the_flood_season_includes_its_first_and_last_day(day: date, is_season: bool) -> None:
    assert is_flood_season(day, 415, 1015) is is_season


@pytest.mark.parametrize(("people", "is_one"), [(4, False), (5, True), (12, True)])
def test_five_people_are_a_group(people: int, is_one: bool) -> None:
    assert is_group(people, 5) is is_one


def test_what_stands_in_the_log_about_a_group_names_nobody() -> None:
    told = Told(Matter.APPEAL, Channel.VISIT, Topic.ROADS, "某某家的事", "要求", people=12)
    words = group_words(told, "X26-00001-3", "示例前庄村")
    assert "12人" in words
    assert "某某" not in words


def test_names_are_read_however_they_are_parted() -> None:
    assert read_names("示例甲、示例乙，示例丙\n示例丁") == ("示例甲", "示例乙", "示例丙", "示例丁")
    assert read_names("") == ()


@pytest.mark.parametrize("typed", ["0", "-1", "五", "10000", "1.5"])
def test_how_many_came_is_a_number(typed: str) -> None:
    with pytest.raises(InvalidInput):
        read_people(typed)


def test_an_order_of_the_hotline_has_an_item_of_its_own() -> None:
    assert item_code(Matter.APPEAL, Channel.HOTLINE) == "XF-002"
    assert item_code(Matter.APPEAL, Channel.VISIT) == "XF-001"
    assert item_code(Matter.SUGGESTION, Channel.LETTER) == "XF-003"
