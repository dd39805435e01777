"""菜单: whoever is in the house finds the same way around from every page."""

import re
from collections.abc import Callable

import pytest

from desk.board.queries.lists import Moment
from desk.board.queries.log import figures_between
from desk.board.queries.today import windows_today
from desk.cases.rules.intake import Answer
from duty_roster.actions.swaps import answer, ask
from duty_roster.queries.swaps import swap
from duty_roster.rules.log import LogFigureName
from kernel.calendar.rules import ONE_DAY
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.actions.test_rota import a_lawful_swap, me
from tests.builders import BASE, REFERRED, Visitor, a_case, clerk, intake

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
Visit = Callable[[str], Visitor]
GROUP_VISIT = {
    "matter": "appeal",
    "applicant_name": "示例来访甲",
    "gist": "路被压坏了",
    "people": "6",
    "times": "first",
} | {
    "channel": "visit",
    "topic": "roads",
}
NAV = re.compile(r"<nav aria-label=\"主要栏目\">(.*?)</nav>", re.DOTALL)


def _menu(page: str) -> list[str]:
    found = NAV.search(page)
    assert found is not None
    return re.findall(r'href="([^"]+)"', found[1])


@pytest.mark.parametrize(
    ("username", "address"),
    [("adviser", "/adviser/"), ("leader1", "/duty/post/"), ("director", "/duty/post/")],
)
def test_a_page_that_knows_its_person_keeps_the_menu(
    visit: Visit, username: str, address: str
) -> None:
    who = visit(username)
    assert _menu(who.open(address).text) == _menu(who.open("/duty/").text)


@pytest.mark.parametrize(("username", "room"), [("agent", "/today/"), ("adviser", "/adviser/")])
def test_everybody_starts_in_the_room_they_work_in(visit: Visit, username: str, room: str) -> None:
    assert visit(username).client.get("/start", base_url=BASE).headers["Location"] == room


def test_who_keeps_lists_and_numbers_finds_them_in_the_menu(visit: Visit) -> None:
    admin = visit("admin")
    offered = _menu(admin.open("/duty/").text)
    for page in ("/incidents/lists/", "/windows/petitions/settings"):
        assert page in offered
        assert admin.open(page).status_code == 200


@pytest.mark.parametrize(("username", "sees"), [("supervisor", True), ("counter1", False)])
def test_the_petitions_window_stands_on_the_supervisors_board(
    visit: Visit, username: str, sees: bool
) -> None:
    assert ("信访窗口</th>" in visit(username).open("/board/").text) is sees


def test_the_log_offers_only_rooms_that_open(visit: Visit) -> None:
    assert "来访登记" in visit("leader1").open("/log/").text
    assert "来访登记" not in visit("counter1").open("/log/").text


def test_a_visit_in_the_log_is_opened_only_by_who_may_read_it(visit: Visit) -> None:
    leader = visit("leader1")
    leader.open("/log/")
    leader.press("/log/take-over")
    leader.open("/windows/petitions/new")
    answer = leader.press("/windows/petitions/new", **GROUP_VISIT)
    assert answer.status_code == 303, answer.text
    clerk = visit("counter1").open("/log/").text
    assert "集体来访" in clerk
    assert "/windows/petitions/cases/" in leader.open("/log/").text
    assert "/windows/petitions/cases/" not in clerk


def test_what_was_referred_is_not_counted_as_finished(here: House) -> None:
    with here.writing() as session:
        a_case(here, session, here.now(), intake(session, REFERRED, Answer.REFER))
    with here.reading() as session:
        moment = Moment(here.now(), here.today())
        (day,) = windows_today(session, [Window.GENERAL], moment)
        assert (day.received, day.closed) == (0, 0), "as the reports count it"
        figures = figures_between(session, here.now() - ONE_DAY, here.now())
        assert figures[LogFigureName.CLOSED] == 0


def test_a_swap_that_waits_for_ones_word_stands_in_the_menu(visit: Visit, here: House) -> None:
    with here.writing() as session:
        turn, owner, deputy = a_lawful_swap(session, here)
        asked = ask(session, turn, (me(session, deputy), "开会"), clerk(session, owner), here.now())
    assert [_waits(visit(who)) for who in (deputy, owner, "director")] == [True, False, False]
    with here.writing() as session:
        answer(session, swap(session, asked.id), True, clerk(session, deputy), here.now())
    assert [_waits(visit(who)) for who in (deputy, owner, "director")] == [False, False, True]


def _waits(who: Visitor) -> bool:
    return "换班 <strong>1</strong>" in who.open("/duty/").text
