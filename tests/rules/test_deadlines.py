"""办结期限: counted in the open, held against the law's own check values and a second reckoning."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import chinese_calendar
import pytest

from bench.oracle import disagreements, sample, the_rule
from desk.cases.rules.deadlines import HELD, Deadline, Due, Hold, deadline, due
from kernel.calendar.rules import ONE_DAY, DayType, WorkingCalendar
from kernel.clock import TOWN_TZ
from services_catalog.rules.limits import BY_BATCH, NO_LIMIT, UNANSWERED, LimitUnit, TimeLimit
from services_catalog.rules.promises import Fit, fits

WORKING, CALENDAR, HOUR = LimitUnit.WORKING, LimitUnit.CALENDAR, LimitUnit.HOUR
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
SEED = 20261122
THE_CALENDAR = WorkingCalendar(
    published=frozenset(range(FIRST.year, LAST.year + 1)),
    days_off=frozenset(chinese_calendar.holidays),
    makeup_days=frozenset(chinese_calendar.workdays),
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def ends(start: str, amount: int, unit: LimitUnit = WORKING, *holds: Hold) -> date:
    return deadline(day(start), TimeLimit(amount, unit), THE_CALENDAR, holds).day


@pytest.mark.parametrize(
    ("accepted", "days", "last", "why"),
    [
        ("2026-09-24", 5, "2026-10-09", "two holidays, and a make-up Sunday before the first"),
        ("2026-09-30", 3, "2026-10-10", "a make-up Saturday can be the last day"),
        ("2026-02-13", 5, "2026-02-27", "the make-up Saturday before Spring Festival counts"),
        ("2026-01-01", 1, "2026-01-04", "a make-up Sunday can be the last day"),
        ("2025-09-28", 5, "2025-10-11", "accepted on a make-up Sunday: day zero all the same"),
        ("2026-02-14", 1, "2026-02-24", "accepted on a make-up Saturday before nine days off"),
        ("2026-04-30", 20, "2026-06-01", "Labour Day, and its make-up Saturday"),
        ("2026-09-28", 5, "2026-10-10", "the public example"),
        ("2026-03-02", 5, "2026-03-09", "a weekend does not count"),
        ("2026-03-06", 0, "2026-03-06", "on the spot is the same day"),
    ],
)
def test_working_days_end_where_the_notice_says(
    accepted: str, days: int, last: str, why: str
) -> None:
    assert ends(accepted, days) == day(last), why


#: §2.5: first and last day off, make-up days
NOTICES = [
    ("2025-01-01", "2025-01-01", []),
    ("2025-01-28", "2025-02-04", ["2025-01-26", "2025-02-08"]),
    ("2025-04-04", "2025-04-06", []),
    ("2025-05-01", "2025-05-05", ["2025-04-27"]),
    ("2025-05-31", "2025-06-02", []),
    ("2025-10-01", "2025-10-08", ["2025-09-28", "2025-10-11"]),
    ("2026-01-01", "2026-01-03", ["2026-01-04"]),
    ("2026-02-15", "2026-02-23", ["2026-02-14", "2026-02-28"]),
    ("2026-04-04", "2026-04-06", []),
    ("2026-05-01", "2026-05-05", ["2026-05-09"]),
    ("2026-06-19", "2026-06-21", []),
    ("2026-09-25", "2026-09-27", []),
    ("2026-10-01", "2026-10-07", ["2026-09-20", "2026-10-10"]),
]


@pytest.mark.parametrize(("first", "last", "makeup"), NOTICES)
def test_a_holiday_is_off_and_its_make_up_days_are_worked(
    first: str, last: str, makeup: list[str]
) -> None:
    length = (day(last) - day(first)).days
    off = [THE_CALENDAR.type_of(day(first) + ONE_DAY * number) for number in range(length + 1)]
    assert set(off) == {DayType.HOLIDAY}
    assert all(THE_CALENDAR.type_of(day(one)) is DayType.MAKEUP for one in makeup)
    assert ends(first, 1) > day(last)


@pytest.mark.parametrize("year", [2025, 2026])
def test_both_years_have_as_many_working_days_as_their_notices_leave(year: int) -> None:
    days = [date(year, 1, 1) + ONE_DAY * number for number in range(365)]
    assert sum(THE_CALENDAR.is_working(one) for one in days) == 248


@pytest.mark.parametrize(
    ("accepted", "days", "last", "why"),
    [
        ("2026-03-02", 60, "2026-05-06", "60 days end in Labour Day and wait for Wednesday"),
        ("2026-03-02", 4, "2026-03-06", "a weekday is the end itself"),
        ("2026-03-02", 5, "2026-03-09", "a Saturday gives way to Monday"),
        ("2026-03-02", 6, "2026-03-09", "and so does the Sunday after it"),
        ("2026-09-30", 1, "2026-10-08", "the first of seven days off gives way to the eighth"),
        ("2026-09-30", 10, "2026-10-10", "a make-up Saturday is as good a day as any"),
        ("2026-10-03", 0, "2026-10-03", "nothing to count: the same day, rest day or not"),
    ],
)
def test_calendar_days_that_end_on_a_rest_day_end_on_the_next_working_day(
    accepted: str, days: int, last: str, why: str
) -> None:
    assert ends(accepted, days, CALENDAR) == day(last), why


@pytest.mark.parametrize(
    ("holds", "last", "why"),
    [
        ([], "2026-03-09", "no hold"),
        ([("2026-03-03", "2026-03-05")], "2026-03-11", "day 3 counts, days 4 and 5 do not"),
        ([("2026-03-02", "2026-03-03")], "2026-03-10", "the day after the start is the first held"),
        ([("2026-03-04", "2026-03-04")], "2026-03-09", "a hold that ends as it starts holds none"),
        ([("2026-03-06", "2026-03-08")], "2026-03-09", "a held weekend costs nothing"),
        ([("2026-03-03", "2026-03-05")] * 2, "2026-03-11", "the same hold twice is one hold"),
        (
            [("2026-03-02", "2026-03-04"), ("2026-03-03", "2026-03-05")],
            "2026-03-12",
            "overlapping days are held once",
        ),
        ([("2026-03-06", "2026-03-09")], "2026-03-10", "what would be the last day may be held"),
        ([("2026-03-09", "2026-03-20")], "2026-03-09", "a hold after the end changes nothing"),
        ([("2026-02-01", "2026-03-02")], "2026-03-09", "nor does one that ended on day zero"),
    ],
)
def test_a_hold_begins_the_day_after_its_start_and_ends_with_its_end(
    holds: list[tuple[str, str]], last: str, why: str
) -> None:
    held = [Hold(day(start), day(end)) for start, end in holds]
    assert ends("2026-03-02", 5, WORKING, *held) == day(last), why


def test_a_limit_never_ends_on_a_held_day() -> None:
    hold = Hold(day("2026-03-07"), day("2026-03-10"))
    counted = deadline(day("2026-03-02"), TimeLimit(5, CALENDAR), THE_CALENDAR, [hold])
    assert counted.day == day("2026-03-11"), "the fifth day is a Saturday, Monday is held"
    assert [step.why for step in counted.steps[-3:]] == [HELD, HELD, DayType.WORKDAY]


def test_a_hold_covers_neither_its_start_nor_the_day_after_its_end() -> None:
    hold = Hold(day("2026-03-03"), day("2026-03-05"))
    covered = [number for number in range(1, 10) if hold.covers(date(2026, 3, number))]
    assert covered == [4, 5]


MORNING = datetime(2026, 2, 14, 9, 20, tzinfo=TOWN_TZ)  # a make-up Saturday


@pytest.mark.parametrize(
    ("hours", "moment"),
    [
        (0, "2026-02-14 09:20"),
        (2, "2026-02-14 11:20"),
        (14, "2026-02-14 23:20"),
        (15, "2026-02-15 00:20"),
        (72, "2026-02-17 09:20"),
    ],
)
def test_hours_run_through_nights_and_holidays(hours: int, moment: str) -> None:
    counted = due(MORNING, TimeLimit(hours, HOUR), NO_LIMIT, THE_CALENDAR).binding
    assert counted is not None
    assert counted.at is not None
    assert (f"{counted.at:%Y-%m-%d %H:%M}", counted.day) == (moment, counted.at.date())
    assert (counted.steps, counted.provisional) == ((), False)


@pytest.mark.parametrize("limit", [BY_BATCH, NO_LIMIT, UNANSWERED])
def test_a_batch_and_no_limit_give_no_day(limit: TimeLimit) -> None:
    assert due(MORNING, limit, limit, THE_CALENDAR) == Due(None, None)
    assert due(MORNING, limit, limit, THE_CALENDAR).binding is None


@pytest.mark.parametrize(
    ("promised", "statutory", "last"),
    [
        (TimeLimit(3, WORKING), TimeLimit(5, WORKING), "2026-02-26"),
        (TimeLimit(20, WORKING), TimeLimit(30, CALENDAR), "2026-03-16"),
        (TimeLimit(20, WORKING), TimeLimit(24, HOUR), "2026-02-15"),
        (NO_LIMIT, TimeLimit(1, WORKING), "2026-02-24"),
        (TimeLimit(1, WORKING), BY_BATCH, "2026-02-24"),
        (TimeLimit(0, WORKING), TimeLimit(20, WORKING), "2026-02-14"),
    ],
)
def test_the_earlier_of_both_days_binds(
    promised: TimeLimit, statutory: TimeLimit, last: str
) -> None:
    counted = due(MORNING, promised, statutory, THE_CALENDAR).binding
    assert counted is not None
    assert counted.day == day(last)


@pytest.mark.parametrize(
    ("accepted", "amount", "unit", "provisional"),
    [
        ("2026-12-30", 1, WORKING, False),
        ("2026-12-30", 2, WORKING, True),
        ("2026-12-31", 1, CALENDAR, True),
        ("2026-12-31", 0, WORKING, False),
        ("2027-06-01", 0, CALENDAR, False),
        ("2003-12-30", 1, WORKING, True),
    ],
)
def test_a_day_counted_in_a_year_without_a_notice_makes_the_end_provisional(
    accepted: str, amount: int, unit: LimitUnit, provisional: bool
) -> None:
    counted = deadline(day(accepted), TimeLimit(amount, unit), THE_CALENDAR)
    assert counted.provisional is provisional


def test_a_year_without_a_notice_has_weekends_and_is_never_guessed() -> None:
    counted = deadline(day("2026-12-28"), TimeLimit(10, WORKING), THE_CALENDAR)
    assert counted.day == day("2027-01-11")
    assert [step.why for step in counted.steps if step.day.year == 2027].count("节假日") == 0


def test_acceptance_before_eight_in_the_morning_is_of_the_towns_own_day() -> None:
    early = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)  # 07:59 on the second in the township
    late = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)  # 23:59 on the second
    ends_on = [
        due(moment, TimeLimit(5, WORKING), NO_LIMIT, THE_CALENDAR).promised
        for moment in (early, late, late + timedelta(minutes=1))
    ]
    assert [one.day for one in ends_on if one] == [
        date(2026, 3, 9),
        date(2026, 3, 9),
        date(2026, 3, 10),
    ]


# ------ against an oracle written differently; the whole of it is compared by `make soak`


def test_any_deadline_is_what_another_reckoning_says() -> None:
    compared, differing = disagreements(sample(random.Random(SEED), 9), the_rule(THE_CALENDAR))
    assert compared > 1800
    assert differing == 0


def test_a_calendar_without_make_up_days_is_caught_by_the_oracle() -> None:
    forgetful = replace(THE_CALENDAR, makeup_days=frozenset())
    assert disagreements(sample(random.Random(SEED), 100), the_rule(forgetful))[1] > 0


def test_the_steps_of_a_count_are_the_count() -> None:
    for asked in sample(random.Random(SEED), 80):
        start = FIRST + ONE_DAY * asked.start
        held = [(place, last) for place, last in asked.stretches if last is not None]
        holds = [Hold(FIRST + ONE_DAY * place, FIRST + ONE_DAY * last) for place, last in held]
        for unit, amount in asked.questions:
            limit = TimeLimit(amount, unit)
            _check_the_steps(start, limit, deadline(start, limit, THE_CALENDAR, holds))


def _check_the_steps(start: date, limit: TimeLimit, counted: Deadline) -> None:
    """The paper and the column cannot disagree: the steps are the count."""
    steps = counted.steps
    assert sum(step.counts for step in steps) == limit.amount
    assert all(after.day - before.day == ONE_DAY for before, after in pairwise(steps))
    if steps:
        assert (steps[0].day, steps[-1].day) == (start + ONE_DAY, counted.day)
        assert steps[-1].counts
    held_days = [step for step in steps if step.why == HELD]
    assert not any(step.counts for step in held_days)
    assert {step.why for step in steps} <= {*DayType, HELD}


@pytest.mark.parametrize(
    ("promised", "statutory"),
    [
        (TimeLimit(20, WORKING), TimeLimit(30, CALENDAR)),
        (TimeLimit(7, CALENDAR), TimeLimit(5, WORKING)),
        (TimeLimit(10, WORKING), TimeLimit(21, CALENDAR)),
        (TimeLimit(0, CALENDAR), TimeLimit(0, WORKING)),
    ],
)
def test_the_catalogue_compares_limits_as_the_desk_counts_them(
    promised: TimeLimit, statutory: TimeLimit
) -> None:
    starts = [date(2025, 1, 1) + ONE_DAY * number for number in range(365)]
    late = [
        deadline(start, promised, THE_CALENDAR).day > deadline(start, statutory, THE_CALENDAR).day
        for start in starts
    ]
    expected = {0: Fit.FITS, len(late): Fit.ALWAYS_LATER}.get(sum(late), Fit.SOMETIMES_LATER)
    assert fits(promised, statutory, THE_CALENDAR) is expected


def test_the_catalogue_compares_hours_as_the_desk_counts_them() -> None:
    day_limit, hours = TimeLimit(1, WORKING), TimeLimit(24, HOUR)
    start = datetime(2025, 1, 1, tzinfo=TOWN_TZ)
    moments = [start + timedelta(hours=number) for number in range(0, 365 * 24, 13)]
    both = [due(moment, day_limit, hours, THE_CALENDAR) for moment in moments]
    late = [one.promised.day > one.statutory.day for one in both if one.promised and one.statutory]
    assert len(late) == len(moments)
    assert 0 < sum(late) < len(late)
    assert fits(day_limit, hours, THE_CALENDAR) is Fit.SOMETIMES_LATER
    assert fits(hours, day_limit, THE_CALENDAR) is Fit.FITS
