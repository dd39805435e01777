"""期限计算器: the JSON to the letter, the page beside it, and a sentence for everything else."""

import random
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from bench.oracle import FIRST, reckoned, sample, worked
from kernel.calendar.records import CalendarDay, CalendarYear, NoticeKind
from kernel.calendar.rules import ONE_DAY
from kernel.editions import Edition, raise_edition
from kernel.web.house import House
from services_catalog.rules.limits import LimitUnit
from tests.builders import BASE
from tests.pages.conftest import both_databases

ADDRESS = "/api/deadline"
WORKING, CALENDAR = LimitUnit.WORKING, LimitUnit.CALENDAR
WHY = {"工作日", "周末", "节假日", "调休补班", "不计时段"}


def ask(client: FlaskClient, **asked: str) -> dict[str, Any]:
    answer = client.get(ADDRESS, query_string=asked, base_url=BASE)
    assert (answer.status_code, answer.mimetype) == (200, "application/json"), answer.text
    told: dict[str, Any] = answer.get_json()
    return told


def count(client: FlaskClient, accepted_on: str, days: int, unit: str = "working") -> str:
    return str(ask(client, accepted_on=accepted_on, days=str(days), unit=unit)["due_on"])


@both_databases
def test_the_public_example_is_answered_to_the_letter(client: FlaskClient) -> None:
    answer = client.get(f"{ADDRESS}?accepted_on=2026-09-28&days=5&unit=working", base_url=BASE)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.get_json() == {
        "due_on": "2026-10-10",
        "provisional": False,
        "steps": [
            {"on": "2026-09-29", "counted": True, "why": "工作日"},
            {"on": "2026-09-30", "counted": True, "why": "工作日"},
            {"on": "2026-10-01", "counted": False, "why": "节假日"},
            {"on": "2026-10-02", "counted": False, "why": "节假日"},
            {"on": "2026-10-03", "counted": False, "why": "节假日"},
            {"on": "2026-10-04", "counted": False, "why": "节假日"},
            {"on": "2026-10-05", "counted": False, "why": "节假日"},
            {"on": "2026-10-06", "counted": False, "why": "节假日"},
            {"on": "2026-10-07", "counted": False, "why": "节假日"},
            {"on": "2026-10-08", "counted": True, "why": "工作日"},
            {"on": "2026-10-09", "counted": True, "why": "工作日"},
            {"on": "2026-10-10", "counted": True, "why": "调休补班"},
        ],
    }


def test_the_check_values_of_the_law_come_out(client: FlaskClient) -> None:
    assert [
        count(client, "2026-09-24", 5),
        count(client, "2026-09-30", 3),
        count(client, "2026-02-13", 5),
        count(client, "2026-01-01", 1),
        count(client, "2025-09-28", 5),
        count(client, "2026-02-14", 1),
        count(client, "2026-04-30", 20),
        count(client, "2026-09-30", 1, "calendar"),
        count(client, "2026-03-07", 0, "calendar"),
    ] == [
        "2026-10-09",
        "2026-10-10",
        "2026-02-27",
        "2026-01-04",
        "2025-10-11",
        "2026-02-24",
        "2026-06-01",
        "2026-10-08",
        "2026-03-07",
    ]


@pytest.mark.parametrize(
    ("asked", "due_on", "steps"),
    [
        ({"accepted_on": "2004-01-01", "days": "0", "unit": "working"}, "2004-01-01", 0),
        ({"accepted_on": "2004-01-01", "days": "1", "unit": "working"}, "2004-01-02", 1),
        ({"accepted_on": "2016-12-31", "days": "3650", "unit": "calendar"}, "2026-12-29", 3650),
    ],
)
def test_the_ends_of_what_may_be_asked(
    client: FlaskClient, asked: dict[str, str], due_on: str, steps: int
) -> None:
    told = ask(client, **asked)
    assert (told["due_on"], len(told["steps"])) == (due_on, steps)
    assert sum(step["counted"] for step in told["steps"]) == int(asked["days"])
    assert {step["why"] for step in told["steps"]} <= WHY


def test_what_is_answered_is_what_another_reckoning_says(client: FlaskClient) -> None:
    row, names = worked(), {WORKING: "working", CALENDAR: "calendar"}
    for asked in sample(random.Random(20261122), 250):
        start, expected = FIRST + ONE_DAY * asked.start, reckoned(asked.start, (), row)
        for unit, amount in asked.questions:
            place = expected[unit, amount]
            assert place is not None
            assert count(client, str(start), amount, names[unit]) == str(FIRST + ONE_DAY * place)


