"""咨询员: takes papers in for a neighbour who signed, sees that case and no other."""

from collections.abc import Callable

import pytest

from kernel.clock import FixedClock
from kernel.web.house import House
from tests.builders import CARRIED, HERE, REFERRED, Visitor, a_case

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
Visit = Callable[[str], Visitor]


def take_in(adviser: Visitor, code: str = HERE, **typed: str | list[str]) -> str:
    """Take papers in for a neighbour; return where the answer leads."""
    adviser.open(f"/adviser/new/{code}")
    words: dict[str, str | list[str]] = {"name": "示例邻居甲", "phone": "15400000031"}
    ticked: dict[str, str | list[str]] = {"consent": "1", "brought": ["0"]}
    answer = adviser.press(f"/adviser/new/{code}", **{**words, **ticked, **typed})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_a_neighbours_papers_arrive_at_the_counter_and_are_answered_there(visit: Visit) -> None:
    adviser, clerk = visit("adviser"), visit("counter1")
    number = take_in(adviser, brought=["0", "1"]).rpartition("/")[2]
    assert "待大厅收件" in clerk.open("/windows/general/").text
    page = clerk.open(f"/windows/general/cases/{number}")
    assert "村里代收的件" in page.text

    short = clerk.press(f"/cases/{number}/examine", answer="accept", brought=["0"])
    assert short.status_code == 409
    assert "还缺" in short.text

    answer = clerk.press(
        f"/cases/{number}/examine",
        answer="accept",
        brought=["0", "1"],
        waived=["2"],
    )
    assert "受理通知书" in clerk.follow(answer).text
    assert "办理中" in adviser.open(f"/adviser/cases/{number}").text


def test_nothing_is_carried_for_a_neighbour_who_brought_nothing(visit: Visit) -> None:
    adviser = visit("adviser")
    adviser.open(f"/adviser/new/{HERE}")
    answer = adviser.press(f"/adviser/new/{HERE}", name="示例邻居甲", consent="1")
    assert answer.status_code == 422
    assert "一样材料也没有勾" in answer.text
    assert 'value="示例邻居甲"' in answer.text


def test_what_lacks_is_told_once_and_the_adviser_reads_it(visit: Visit) -> None:
    adviser, clerk = visit("adviser"), visit("counter1")
    number = take_in(adviser).rpartition("/")[2]
    clerk.open(f"/windows/general/cases/{number}")
    answer = clerk.press(
        f"/cases/{number}/examine", answer="notice", brought=["0"], flaw_1="要正面"
    )
    assert "一次性告知书" in clerk.follow(answer).text
    assert "待补正" in adviser.open(f"/adviser/cases/{number}").text


def test_a_carried_matter_is_taken_in_to_be_carried_on(visit: Visit) -> None:
    adviser, clerk = visit("adviser"), visit("counter1")
    number = take_in(adviser, CARRIED).rpartition("/")[2]
    clerk.open(f"/windows/general/cases/{number}")
    every = [str(place) for place in range(12)]
    answer = clerk.press(f"/cases/{number}/examine", answer="carry", brought=every)
    assert "收件凭证" in clerk.follow(answer).text


def test_without_the_neighbours_signature_nothing_is_taken_in(visit: Visit) -> None:
    adviser = visit("adviser")
    adviser.open(f"/adviser/new/{HERE}")
    refused = adviser.press(f"/adviser/new/{HERE}", name="示例邻居乙")
    assert refused.status_code == 422
    assert "没有群众签名同意" in refused.text
    assert "示例邻居乙" in refused.text


def test_a_matter_handled_elsewhere_is_told_where(visit: Visit) -> None:
    adviser = visit("adviser")
    assert "直接办理" in adviser.open(f"/adviser/new/{REFERRED}").text


def test_an_adviser_sees_no_case_but_those_he_carried(
    visit: Visit, here: House, clock: FixedClock
) -> None:
    with here.writing() as session:
        other = a_case(here, session, clock.now()).number
    adviser = visit("adviser")
    mine = take_in(adviser).rpartition("/")[2]
    home = adviser.open("/adviser/").text
    assert mine in home
    assert other not in home
    assert adviser.open(f"/adviser/cases/{other}").status_code == 404
    assert adviser.open(f"/windows/general/cases/{mine}").status_code == 403


def test_a_question_without_an_answer_goes_to_the_hall_and_comes_back(visit: Visit) -> None:
    adviser, director = visit("adviser"), visit("director")
    adviser.open("/adviser/")
    adviser.press("/adviser/enquiries", question="高龄津贴几号发？")
    roll = director.open("/advisers/")
    assert "高龄津贴几号发？" in roll.text
    place = roll.text.split('action="/advisers/enquiries/')[1].split('"')[0]
    director.press(f"/advisers/enquiries/{place}", answer="每月15日。")
    assert "每月15日。" in adviser.open("/adviser/").text


def test_an_answer_is_asked_for_beside_its_question_and_given_once(visit: Visit) -> None:
    adviser, director = visit("adviser"), visit("director")
    for question in ("问一", "问二"):
        adviser.open("/adviser/")
        adviser.press("/adviser/enquiries", question=question)
    page = "/advisers/enquiries/{}"
    forms = director.open("/advisers/").text.split('action="/advisers/enquiries/')[1:]
    first, second = (form.split('"')[0] for form in forms)
    empty = director.press(page.format(second), answer="  ")
    assert "请写下怎么答复。" in empty.text.split("问二")[1].split("</form>")[0]
    assert empty.text.count("请写下怎么答复。") == 1
    long = director.press(page.format(first), answer="长" * 501)
    assert long.status_code == 422
    assert "长" * 501 in long.text.split("问一")[1].split("</form>")[0]
    director.press(page.format(first), answer="先答的")
    director.open("/advisers/")
    late = director.press(page.format(first), answer="后答的")
    assert late.status_code == 409
    assert "已经有人答复了：先答的" in late.text
    assert "先答的" in adviser.open("/adviser/").text


def test_the_hall_keeps_advisers_their_term_and_their_training(visit: Visit) -> None:
    director = visit("director")
    director.open("/advisers/1")
    backwards = director.press(
        "/advisers/1",
        name="示例新人",
        office="农村工作指导员",
        phone="15400000055",
        term_from_on="2026-05-01",
        term_to_on="2026-04-01",
    )
    assert "聘期的结束日要在开始日之后" in backwards.text
    director.press("/advisers/1", name="示例新人", office="农村工作指导员", phone="15400000055")
    assert "示例新人" in visit("").open("/phones").text
    director.open("/advisers/1")
    director.press("/advisers/1/training", held_on="2026-02-20", subject="限时办结", result="合格")
    assert "限时办结" in director.open("/advisers/1").text
