"""期限计算器的问题: what may be asked, and what comes out as JSON."""

import json
from datetime import date

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.villager.rules import LAST_DAY, answered, as_json, is_public, read_question
from kernel.calendar.rules import FIRST_DAY, WorkingCalendar
from kernel.errors import InvalidInput
from services_catalog.rules.limits import LONGEST, LimitUnit, TimeLimit

THE_CALENDAR = WorkingCalendar(
    frozenset(range(2004, 2027)),
    frozenset(chinese_calendar.holidays),
    frozenset(chinese_calendar.workdays),
)
WHY = {"工作日", "周末", "节假日", "调休补班", "不计时段"}


def test_the_public_example_is_answered_to_the_letter() -> None:
    counted = answered(read_question("2026-09-28", "5", "working"), THE_CALENDAR)
    assert as_json(counted) == {
        "due_on": "2026-10-10",
        "provisional": False,
        "steps": [
            {"on": "2026-09-29", "counted": True, "why": "工作日"},
            {"on": "2026-09-30", "counted": True, "why": "工作日"},
            *(
                {"on": f"2026-10-{number:02d}", "counted": False, "why": "节假日"}
                for number in range(1, 8)
            ),
            {"on": "2026-10-08", "counted": True, "why": "工作日"},
            {"on": "2026-10-09", "counted": True, "why": "工作日"},
            {"on": "2026-10-10", "counted": True, "why": "调休补班"},
        ],
    }


@pytest.mark.parametrize(
    ("accepted_on", "days", "unit"),
    [
        ("2004-01-01", "0", "working"),
        ("2026-02-28", "3650", "calendar"),
        ("2024-02-29", "007", "working"),
        ("2999-12-31", "3650", "working"),
    ],
)
def test_the_ends_of_what_may_be_asked_are_answered(accepted_on: str, days: str, unit: str) -> None:
    question = read_question(accepted_on, days, unit)
    assert question.accepted_on == date.fromisoformat(accepted_on)
    assert question.limit == TimeLimit(int(days), LimitUnit(unit))
    told = json.loads(json.dumps(as_json(answered(question, THE_CALENDAR))))
    assert sum(step["counted"] for step in told["steps"]) == int(days)
    assert {step["why"] for step in told["steps"]} <= WHY


SENTENCES = {
    "date": "受理日期请写成 2026-09-28 这样，并且是日历上有的一天。",
    "early": "受理日期最早是2004-01-01，更早的放假安排没有收录。",
    "late": "受理日期最晚是2999-12-31，请核对年份。",
    "days": "天数请填0到3650之间的整数。",
    "unit": "单位请选 working（工作日）或 calendar（自然日）。",
}


@pytest.mark.parametrize(
    ("accepted_on", "days", "unit", "sentence"),
    [
        ("", "5", "working", "date"),
        ("2026-9-28", "5", "working", "date"),
        ("2026-02-29", "5", "working", "date"),
        ("2026-09-31", "5", "working", "date"),
        ("2026-00-01", "5", "working", "date"),
        ("2026/09/28", "5", "working", "date"),
        ("20260928", "5", "working", "date"),
        ("2026-W40-1", "5", "working", "date"),
        ("2026-271", "5", "working", "date"),
        ("2026-09-28T00:00", "5", "working", "date"),
        (" 2026-09-28", "5", "working", "date"),
        ("２０２６-09-28", "5", "working", "date"),
        ("0000-01-01", "5", "working", "date"),
        ("昨天", "5", "working", "date"),
        ("2003-12-31", "5", "working", "early"),
        ("3000-01-01", "5", "working", "late"),
        ("2026-09-28", "", "working", "days"),
        ("2026-09-28", "-1", "working", "days"),
        ("2026-09-28", "+5", "working", "days"),
        ("2026-09-28", "5.0", "working", "days"),
        ("2026-09-28", "1e2", "working", "days"),
        ("2026-09-28", "3651", "working", "days"),
        ("2026-09-28", "5 ", "working", "days"),
        ("2026-09-28", "五", "working", "days"),
        ("2026-09-28", "٥", "working", "days"),
        ("2026-09-28", "²", "working", "days"),
        ("2026-09-28", "9" * 5000, "working", "days"),
        ("2026-09-28", "5", "", "unit"),
        ("2026-09-28", "5", "WORKING", "unit"),
        ("2026-09-28", "5", "hour", "unit"),
        ("2026-09-28", "5", "工作日", "unit"),
    ],
)
def test_anything_else_is_refused_with_the_sentence_that_helps(
    accepted_on: str, days: str, unit: str, sentence: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_question(accepted_on, days, unit)
    assert refused.value.sentence == SENTENCES[sentence]
    assert refused.value.status == 422


NEARLY = st.from_regex(
    "(19|20|3[0-9])[0-9]{2}-[0-3][0-9]-[0-3][0-9]|[-0-9W/]{0,10}", fullmatch=True
)


@settings(max_examples=40)
@given(NEARLY, st.text("0123456789-+.e", max_size=5), st.sampled_from(["working", "calendar", "x"]))
def test_any_text_is_a_question_in_range_or_refused(accepted_on: str, days: str, unit: str) -> None:
    try:
        question = read_question(accepted_on, days, unit)
    except InvalidInput:
        return
    assert question.accepted_on.isoformat() == accepted_on
    assert FIRST_DAY <= question.accepted_on <= LAST_DAY
    assert 0 <= question.limit.amount <= LONGEST


@pytest.mark.parametrize(
    ("path", "is_kept"),
    [
        ("/", True),
        ("/phones", True),
        ("/items/", True),
        ("/items/BM-001", True),
        ("/I/BM-001", True),
        ("/V/V01", True),
        ("/items/section/民政", True),
        ("/items", False),
        ("/status", False),
        ("/c/ABC", False),
        ("/C/ABC", False),
        ("/deadline", False),
        ("/api/deadline", False),
        ("/login", False),
        ("/windows/general/", False),
    ],
)
def test_only_pages_that_are_the_same_for_everybody_are_kept(path: str, is_kept: bool) -> None:
    assert is_public(path) is is_kept
