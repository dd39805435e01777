"""企业投诉的页面: nobody it is about meets it in list, search, export or at any address."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from desk.messages.records import OutboxMessage
from desk.messages.rules.delivery import Delivery
from desk.windows.enterprise.actions.complaints import Complained
from desk.windows.enterprise.rules.complaints import CORE_PAGES, ComplaintAbout
from kernel.web.house import House
from tests.actions.a_project import begin
from tests.builders import Visitor, a_case, clerk
from tests.pages.happy_enterprise import HOME
from tests.pages.happy_obstacles import a_complaint
from tests.pages.test_duty_log import on_duty
from tests.pages.test_reach import common_pages, exported

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
Visit = Callable[[str], Visitor]


def about(here: House, username: str) -> str:
    """Complain of somebody; return the number."""
    with here.writing() as session:
        who = clerk(session, username).staff_id
        told = Complained(ComplaintAbout.PERSON, "示例：态度生硬", who)
        return a_complaint(begin(here, session), told)


def test_the_one_complained_about_meets_it_nowhere(visit: Visit, app: Flask, here: House) -> None:
    number = about(here, "director")
    director, head = visit("director"), visit("head")
    paths = (f"/board/cases?q={number}", "/board/cases?scope=all", f"{HOME}/complaints")
    for path in paths:
        found = director.open(path)
        assert f"/{number}" not in found.text + found.headers.get("Location", ""), path
    assert number not in exported(director)
    sent = director.open(f"{HOME}/cases/{number}")
    assert director.follow(sent).status_code == 404
    for _, path in common_pages(app, number):
        assert director.open(path).status_code == 404, path
    assert number in head.open(f"{HOME}/complaints").text
    assert head.follow(head.open(f"{HOME}/cases/{number}")).status_code == 200


def test_the_duty_log_names_it_to_nobody_it_concerns(visit: Visit, here: House) -> None:
    on_duty(visit)
    number = about(here, "director")
    one = f"{HOME}/complaints/{number}"
    for who, button in (("head", "answer"), ("supervisor", "close")):
        browser = visit(who)
        browser.open(one)
        told = {"answer": "示例：已核查", "is_checked": "1"}
        assert browser.press(f"{one}/{button}", **told).status_code == 303
    assert number in visit("head").open("/log/").text
    for who in ("director", "leader1"):
        assert number not in visit(who).open("/log/").text, who


def test_a_complaint_has_no_way_out_but_its_own(visit: Visit, app: Flask, here: House) -> None:
    number = about(here, "agent")
    director, pages = visit("director"), dict(common_pages(app, number))
    opened = {name for name, path in pages.items() if director.open(path).status_code == 200}
    assert opened == CORE_PAGES & set(pages) == {"cases.calling"}
    assert f"示例制造1有限公司，{number}" not in exported(director)
    for scrap in ("示例制造", "9901"):
        assert number not in director.open(f"/board/cases?q={scrap}").text, scrap


@pytest.mark.parametrize("whom", ["director", "agent"])
def test_a_text_about_it_is_met_by_who_may_hear_of_it_alone(
    visit: Visit, here: House, whom: str
) -> None:
    number = about(here, whom)
    head, supervisor = visit("head"), visit("supervisor")
    one = f"{HOME}/complaints/{number}"
    head.open(one)
    head.press(f"{one}/answer", answer="示例：已核查")
    supervisor.open(one)
    assert supervisor.press(f"{one}/close", is_checked="1").status_code == 303
    with here.writing() as session:
        text = session.scalars(sa.select(OutboxMessage)).one()
        assert number in text.text
        text.state, text.settled_at, text.rings_at = Delivery.UNDELIVERED, here.now(), here.now()
        way = f"/messages/{text.id}"
    director = visit("director")
    is_told = whom != "director"
    assert (number in director.open("/messages/").text) == is_told
    assert ("短信 <strong>1" in director.open("/board/").text) == is_told
    shown = director.press(f"{way}/number", reason="示例：打电话")
    assert shown.status_code == (200 if is_told else 404)
    clerk_at_the_counter = visit("counter1")
    assert number not in clerk_at_the_counter.open("/messages/").text
    assert clerk_at_the_counter.press(f"{way}/number", reason="示例").status_code == 404
    assert number in head.open("/messages/").text
    assert "短信 <strong>1" in head.open("/board/").text
    head.open("/messages/")
    assert head.press(f"{way}/call", result="told").status_code == 303
    assert "短信 <strong>" not in head.open("/board/").text


def test_the_head_rings_about_nothing_the_others_may_hear_of(visit: Visit, here: House) -> None:
    with here.writing() as session:
        number = a_case(here, session, here.now()).number
        text = session.scalars(sa.select(OutboxMessage)).one()
        text.state, text.settled_at, text.rings_at = Delivery.UNDELIVERED, here.now(), here.now()
        way = f"/messages/{text.id}"
    head, at_the_counter = visit("head"), visit("counter1")
    page = head.open("/messages/").text
    assert number in page
    assert way not in page, "no button of it"
    assert "短信 <strong>" not in page
    assert head.press(f"{way}/number", reason="示例").status_code == 404
    assert head.press(f"{way}/call", result="told").status_code == 404
    assert way in at_the_counter.open("/messages/").text
    assert at_the_counter.press(f"{way}/call", result="told").status_code == 303


def test_it_is_taken_down_answered_by_one_and_closed_by_another(visit: Visit, here: House) -> None:
    with here.writing() as session:
        page = f"{HOME}/enterprises/{begin(here, session).enterprise.id}/complaints"
    agent, director, head = visit("agent"), visit("director"), visit("head")
    agent.open(page)
    assert "请从名单里选是哪一位" in agent.press(page, about="person", words="示例").text
    taken = agent.follow(agent.press(page, about="window", words="示例：办得慢"))
    number = taken.text.partition("编号 <strong>")[2].partition("<")[0]
    assert agent.open(f"{HOME}/complaints/{number}").status_code == 403
    one = f"{HOME}/complaints/{number}"
    director.open(one)
    assert "请写下核查的结果" in director.press(f"{one}/answer", answer="").text
    assert director.press(f"{one}/answer", answer="示例：已改进").status_code == 303
    assert "等另一位领导或监督员复核办结" in director.open(one).text
    assert "复核办结</button>" not in director.text
    head.open(one)
    assert "再打勾办结" in head.press(f"{one}/close").text
    assert head.press(f"{one}/close", is_checked="1").status_code == 303
    assert "已办结" in head.open(f"{HOME}/complaints").text
