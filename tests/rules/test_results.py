"""办理结果与按钮的规矩: what each ending, note and day of acceptance asks for."""

from datetime import date

import pytest

from desk.cases.rules.results import (
    REMEDIES,
    RESULT_NAMES,
    ReasonNeeded,
    Result,
    check_reason,
    check_result,
)
from desk.cases.rules.verbs import (
    DayOutOfRange,
    EarlierDayNeedsReason,
    EmptyNote,
    check_acceptance_day,
    check_note,
)

RECEIVED, TODAY = date(2026, 3, 2), date(2026, 3, 5)


@pytest.mark.parametrize("result", Result)
def test_only_a_no_needs_its_reason(result: Result) -> None:
    check_result(result, "不符合第二条")
    if result is not Result.DENIED:
        check_result(result, "")
        return
    with pytest.raises(ReasonNeeded):
        check_result(result, "")


def test_an_act_that_needs_a_reason_is_refused_without_one() -> None:
    check_reason("本人要求")
    with pytest.raises(ReasonNeeded, match="申请人有权知道为什么"):
        check_reason("")


def test_a_refused_applicant_is_told_both_remedies_and_their_times() -> None:
    assert "60日内申请行政复议" in REMEDIES
    assert "6个月内向人民法院提起行政诉讼" in REMEDIES


def test_every_result_has_its_word() -> None:
    assert set(RESULT_NAMES) == set(Result)


def test_an_empty_line_is_not_written() -> None:
    check_note("已电话通知")
    with pytest.raises(EmptyNote):
        check_note("")


@pytest.mark.parametrize(
    ("day", "reason", "no"),
    [
        (date(2026, 3, 1), "受〔2026〕3号", DayOutOfRange),
        (RECEIVED, "受〔2026〕3号", None),
        (RECEIVED, "", EarlierDayNeedsReason),
        (date(2026, 3, 4), "", EarlierDayNeedsReason),
        (date(2026, 3, 4), "受〔2026〕3号", None),
        (TODAY, "", None),
        (date(2026, 3, 6), "受〔2026〕3号", DayOutOfRange),
    ],
)
def test_a_body_accepts_between_the_day_of_intake_and_today_and_earlier_only_with_its_ground(
    day: date, reason: str, no: type[Exception] | None
) -> None:
    if no is None:
        check_acceptance_day(day, RECEIVED, TODAY, reason)
        return
    with pytest.raises(no):
        check_acceptance_day(day, RECEIVED, TODAY, reason)


def test_a_day_out_of_range_is_refused_with_the_range() -> None:
    with pytest.raises(DayOutOfRange, match=r"2026年3月2日.*2026年3月5日"):
        check_acceptance_day(date(2027, 1, 1), RECEIVED, TODAY, "")
