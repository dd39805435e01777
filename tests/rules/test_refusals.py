"""系统提示: a refusal says its facts as people say them."""

from datetime import UTC, date, datetime

from kernel.errors import Refusal


class Late(Refusal):
    message = "期限{day}已过，{count}件。"


class Told(Refusal):
    message = "{at:%H:%M}"


def test_a_day_in_a_refusal_is_a_chinese_day() -> None:
    refused = Late(day=date(2026, 3, 9), count=2)
    assert refused.sentence == "期限2026年3月9日已过，2件。"
    assert refused.facts["day"] == date(2026, 3, 9), "the fact itself stays what it was"


def test_a_moment_is_said_as_the_sentence_asks() -> None:
    assert Told(at=datetime(2026, 3, 9, 1, 30, tzinfo=UTC)).sentence == "01:30"
