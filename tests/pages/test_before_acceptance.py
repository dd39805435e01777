"""受理之前的页面: what a clerk sees and presses, what a villager reads, and what is asked again."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from desk.cases import queries
from desk.cases.actions.register import lookup_code
from desk.cases.jobs import accept_what_was_not_answered
from desk.cases.rules.intake import Answer
from kernel.clock import FixedClock
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.builders import HERE, Visitor, a_case, intake, resident_number

Visit = Callable[[str], Visitor]
PERMIT = "BM-052"
EVERY = [str(place) for place in range(20)]


def registered(here: House, answer: Answer = Answer.RECEIVE, code: str = HERE) -> str:
    with here.writing() as session:
        return a_case(here, session, here.now(), intake(session, code, answer)).number


def slip_of(here: House, number: str) -> str:
    with here.reading() as session:
        case = queries.at_window(session, Window.GENERAL, number)
        return f"/C/{lookup_code(session, case)}"


def test_the_counter_takes_papers_in_and_the_slip_names_the_day_of_the_answer(
    visit: Visit, here: House
) -> None:
    clerk, form = visit("counter1"), f"/windows/general/new/{HERE}"
    clerk.open(form)
    answer = clerk.press(
        form,
        answer="receive",
        applicant_name="示例群众甲",
        applicant_document_kind="none",
        brought=EVERY[:1],
    )
    slip = clerk.follow(answer).text
    assert "收件凭证" in slip
    assert "最迟2026年3月9日 周一答复" in slip
    assert (
        clerk.open(answer.headers["Location"].replace("/paper?", "/paper.pdf?")).status_code == 200
    )


def test_a_checklist_that_is_refused_is_shown_again_with_everything_ticked_and_typed(
    visit: Visit, here: House
) -> None:
    number = registered(here)
    clerk, page = visit("counter1"), f"/cases/{number}/examine"
    clerk.open(page)
    again = clerk.press(page, answer="accept", brought=["0"], owed=["1"], flaw_0="印章看不清")
    assert again.status_code == 409
    assert "还缺：" in again.text
    assert "印章看不清" in again.text
    assert 'name="owed" value="1"' in again.text
    assert again.text.count("checked") == 2


def test_an_older_checklist_is_refused_after_somebody_else_has_answered(
    visit: Visit, here: House
) -> None:
    number = registered(here)
    one, other, page = visit("counter1"), visit("counter2"), f"/cases/{number}/examine"
    one.open(page)
    other.open(page)
    assert one.press(page, answer="accept", brought=EVERY).status_code == 303
    late = other.press(page, answer="notice", brought=["0"])
    assert (late.status_code, "刚刚被他人改动" in late.text) == (409, True)


@pytest.mark.parametrize("page", ["examine", "decline", "give-back", "pledge", "deemed"])
def test_a_page_about_what_is_over_says_so_and_leads_back(
    visit: Visit, here: House, page: str
) -> None:
    number = registered(here, Answer.ACCEPT)
    if page == "give-back":
        with here.writing() as session:
            case = queries.at_window(session, Window.GENERAL, number)
            case.stage = case.stage.__class__.COMPLETED
    shown = visit("counter1").open(f"/cases/{number}/{page}")
    assert shown.status_code == 200
    assert 'class="empty"' in shown.text
    assert f"/cases/{number}" in shown.text


def test_a_clerk_of_another_window_does_not_find_the_case(visit: Visit, here: House) -> None:
    number = registered(here)
    assert visit("reviewer").open(f"/cases/{number}/examine").status_code == 404


def test_the_worklist_leads_to_what_waits_and_the_villager_reads_the_day(
    visit: Visit, here: House, clock: FixedClock
) -> None:
    permit, other = registered(here, code=PERMIT), registered(here)
    unsupplied = registered(here, Answer.NOTICE)
    unkept = registered(here, Answer.ACCEPT_OWING)
    villager = visit("")
    assert "2026年3月9日 周一" in villager.open(slip_of(here, other)).text
    assert "2026年3月17日 周二" in villager.open(slip_of(here, unsupplied)).text
    assert "2026年3月9日 周一" in villager.open(slip_of(here, unkept)).text
    clock.at += timedelta(days=20)
    accept_what_was_not_answered(here)
    page = visit("counter1").open("/windows/general/").text
    for number, path in (
        (permit, "deemed"),
        (other, "examine"),
        (unsupplied, "give-back"),
        (unkept, "pledge"),
    ):
        assert f"/cases/{number}/{path}" in page
    assert "视为受理" in villager.open(slip_of(here, permit)).text
    assert "已超过答复的日子" in villager.open(slip_of(here, other)).text
    assert "材料可能会退给您" in villager.open(slip_of(here, unsupplied)).text


def test_why_a_birth_date_differs_from_the_number_is_kept_and_shown(
    visit: Visit, here: House
) -> None:
    clerk, form = visit("counter1"), f"/windows/general/new/{HERE}"
    clerk.open(form)
    typed: dict[str, str | list[str]] = {
        "answer": "accept",
        "applicant_name": "示例群众甲",
        "applicant_document_kind": "resident_id",
        "applicant_document_number": resident_number(),
        "applicant_born_on": "1941-01-01",
        "brought": EVERY,
    }
    refused = clerk.press(form, **typed)
    assert refused.status_code == 422
    assert "applicant_birth_reason" in refused.text
    answer = clerk.press(form, **typed, applicant_birth_reason="以户口簿为准")
    number = answer.headers["Location"].split("/")[4]
    with here.reading() as session:
        case = queries.at_window(session, Window.GENERAL, number)
        person = queries.applicant_of(session, case)
        assert person is not None
        assert person.birth_reason == "以户口簿为准"
    assert "以户口簿为准" in clerk.open(f"/windows/general/cases/{number}").text
