"""办理时限: limits are read as offices write them, and promises compared with the law."""

from datetime import date

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.calendar.rules import ONE_DAY, WorkingCalendar
from services_catalog.rules.limits import (
    BY_BATCH,
    LONGEST,
    NO_LIMIT,
    ON_THE_SPOT,
    UNANSWERED,
    LimitInMonths,
    LimitTooLong,
    LimitUnit,
    LimitWithoutUnit,
    TimeLimit,
    UnreadableLimit,
    is_range,
    parse_limit,
    spoken,
)
from services_catalog.rules.promises import Fit, fits

WORKING, CALENDAR, HOUR = LimitUnit.WORKING, LimitUnit.CALENDAR, LimitUnit.HOUR


def published_calendar() -> WorkingCalendar:
    off, makeup = chinese_calendar.holidays, chinese_calendar.workdays
    return WorkingCalendar(frozenset(day.year for day in off), frozenset(off), frozenset(makeup))


THE_CALENDAR = published_calendar()


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("30(工作日)", TimeLimit(30, WORKING)),
        ("90(自然日)", TimeLimit(90, CALENDAR)),
        ("20工作日", TimeLimit(20, WORKING)),
        ("20个工作日", TimeLimit(20, WORKING)),
        ("7个工作日内", TimeLimit(7, WORKING)),
        ("5个工作日以内办结", TimeLimit(5, WORKING)),
        ("60日", TimeLimit(60, CALENDAR)),
        ("7天", TimeLimit(7, CALENDAR)),
        ("15日历日", TimeLimit(15, CALENDAR)),
        ("24小时", TimeLimit(24, HOUR)),
        ("２０（工作日）", TimeLimit(20, WORKING)),
        (" 20 工作日\n", TimeLimit(20, WORKING)),
        ("20-30工作日", TimeLimit(30, WORKING)),
        ("7–10工作日", TimeLimit(10, WORKING)),
        ("15～20个工作日", TimeLimit(20, WORKING)),
        ("3至5日", TimeLimit(5, CALENDAR)),
        ("10到7工作日", TimeLimit(10, WORKING)),
        ("0工作日", ON_THE_SPOT),
        ("即办", ON_THE_SPOT),
        ("当场办结", ON_THE_SPOT),
        ("批次", BY_BATCH),
        ("无", NO_LIMIT),
    ],
)
def test_offices_write_limits_in_many_ways(text: str, limit: TimeLimit) -> None:
    assert parse_limit(text) == limit


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("3个月", LimitInMonths),
        ("1年", LimitInMonths),
        ("两周3周", LimitInMonths),
        ("半年", LimitInMonths),
        ("20", LimitWithoutUnit),
        ("3651工作日", LimitTooLong),
        ("99999999999999999999日", LimitTooLong),
        ("尽快", UnreadableLimit),
        ("", UnreadableLimit),
        ("-5工作日", UnreadableLimit),
        ("30工作日（复杂45）", UnreadableLimit),
        ("1.5工作日", UnreadableLimit),
        ("{text}", UnreadableLimit),
    ],
)
def test_what_is_no_limit_is_refused_in_a_sentence(text: str, why: type[UnreadableLimit]) -> None:
    with pytest.raises(UnreadableLimit) as refused:
        parse_limit(text)
    assert type(refused.value) is why
    assert text in refused.value.sentence


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (TimeLimit(20, WORKING), "20个工作日"),
        (TimeLimit(60, CALENDAR), "60个自然日"),
        (TimeLimit(24, HOUR), "24小时"),
        (ON_THE_SPOT, "当场办结"),
        (BY_BATCH, "按批次"),
        (NO_LIMIT, "无"),
        (UNANSWERED, "未填"),
    ],
)
def test_limits_are_spoken_as_people_say_them(limit: TimeLimit, words: str) -> None:
    assert spoken(limit) == words


LIMITS = st.one_of(
    st.sampled_from([NO_LIMIT, BY_BATCH]),
    st.builds(TimeLimit, st.integers(0, LONGEST), st.sampled_from([WORKING, CALENDAR, HOUR])),
)


@given(LIMITS)
def test_a_limit_that_was_spoken_is_read_back_the_same(limit: TimeLimit) -> None:
    assert parse_limit(spoken(limit)) == limit


@given(st.text(max_size=12))
def test_any_text_is_a_limit_or_refused(text: str) -> None:
    try:
        limit = parse_limit(text)
    except UnreadableLimit:
        return
    assert 0 <= limit.amount <= LONGEST


def test_a_range_keeps_its_own_words() -> None:
    assert is_range("20-30工作日")
    assert not is_range("30(工作日)")


@pytest.mark.parametrize(
    ("promised", "statutory", "fit"),
    [
        ("20工作日", "30工作日", Fit.FITS),
        ("30工作日", "30工作日", Fit.FITS),
        ("31工作日", "30工作日", Fit.ALWAYS_LATER),
        ("60日", "60日", Fit.FITS),
        ("61日", "60日", Fit.ALWAYS_LATER),
        ("1工作日", "91自然日", Fit.FITS),
        ("5工作日", "20自然日", Fit.FITS),
        ("20工作日", "30自然日", Fit.SOMETIMES_LATER),
        ("20工作日", "20自然日", Fit.ALWAYS_LATER),
        ("7自然日", "10工作日", Fit.FITS),
        ("60自然日", "20工作日", Fit.ALWAYS_LATER),
        ("24小时", "1工作日", Fit.FITS),
        ("1工作日", "24小时", Fit.SOMETIMES_LATER),
        ("10工作日", "24小时", Fit.ALWAYS_LATER),
        ("2小时", "即办", Fit.SOMETIMES_LATER),
        ("即办", "2小时", Fit.FITS),
        ("无", "20工作日", Fit.FITS),
        ("20工作日", "无", Fit.FITS),
        ("批次", "20工作日", Fit.FITS),
        ("365工作日", "批次", Fit.FITS),
    ],
)
def test_a_promise_is_held_against_the_law(promised: str, statutory: str, fit: Fit) -> None:
    assert fits(parse_limit(promised), parse_limit(statutory), THE_CALENDAR) is fit


def test_an_unanswered_limit_is_no_comparison() -> None:
    assert fits(UNANSWERED, TimeLimit(1, WORKING), THE_CALENDAR) is Fit.FITS


def test_a_town_without_any_notice_still_compares() -> None:
    nothing = WorkingCalendar(frozenset())
    assert fits(TimeLimit(5, WORKING), TimeLimit(20, CALENDAR), nothing) is Fit.FITS


def _due(start: date, limit: TimeLimit) -> date:
    """Count day by day, as the law is read aloud."""
    day, left = start, limit.amount
    while left:
        day += ONE_DAY
        left -= limit.unit is CALENDAR or THE_CALENDAR.is_working(day)
    while limit.amount and not THE_CALENDAR.is_working(day):
        day += ONE_DAY
    return day


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 40), st.integers(0, 60))
def test_the_comparison_agrees_with_counting_day_by_day(working: int, calendar: int) -> None:
    ours, law = TimeLimit(working, WORKING), TimeLimit(calendar, CALENDAR)
    year = max(year for year in THE_CALENDAR.published if year + 1 in THE_CALENDAR.published)
    length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    starts = [date(year, 1, 1) + ONE_DAY * number for number in range(length)]
    late = sum(_due(start, ours) > _due(start, law) for start in starts)
    expected = {0: Fit.FITS, length: Fit.ALWAYS_LATER}.get(late, Fit.SOMETIMES_LATER)
    assert fits(ours, law, THE_CALENDAR) is expected
