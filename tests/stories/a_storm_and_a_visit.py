"""暴雨和来访: an incident underway, a petition answered and one that only the discipline reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import Flask

from tests.builders import Visitor

if TYPE_CHECKING:  # the month calls what is made here
    from tests.stories.a_month_of_work import Month

INCIDENT = "/incidents/<uuid>"
PETITIONS = "/windows/petitions"


def weather_a_storm(app: Flask, month: Month) -> None:
    """Let a leader open an incident, answer one visit and take in a report; say where they are."""
    leader, reader = Visitor(app.test_client()), Visitor(app.test_client())
    leader.log_in("leader1")
    leader.open("/incidents/")
    storm = _done(leader, "/incidents/", kind="storm", gist="示例河水位上涨，低处住户转移")
    month.pairs[INCIDENT] = [{"uuid": storm.rpartition("/")[2]}]
    leader.open(storm)
    _done(leader, f"{storm}/lines", text="示例：三户十一人已到村部。")
    fresh = _visited(leader, matter="appeal", gist="示例：灰尘太大晒不了谷子")
    answered = _visited(leader, matter="appeal", gist="示例：路灯坏了半年", asked="请修好")
    for button, typed in _ANSWERED.items():
        leader.open(answered)
        _done(leader, f"{answered}/{button}", **typed)
    numbers = [{"number": page.rpartition("/")[2]} for page in (fresh, answered)]
    month.pairs[f"{PETITIONS}/cases/<number>"] = numbers
    month.pairs[f"{PETITIONS}/cases/<number>/paper"] = numbers[1:]
    leader.open(f"{PETITIONS}/new")
    slip = _done(leader, f"{PETITIONS}/new", matter="denunciation", **_SOMEBODY, gist="示例举报")
    reader.log_in("discipline")
    listed = reader.open(f"{PETITIONS}/discipline/").text
    sealed = re.findall(rf"{PETITIONS}/discipline/([0-9A-Z]+)", listed)
    month.pairs[f"{PETITIONS}/discipline/<code>"] = [{"code": sealed[0]}]
    code = slip.partition("?")[0].rpartition("/")[2]
    month.pairs[f"{PETITIONS}/slips/<code>"] = [{"code": code}]


_SOMEBODY = {"applicant_name": "示例来访甲"}
_ANSWERED: dict[str, dict[str, str]] = {
    "accept": {},
    "answer": {"outcome": "supported", "opinion": "示例：已请电力所三天内修好。"},
}


def _visited(leader: Visitor, **typed: str) -> str:
    leader.open(f"{PETITIONS}/new")
    slip = _done(leader, f"{PETITIONS}/new", **_SOMEBODY, **typed)
    found = re.search(r"number=(X[0-9-]+)", slip)
    assert found is not None, slip
    return f"{PETITIONS}/cases/{found[1]}"


def _done(browser: Visitor, address: str, **typed: Any) -> str:
    """Press a button; return where it leads."""
    answer = browser.press(address, **typed)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]
