"""文书内容: the count in words, both limits, and what is still to be brought."""

from datetime import date, datetime

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.cases.rules.deadlines import Hold, Step, deadline, due
from desk.cases.rules.intake import Brought, MaterialState
from desk.cases.rules.papers import PAPER_OF, PaperKind
from desk.cases.rules.slips import (
    COPIES,
    DayRun,
    advice,
    day_runs,
    limit_lines,
    missing_lines,
)
from kernel.calendar.rules import ONE_DAY, WorkingCalendar
from kernel.clock import TOWN_TZ
from services_catalog.rules.limits import BY_BATCH, NO_LIMIT, LimitUnit, TimeLimit

WORKING, CALENDAR, HOUR = LimitUnit.WORKING, LimitUnit.CALENDAR, LimitUnit.HOUR
THE_CALENDAR = WorkingCalendar(
    frozenset(range(2004, 2027)),
    frozenset(chinese_calendar.holidays),
    frozenset(chinese_calendar.workdays),
)


def words(start: date, limit: TimeLimit, *holds: Hold) -> list[str]:
    return [run.words for run in day_runs(deadline(start, limit, THE_CALENDAR, holds).steps)]


def test_the_count_over_the_national_day_reads_like_a_diary() -> None:
    assert words(date(2026, 9, 24), TimeLimit(5, WORKING)) == [
        "9月25日（周五）至9月27日（周日） 节假日 不计3天",
        "9月28日（周一）至9月30日（周三） 工作日 计3天",
        "10月1日（周四）至10月7日（周三） 节假日 不计7天",
        "10月8日（周四）至10月9日（周五） 工作日 计2天",
    ]


def test_a_make_up_day_and_a_hold_have_lines_of_their_own() -> None:
    hold = Hold(date(2026, 10, 7), date(2026, 10, 8))
    assert words(date(2026, 9, 30), TimeLimit(3, WORKING), hold) == [
        "10月1日（周四）至10月7日（周三） 节假日 不计7天",
        "10月8日（周四） 不计时段 不计1天",
        "10月9日（周五） 工作日 计1天",
        "10月10日（周六） 调休补班 计1天",
        "10月11日（周日） 周末 不计1天",
        "10月12日（周一） 工作日 计1天",
    ]


def test_calendar_days_that_wait_for_a_working_day_show_what_they_wait_for() -> None:
    assert words(date(2026, 3, 2), TimeLimit(5, CALENDAR)) == [
        "3月3日（周二）至3月6日（周五） 工作日 计4天",
        "3月7日（周六）至3月8日（周日） 周末 不计2天",
        "3月9日（周一） 工作日 计1天",
    ]


def test_nothing_counted_is_nothing_said() -> None:
    assert words(date(2026, 3, 2), TimeLimit(0, WORKING)) == []


def _is_faithful(steps: tuple[Step, ...], runs: list[DayRun]) -> bool:
    """Say whether the runs, spread out again, are the steps."""
    spread = [
        (run.first + ONE_DAY * number, run.counts, run.why)
        for run in runs
        for number in range(run.days)
    ]
    lasts = [run.first + ONE_DAY * (run.days - 1) for run in runs]
    return spread == [(step.day, step.counts, step.why) for step in steps] and lasts == [
        run.last for run in runs
    ]


COUNTS = st.builds(
    lambda start, amount, unit: deadline(start, TimeLimit(amount, unit), THE_CALENDAR).steps,
    st.dates(date(2004, 1, 1), date(2026, 6, 1)),
    st.integers(0, 60),
    st.sampled_from([WORKING, CALENDAR]),
)


@settings(max_examples=40)
@given(COUNTS)
def test_runs_leave_no_day_out_and_never_join_what_differs(steps: tuple[Step, ...]) -> None:
    assert _is_faithful(steps, day_runs(steps))


def test_runs_that_are_joined_whatever_the_reason_are_caught() -> None:
    steps = deadline(date(2026, 9, 24), TimeLimit(5, WORKING), THE_CALENDAR).steps
    joined = [DayRun(steps[0].day, steps[-1].day, True, steps[0].why, len(steps))]
    assert not _is_faithful(steps, joined)


ACCEPTED = datetime(2026, 3, 2, 9, 30, tzinfo=TOWN_TZ)


@pytest.mark.parametrize(
    ("promised", "statutory", "lines"),
    [
        (
            TimeLimit(5, WORKING),
            TimeLimit(20, WORKING),
            ("5个工作日，最迟2026年3月9日 周一", "20个工作日，最迟2026年3月30日 周一"),
        ),
        (
            TimeLimit(0, WORKING),
            TimeLimit(60, CALENDAR),
            ("当场办结，最迟2026年3月2日 周一", "60个自然日，最迟2026年5月6日 周三"),
        ),
        (
            TimeLimit(24, HOUR),
            NO_LIMIT,
            ("24小时，最迟2026年3月3日 周二 09:30", "无"),
        ),
        (BY_BATCH, BY_BATCH, ("按批次", "按批次")),
        (
            TimeLimit(260, WORKING),
            NO_LIMIT,
            (
                "260个工作日，最迟2027年3月11日 周四（暂定：次年放假安排公布后可能调整）",
                "无",
            ),
        ),
    ],
)
def test_both_limits_are_told_with_the_days_they_end_on(
    promised: TimeLimit, statutory: TimeLimit, lines: tuple[str, str]
) -> None:
    counted = due(ACCEPTED, promised, statutory, THE_CALENDAR)
    assert limit_lines(counted, promised, statutory) == [
        ("承诺时限", lines[0]),
        ("法定时限", lines[1]),
    ]


def test_before_acceptance_limits_have_no_day() -> None:
    lines = limit_lines(None, TimeLimit(5, WORKING), TimeLimit(60, CALENDAR))
    assert lines == [("承诺时限", "5个工作日"), ("法定时限", "60个自然日")]


def test_what_is_missing_or_flawed_is_told_with_what_to_bring() -> None:
    brought, missing, owed, not_needed = MaterialState
    assert missing_lines(
        [
            Brought("身份证", "原件1份", brought),
            Brought("户口簿", "复印件1份", missing),
            Brought("村委会证明", "", missing),
            Brought("照片", "2张", missing, "背景要白色"),
            Brought("申请表", "1份", brought, "第二页没有签名"),
            Brought("残疾人证", "", not_needed),
            Brought("结婚证", "", not_needed, "本人未婚"),
            Brought("村民会议记录", "1份", owed),
        ]
    ) == [
        "户口簿（复印件1份）",
        "村委会证明（未提交）",
        "照片（背景要白色）",
        "申请表（第二页没有签名）",
        "村民会议记录（1份）",
    ]


def test_every_paper_tells_its_holder_what_happens_next() -> None:
    kinds = set(PAPER_OF.values())
    told = {kind: advice(kind, "2026年3月5日 周四") for kind in kinds}
    assert len(set(told.values())) == len(kinds)
    assert "2026年3月5日 周四前送达承办机关" in told[PaperKind.INTAKE_RECEIPT]
    assert "不再要求其他材料" in told[PaperKind.ONE_TIME_NOTICE]
    assert "{" not in "".join(told.values())


def test_a_paper_has_a_copy_to_keep() -> None:
    assert COPIES == ("申请人联", "存根联")
