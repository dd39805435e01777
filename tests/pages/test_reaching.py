"""怎么告知的页面: contacts at the intake and on a case, the call list, everybody's morning."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from desk.cases.queries import by_number
from desk.cases.rules.intake import Answer
from desk.reminders.jobs import nudge
from kernel.audit.queries import about
from kernel.clock import FixedClock
from kernel.web.house import House
from tests.builders import HERE, Visitor, a_case, intake, mobile, person, resident_number

Visit = Callable[[str], Visitor]
CASE = "/windows/general/cases"
TYPED = {
    "applicant_name": "示例老人甲",
    "applicant_document_kind": "resident_id",
    "applicant_document_number": resident_number(5),
    "answer": "accept",
}
CONTACT = {
    "contact_name": "示例女儿",
    "contact_relation": "child",
    "contact_phone": mobile(21),
    "contact_until_on": "2026-08-29",
    "contact_consent": "1",
}


def registered(visitor: Visitor, here: House, **typed: str) -> str:
    visitor.open(f"/windows/general/new/{HERE}")
    papers = [str(place) for place in range(12)]
    answer = visitor.press(f"/windows/general/new/{HERE}", brought=papers, **TYPED, **typed)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].split("/")[4]


def to_be_told(here: House, clock: FixedClock, visitor: Visitor, phone: str = "") -> str:
    """Close the case of somebody whom no text reaches; return its number."""
    with here.writing() as session:
        who = replace(person(), phone=phone)
        number = a_case(here, session, here.now(), intake(session, HERE, who=who)).number
    clock.at += timedelta(minutes=5)
    visitor.open(f"{CASE}/{number}")
    closed = visitor.press(f"{CASE}/{number}/close", result="done", manner="nothing")
    assert closed.status_code == 303, closed.text
    return number


def test_a_contact_is_named_at_the_intake_and_shown_masked(visit: Visit, here: House) -> None:
    clerk = visit("counter1")
    number = registered(clerk, here, contacted="1", **CONTACT)
    shown = clerk.open(f"{CASE}/{number}").text
    assert "联系人：示例女儿（子女）" in shown
    assert mobile(21) not in shown


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ("contact_consent", "contact_consent"),
        ("contact_phone", "contact_phone"),
        ("contact_relation", "contact_relation"),
        ("contact_until_on", "contact_until_on"),
    ],
)
def test_what_lacks_is_told_beside_it_and_everything_typed_is_still_there(
    missing: str, field: str, visit: Visit, here: House
) -> None:
    clerk = visit("counter1")
    clerk.open(f"/windows/general/new/{HERE}")
    papers = [str(place) for place in range(12)]
    typed = {name: text for name, text in CONTACT.items() if name != missing}
    page = f"/windows/general/new/{HERE}"
    answer = clerk.press(page, brought=papers, contacted="1", **TYPED, **typed)
    assert answer.status_code == 422
    assert f'id="wrong-{field}"' in answer.text
    assert "示例老人甲" in answer.text
    assert "示例女儿" in answer.text


def test_a_contact_is_changed_and_taken_off_on_the_page_of_the_case(
    visit: Visit, here: House
) -> None:
    clerk = visit("counter1")
    number = registered(clerk, here)
    clerk.open(f"/cases/{number}/contact")
    assert clerk.press(f"/cases/{number}/contact", **CONTACT).status_code == 303
    assert "取消联系人" in clerk.open(f"/cases/{number}/contact").text
    assert clerk.press(f"/cases/{number}/contact/end").status_code == 303
    assert "没有手机，也没有联系人" in clerk.open(f"{CASE}/{number}").text


def test_the_call_list_is_masked_and_keeps_who_was_not_reached(
    visit: Visit, here: House, clock: FixedClock
) -> None:
    clerk = visit("counter1")
    number = to_be_told(here, clock, clerk, "+8605798000001")
    shown = clerk.open("/cases/calls").text
    assert number in shown
    assert "0579-8000001" not in shown
    calling = clerk.open(f"/cases/{number}/call").text
    assert "0579-8000001" in calling
    assert f"办件{number}已办结" in calling
    page = f"/cases/{number}/call"
    assert clerk.press(page, result="", note="示例").status_code == 422
    assert clerk.press(page, result="unanswered").status_code == 303
    assert "1次，无人接听" in clerk.open("/cases/calls").text
    clerk.open(page)
    assert clerk.press(page, result="told", note="示例").status_code == 303
    assert number not in clerk.open("/cases/calls").text
    again = clerk.open(page)
    assert "没有要打电话告知的事" in again.text


def test_who_printed_the_numbers_or_looked_at_one_is_on_record(
    visit: Visit, here: House, clock: FixedClock
) -> None:
    clerk = visit("counter1")
    number = to_be_told(here, clock, clerk)
    printed = clerk.open("/cases/calls.pdf")
    assert printed.mimetype == "application/pdf"
    clerk.open(f"/cases/{number}/call")
    with here.reading() as session:
        case = by_number(session, number)
        assert case is not None
        assert "calls.printed" in [one.verb for one in about(session, "calls")]
        assert "case.revealed" in [one.verb for one in about(session, f"case:{case.id}")]


def test_the_morning_lists_what_is_near_and_links_to_where_it_is_done(
    visit: Visit, here: House, clock: FixedClock
) -> None:
    with here.writing() as session:
        near = a_case(here, session, here.now()).number
        taken = intake(session, HERE, Answer.RECEIVE)
        examined = a_case(here, session, here.now(), taken).number
    assert "今天没有到期" in visit("counter2").open("/today/").text
    clock.at += timedelta(days=4)  # Friday: day four of the examination
    nudge(here)
    clerk = visit("counter1")
    shown = clerk.open("/today/").text
    assert "收件审查快到期" in shown
    assert f"/cases/{examined}/examine" in shown
    for _ in range(40):
        clock.at += timedelta(days=1)
        nudge(here)
    clerk = visit("counter1")
    shown = clerk.open("/today/").text
    assert "已经超期" in shown
    assert near in shown
    assert "催办" in clerk.open("/windows/general/").text
    assert clerk.open("/today/list.pdf").mimetype == "application/pdf"
    director = visit("director")
    assert "督办：超期的" in director.open("/today/").text
    assert near not in visit("counter2").open("/today/").text
