"""预约的页面: agreed on at the counter, asked again with what was typed, listed until it ends."""

from collections.abc import Callable

import pytest

from kernel.web.house import House
from tests.builders import Visitor, a_case, person

Visit = Callable[[str], Visitor]
CASE, LIST = "/windows/general/cases", "/cases/appointments"
MEETING = {"on": "2026-03-04", "at": "14:30", "venue": "hall"}

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def number(here: House) -> str:
    with here.writing() as session:
        return a_case(here, session, here.now()).number


def agreed(clerk: Visitor, number: str, **typed: str) -> int:
    clerk.open(f"/cases/{number}/appointment")
    return clerk.press(f"/cases/{number}/appointment", **(MEETING | typed)).status_code


def test_an_appointment_stands_on_the_case_and_on_the_list_until_it_ends(
    visit: Visit, number: str
) -> None:
    clerk = visit("counter1")
    assert "约时间" in clerk.open(f"{CASE}/{number}").text
    assert agreed(clerk, number) == 303
    shown = clerk.open(f"{CASE}/{number}").text
    assert "预约 3月4日 14:30" in shown
    assert "约定2026年3月4日 周三 14:30在大厅办理。" in shown
    listed = clerk.open(LIST).text
    assert number in listed
    assert person().name not in listed
    assert "/cases/appointments" in clerk.open("/windows/general/").text
    clerk.open(f"/cases/{number}/appointment")
    assert clerk.press(f"/cases/{number}/appointment/end", how="kept").status_code == 303
    assert number not in clerk.open(LIST).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"on": ""}, "日期请写成"),
        ({"at": "下午"}, ""),
        ({"venue": ""}, "请从列出的选项里选一个"),
        ({"on": "2026-03-01"}, "约的时间已经过了"),
        ({"on": "2027-03-01"}, "最多约到"),
    ],
)
def test_what_is_wrong_is_asked_again_and_the_rest_stays(
    typed: dict[str, str], sentence: str, visit: Visit, number: str
) -> None:
    clerk = visit("counter1")
    assert agreed(clerk, number, **typed) == 422
    assert clerk.page is not None
    page = clerk.page.text
    assert sentence in page
    kept = {"on": "2026-03-04", "at": "14:30"} | {k: v for k, v in typed.items() if k != "venue"}
    assert all(f'value="{value}"' in page for value in kept.values())


def test_an_end_nobody_may_choose_is_refused_in_words(visit: Visit, number: str) -> None:
    clerk = visit("counter1")
    agreed(clerk, number)
    for how in ("", "moved", "nothing"):
        clerk.open(f"/cases/{number}/appointment")
        assert clerk.press(f"/cases/{number}/appointment/end", how=how).status_code == 422


def test_who_works_at_no_window_of_the_case_finds_nothing(visit: Visit, number: str) -> None:
    agent = visit("agent")
    assert agent.open(f"/cases/{number}/appointment").status_code == 404
    assert number not in agent.open(LIST).text
