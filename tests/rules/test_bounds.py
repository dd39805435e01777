"""乡里自己定的数: what a town may set, and what it may not; a list that can be rung; two titles."""

from dataclasses import replace
from datetime import date

import pytest

from desk.cases.rules.settings import (
    BOUNDS,
    SETTING_WORDS,
    CapOutOfRange,
    HoldTypeNameNeeded,
    SettingOutOfRange,
    check_hold_type,
    check_settings,
)
from desk.incidents.rules.calls import Contact
from desk.incidents.rules.kinds import IncidentKind
from desk.incidents.rules.listing import Entry, EntryIncomplete, check_entry
from desk.windows.petitions.rules.afterwards import DayOutOfRange, check_day, review_until
from desk.windows.petitions.rules.settings import NotInBounds, read_number
from desk.windows.village_accounts.rules.periods import NotAMonth, read_period
from duty_roster.rules.paper import calendar_name, sheet_title
from kernel.errors import Refusal


def test_every_setting_has_its_words_and_its_bounds() -> None:
    assert set(SETTING_WORDS) == set(BOUNDS)


@pytest.mark.parametrize("field", BOUNDS)
def test_a_setting_stays_within_its_bounds(field: str) -> None:
    least, most = BOUNDS[field]
    for fit in (least, most):
        check_settings({field: fit})
    for unfit in (least - 1, most + 1):
        with pytest.raises(SettingOutOfRange, match=SETTING_WORDS[field][0]):
            check_settings({field: unfit})


@pytest.mark.parametrize(
    ("name", "source", "cap", "refusal"),
    [
        ("", "某条", 30, HoldTypeNameNeeded),
        ("检验", "", 30, HoldTypeNameNeeded),
        ("检验", "某条", None, CapOutOfRange),
        ("检验", "某条", 0, CapOutOfRange),
        ("检验", "某条", 366, CapOutOfRange),
    ],
)
def test_what_stops_the_count_has_a_name_a_ground_and_a_cap(
    name: str, source: str, cap: int | None, refusal: type[Refusal]
) -> None:
    check_hold_type("检验", "某条", 365)
    with pytest.raises(refusal):
        check_hold_type(name, source, cap)


@pytest.mark.parametrize("typed", ["", "0", "366", "-1", "1.5", "十", "１５", "9" * 5000])
def test_a_number_of_the_petitions_window_stays_within_its_bounds(typed: str) -> None:
    assert [read_number(fit) for fit in ("1", " 15 ", "365")] == [1, 15, 365]
    with pytest.raises(NotInBounds):
        read_number(typed)


def test_a_review_may_be_asked_for_until_the_thirtieth_day_after_the_opinion() -> None:
    assert review_until(date(2026, 3, 2), 30) == date(2026, 4, 1)


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 11)])
def test_an_opinion_is_handed_over_after_it_was_given_and_not_in_the_future(day: date) -> None:
    first, today = date(2026, 3, 2), date(2026, 3, 10)
    for fit in (first, today):
        check_day(fit, first, today)
    with pytest.raises(DayOutOfRange):
        check_day(day, first, today)


def test_an_entry_of_a_call_list_can_be_rung() -> None:
    rung = Entry(IncidentKind.FIRE, "示例消防队", "", Contact("示例队员", "154 0000 0001"))
    check_entry(rung)
    check_entry(replace(rung, contact=Contact("", ""), unit_code="U-01"))
    for unfit in (replace(rung, label=""), replace(rung, contact=Contact("示例队员", ""))):
        with pytest.raises(EntryIncomplete):
            check_entry(unfit)


def test_a_month_and_a_holiday_have_titles_of_their_own() -> None:
    month = sheet_title("示例乡", date(2026, 4, 1), date(2026, 4, 30), is_month=True)
    assert month == "示例乡2026年4月领导带班值班表"
    holiday = sheet_title("示例乡", date(2026, 5, 1), date(2026, 5, 5), is_month=False)
    assert holiday.startswith("示例乡节假日值班表（")
    assert calendar_name("示例领导一") == "示例领导一的值班"


def test_a_month_of_the_books_is_read_in_figures() -> None:
    assert read_period(" 2026-03 ") == 202603


@pytest.mark.parametrize("typed", ["", "2026", "2026-13", "2023-12", "2100-01", "x-1", "9" * 5000])
def test_what_is_no_month_of_the_books_is_refused(typed: str) -> None:
    with pytest.raises(NotAMonth):
        read_period(typed)
