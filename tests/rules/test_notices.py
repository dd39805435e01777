"""进度用语: what the villager reads; no name, no number, and no day that nobody counted."""

from datetime import date, datetime

import pytest

from desk.cases.rules.deadlines import Deadline, Due, Step
from desk.cases.rules.intake import Answer
from desk.cases.rules.notices import (
    CLOSED_LINE,
    CORRECTED_LINE,
    NO_DAY,
    NO_LIMIT_DAY,
    PROVISIONAL,
    accepted_by_body_line,
    accepted_line,
    due_words,
    limit_words,
    opening_line,
    short_date,
)
from kernel.calendar.rules import chinese_date
from kernel.clock import TOWN_TZ
from services_catalog.rules.limits import BY_BATCH, NO_LIMIT, LimitUnit, TimeLimit

FIVE_DAYS = TimeLimit(5, LimitUnit.WORKING)
BODY = "示例县民政局"
MONDAY = Deadline(date(2026, 3, 9))
UNSURE = Deadline(date(2027, 1, 8), (Step(date(2027, 1, 8), True, "工作日", certain=False),))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "2026年11月22日 周日"),
        (date(2026, 3, 2), "2026年3月2日 周一"),
        (date(2026, 10, 10), "2026年10月10日 周六"),
    ],
)
def test_a_day_is_written_with_its_weekday_and_no_zeros(day: date, words: str) -> None:
    assert chinese_date(day) == words


def test_a_text_message_names_month_and_day() -> None:
    assert short_date(date(2026, 3, 9)) == "3月9日"


@pytest.mark.parametrize(
    ("counted", "limit", "words"),
    [
        (MONDAY, FIVE_DAYS, "2026年3月9日 周一"),
        (UNSURE, FIVE_DAYS, f"2027年1月8日 周五{PROVISIONAL}"),
        (
            Deadline(date(2026, 3, 3), at=datetime(2026, 3, 3, 9, 5, tzinfo=TOWN_TZ)),
            TimeLimit(24, LimitUnit.HOUR),
            "2026年3月3日 周二 09:05",
        ),
        (None, BY_BATCH, NO_DAY),
        (None, NO_LIMIT, NO_LIMIT_DAY),
    ],
)
def test_a_due_day_says_its_hour_and_its_doubt_and_is_never_made_up(
    counted: Deadline | None, limit: TimeLimit, words: str
) -> None:
    assert due_words(counted, limit) == words


@pytest.mark.parametrize(
    ("answer", "due", "line"),
    [
        (Answer.ACCEPT, Due(MONDAY, None), "已受理，2026年3月9日 周一前办结。"),
        (Answer.ACCEPT, Due(UNSURE, None), f"已受理，2027年1月8日 周五前办结{PROVISIONAL}。"),
        (Answer.ACCEPT, Due(None, None), "已受理。"),
        (
            Answer.CARRY,
            None,
            "材料已收下，由本厅代为报送示例县民政局；承办机关受理后开始计算办理时限。",
        ),
        (Answer.NOTICE, None, "材料需要补正，已一次性告知全部要补的内容，补齐后再受理。"),
        (Answer.REFER, None, "此事由示例县民政局办理，已告知地点和电话。"),
    ],
)
def test_each_answer_opens_the_history_with_a_line_of_its_own(
    answer: Answer, due: Due | None, line: str
) -> None:
    assert opening_line(answer, BODY, due) == line


def test_acceptance_elsewhere_names_the_body() -> None:
    assert (
        accepted_by_body_line(BODY, Due(MONDAY, None))
        == f"{BODY}{accepted_line(Due(MONDAY, None))}"
    )
    assert accepted_line(None) == "已受理。"


def test_lines_are_filled_in_completely() -> None:
    lines = [CLOSED_LINE.format(result="已办好"), CORRECTED_LINE.format(what="姓名、性别")]
    assert lines == ["已办结：已办好。", "登记信息已更正：姓名、性别。"]


def test_a_limit_is_told_as_people_say_it() -> None:
    assert limit_words(FIVE_DAYS) == "5个工作日"
