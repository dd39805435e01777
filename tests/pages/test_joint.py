"""协办的页面: whom a window asked sees of that case what the part needs, and nothing else."""

from collections.abc import Callable

import pytest
from flask import Flask

from kernel.clock import FixedClock
from kernel.web.house import House
from tests.actions.a_relay import taken_in
from tests.actions.test_joint import OUTSIDE, ask
from tests.builders import Visitor, mobile, person, resident_number
from tests.pages.test_reach import common_pages, filed

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
Visit = Callable[[str], Visitor]


def test_the_asked_window_sees_its_part_and_no_other_page_of_the_case(
    visit: Visit, app: Flask, here: House
) -> None:
    number, other = taken_in(here), taken_in(here)
    ask(here, number)
    agent = visit("agent")
    assert "协办 <strong>1</strong>" in agent.open("/cases/assists").text
    assert number in agent.text
    shown = agent.open(f"/cases/{number}/assist").text
    assert "请核实企业用地情况" in shown
    for secret in (person().name, mobile(), resident_number()):
        assert secret not in shown
    for name, path in common_pages(app, number):
        expected = 200 if name == "cases.assisting" else 404
        assert agent.open(path).status_code == expected, name
    assert agent.open(f"/cases/{other}/assist").status_code == 404
    assert visit("counter1").open(f"/cases/{number}/assist").status_code == 404
    assert visit("village_clerk").open(f"/cases/{number}/assist").status_code in {403, 404}


def test_a_part_goes_its_way_from_window_to_window(visit: Visit, here: House) -> None:
    number = taken_in(here)
    page = f"/cases/{number}/joint"
    counter, agent = visit("counter1"), visit("agent")
    counter.open(page)
    refused = counter.press(page, window="enterprise", days="99", task="请核实")
    assert refused.status_code == 422
    assert "晚于整件的期限" in refused.text
    assert 'value="99"' in refused.text
    asked = counter.press(page, window="enterprise", days="2", task="请核实")
    assert asked.status_code == 303
    assert "等对方接收" in counter.open(f"/windows/general/cases/{number}").text
    refused = counter.press(f"/windows/general/cases/{number}/close", result="done")
    assert "还有协办没有答复（企业服务窗口）" in refused.text
    agent.open(f"/cases/{number}/assist")
    agent.follow(agent.press(f"/cases/{number}/assist/1/take"))
    assert "接收，由我办" not in agent.text
    empty = agent.press(f"/cases/{number}/assist/1/answer", opinion="disagree", words="")
    assert "请写明意见" in empty.text
    answered = agent.press(
        f"/cases/{number}/assist/1/answer", opinion="disagree", words="用地不符", papers="图1张"
    )
    assert answered.status_code == 303
    shown = counter.open(f"/windows/general/cases/{number}").text
    assert "不同意：用地不符（图1张）" in shown
    done = counter.press(f"/windows/general/cases/{number}/close", result="done")
    assert done.status_code == 303


def test_a_letter_to_a_body_outside_opens_ready_to_print_and_its_time_is_reported(
    visit: Visit, here: House, clock: FixedClock
) -> None:
    number = taken_in(here)
    counter, page = visit("counter1"), f"/cases/{number}/joint"
    counter.open(page)
    asked = counter.press(page, body=OUTSIDE.body, days="2", task=OUTSIDE.task)
    letter = counter.follow(asked)
    assert "协办函" in letter.text
    assert "协办不停止本件的办理期限" in letter.text
    report = counter.open(f"/board/reports?first={here.today()}&last={here.today()}").text
    assert OUTSIDE.body in report
    assert clock.at == here.now()


@pytest.mark.parametrize("window", ["general", "enterprise"])
def test_a_withdrawal_leads_to_its_paper_at_every_window(
    visit: Visit, here: House, window: str
) -> None:
    number = taken_in(here) if window == "general" else filed(here)
    clerk = visit("counter1" if window == "general" else "agent")
    page = f"/windows/{window}/cases/{number}"
    clerk.open(page)
    withdrawn = clerk.press(f"{page}/withdraw", reason="申请人要求")
    assert withdrawn.headers["Location"].endswith(f"{page}/paper")
    assert "退件通知" in clerk.follow(withdrawn).text