def test_a_count_into_a_year_without_a_notice_is_provisional(client: FlaskClient) -> None:
    told = ask(client, accepted_on="2026-12-31", days="1", unit="working")
    assert (told["due_on"], told["provisional"]) == ("2027-01-01", True)
    assert not ask(client, accepted_on="2026-12-30", days="1", unit="working")["provisional"]


def test_a_notice_taken_in_today_is_counted_with_today(here: House, client: FlaskClient) -> None:
    assert count(client, "2026-12-31", 1) == "2027-01-01"
    with here.writing() as session:
        session.add(CalendarYear(year=2027, notice_number="", taken_in_at=here.now()))
        session.flush()
        session.add(CalendarDay(day=date(2027, 1, 1), year=2027, kind=NoticeKind.OFF))
        raise_edition(session, Edition.CALENDAR)
    told = ask(client, accepted_on="2026-12-31", days="1", unit="working")
    assert (told["due_on"], told["provisional"]) == ("2027-01-04", False)


GOOD = {"accepted_on": "2026-09-28", "days": "5", "unit": "working"}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"accepted_on": ""}, "受理日期请写成"),
        ({"accepted_on": "2026-02-30"}, "受理日期请写成"),
        ({"accepted_on": "20260928"}, "受理日期请写成"),
        ({"accepted_on": "2026-9-28"}, "受理日期请写成"),
        ({"accepted_on": "\x00"}, "受理日期请写成"),
        ({"accepted_on": "2003-12-31"}, "受理日期最早是2004-01-01"),
        ({"accepted_on": "9999-12-31"}, "受理日期最晚是2999-12-31"),
        ({"days": ""}, "天数请填0到3650之间的整数"),
        ({"days": "-1"}, "天数请填0到3650之间的整数"),
        ({"days": "3651"}, "天数请填0到3650之间的整数"),
        ({"days": "1.5"}, "天数请填0到3650之间的整数"),
        ({"days": "９"}, "天数请填0到3650之间的整数"),
        ({"days": "9" * 6000}, "天数请填0到3650之间的整数"),
        ({"unit": ""}, "单位请选"),
        ({"unit": "hour"}, "单位请选"),
        ({"unit": "Working"}, "单位请选"),
    ],
)
def test_anything_else_is_a_problem_with_a_chinese_sentence(
    client: FlaskClient, wrong: dict[str, str], sentence: str
) -> None:
    answer = client.get(ADDRESS, query_string={**GOOD, **wrong}, base_url=BASE)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    told = answer.get_json()
    assert told["status"] == 422
    assert told["detail"].startswith(sentence)
    assert told["title"]


@pytest.mark.parametrize("left_out", list(GOOD))
def test_nothing_may_be_left_out(client: FlaskClient, left_out: str) -> None:
    asked = {name: value for name, value in GOOD.items() if name != left_out}
    answer = client.get(ADDRESS, query_string=asked, base_url=BASE)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")


def test_only_asking_is_possible(client: FlaskClient) -> None:
    assert client.post(ADDRESS, data=GOOD, base_url=BASE).status_code in {400, 405}


# ------ the page


def page(client: FlaskClient, **asked: str) -> tuple[int, str]:
    answer = client.get("/deadline", query_string=asked, base_url=BASE)
    return answer.status_code, answer.text


def test_the_page_asks_before_it_answers(client: FlaskClient) -> None:
    status, text = page(client)
    assert status == 200
    assert "已收录到2026年" in text
    assert "最迟" not in text


def test_the_page_shows_every_day_and_why(client: FlaskClient) -> None:
    status, text = page(client, **GOOD)
    assert status == 200
    assert "2026年10月10日 周六" in text
    for why in ("工作日", "节假日", "调休补班"):
        assert f"<td>{why}</td>" in text
    assert text.count("<td>不计</td>") == 7
    assert text.count("<td>计</td>") == 5
    assert "暂定：" not in text


def test_the_page_says_when_it_is_not_sure(client: FlaskClient) -> None:
    status, text = page(client, accepted_on="2026-12-31", days="1", unit="working")
    assert status == 200
    assert "暂定：超出已公布的放假安排" in text


def test_the_page_refuses_with_the_same_sentence_and_keeps_what_was_typed(
    client: FlaskClient,
) -> None:
    status, text = page(client, accepted_on="2026-09-28", days="4000", unit="calendar")
    assert status == 422
    assert "天数请填0到3650之间的整数" in text
    assert 'value="4000"' in text
    assert 'value="2026-09-28"' in text


def test_a_very_long_count_says_that_it_is_cut_short(client: FlaskClient) -> None:
    status, text = page(client, accepted_on="2016-01-01", days="500", unit="calendar")
    assert status == 200
    assert text.count("<tr>") == 1 + 400
    assert "只列前400天" in text
