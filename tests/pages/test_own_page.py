"""企业专页: an enterprise sees its own projects behind its code, and nobody else's anything."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from desk.villager.rules import ADDRESS_TRIES as SLIP_TRIES
from desk.windows.enterprise.records import Enterprise
from desk.windows.enterprise.rules.own_page import ADDRESS_TRIES, MESSAGES_A_DAY
from kernel.web.house import House
from tests.actions.a_project import Walked, begin
from tests.builders import Visitor
from tests.pages.happy_enterprise import FIRST, HOME
from tests.pages.happy_own_page import opened, over
from tests.stories.browser import drawn, read_codes

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
Visit = Callable[[str], Visitor]
WRONG = "/e/" + "0" * 26


@pytest.fixture
def page(here: House) -> str:
    """Begin two enterprises' projects; return the address of the first one's page."""
    with here.writing() as session:
        begin(here, session, 2)
        walked = begin(here, session, 1)
        walked.finish(FIRST)
        return opened(walked)


def test_an_enterprise_reads_how_it_stands_whose_turn_it_is_and_what_is_missing(
    visit: Visit, page: str
) -> None:
    for address in (page, page.upper()):
        shown = visit("").open(address)
        assert shown.status_code == 200
        assert "办完 1/22 项" in shown.text
        assert "接下来三项还缺的材料" in shown.text
        assert "示例制造1有限公司" in shown.text
        assert "示例制造2有限公司" not in shown.text
        assert "no-store" in shown.headers["Cache-Control"]


def test_the_page_is_light_and_needs_no_script(visit: Visit, page: str) -> None:
    shown = visit("").open(page)
    assert len(gzip.compress(shown.data)) <= 14 * 1024


def test_a_code_that_opens_nothing_is_counted_and_then_refused(visit: Visit, page: str) -> None:
    nobody = visit("")
    assert ADDRESS_TRIES == SLIP_TRIES
    for _ in range(ADDRESS_TRIES):
        assert nobody.open(WRONG).status_code == 404
    assert nobody.open(WRONG).status_code == 429
    assert nobody.open(page).status_code == 200, "who has the right code is not locked out"


def test_another_code_closes_the_one_before_and_a_closed_page_opens_to_nobody(
    visit: Visit, here: House
) -> None:
    with here.writing() as session:
        walked = begin(here, session)
        first, second = opened(walked), opened(walked)
    nobody = visit("")
    assert (nobody.open(first).status_code, nobody.open(second).status_code) == (404, 200)
    agent = visit("agent")
    agent.open(f"{HOME}/enterprises/1")
    slip = agent.press(f"{HOME}/enterprises/1/page.pdf")
    assert slip.mimetype == "application/pdf"
    agent.open(f"{HOME}/enterprises/1")
    assert agent.press(f"{HOME}/enterprises/1/page/close").status_code == 303
    assert nobody.open(second).status_code == 404
    assert agent.press(f"{HOME}/enterprises/1/page.pdf").status_code == 409


def test_the_code_on_the_slip_is_read_from_the_paper_and_opens_the_page(
    visit: Visit, page: str, here: House, tmp_path: Path
) -> None:
    agent = visit("agent")
    agent.open(f"{HOME}/enterprises/2")
    slip = agent.press(f"{HOME}/enterprises/2/page.pdf").data
    with here.reading() as session:
        firm = session.get_one(Enterprise, 2).name
    (picture,) = drawn(slip, tmp_path)
    (read,) = read_codes(picture)
    site, code = read.split("/E/")
    assert site == here.settings.public_url.upper()
    assert f"/e/{code}".lower() == page.lower()
    shown = visit("").open(f"/E/{code}")
    assert shown.status_code == 200
    assert firm in shown.text
    (other,) = drawn(agent.press(f"{HOME}/enterprises/2/page.pdf").data, tmp_path, dots=72)
    assert read_codes(other) == [read], "from a coarse print, too"


def test_what_an_enterprise_writes_is_sealed_read_and_answered(visit: Visit, page: str) -> None:
    enterprise, agent = visit(""), visit("agent")
    enterprise.open(page)
    assert enterprise.press(f"{page}/2/message", words="").status_code == 422
    assert enterprise.press(f"{page}/2/message", words="示例：何时交图纸？").status_code == 303
    assert "（未看）" in enterprise.open(page).text
    assert "新留言 1" in agent.open(f"{HOME}/").text
    project = f"{HOME}/projects/2"
    assert "示例：何时交图纸？" in agent.open(project).text
    assert agent.press(f"{project}/messages", words="示例：下周一").status_code == 303
    assert "新留言" not in agent.open(f"{HOME}/").text
    shown = enterprise.open(page).text
    assert "示例：下周一" in shown
    assert "（已看）" in shown


def test_nobody_writes_about_anothers_project_or_without_end(
    visit: Visit, page: str, here: House
) -> None:
    enterprise = visit("")
    enterprise.open(page)
    assert enterprise.press(f"{page}/1/message", words="示例").status_code == 404
    enterprise.open(page)
    for _ in range(MESSAGES_A_DAY - 1):
        enterprise.press(f"{page}/2/message", words="示例")
        enterprise.open(page)
    assert enterprise.press(f"{page}/2/message", words="示例").status_code == 429


def test_a_project_is_rated_once_when_all_is_over_and_a_poor_rating_says_why(
    visit: Visit, here: House
) -> None:
    with here.writing() as session:
        walked = begin(here, session)
        page = opened(walked)
    enterprise = visit("")
    assert "代办得怎么样" not in enterprise.open(page).text
    assert enterprise.press(f"{page}/1/rate", level="good").status_code == 409
    with here.writing() as session:
        project = session.merge(walked.project)
        over(Walked(here, session, session.merge(walked.enterprise), project, walked.agent))
    assert "代办得怎么样" in enterprise.open(page).text
    assert enterprise.press(f"{page}/1/rate", why="示例").status_code == 422
    poor = enterprise.press(f"{page}/1/rate", level="bad")
    assert "哪里不满意" in poor.text
    assert enterprise.press(f"{page}/1/rate", level="bad", why="示例：太慢").status_code == 303
    assert "您的评价：<strong>不满意</strong>" in enterprise.open(page).text
    assert enterprise.press(f"{page}/1/rate", level="good").status_code == 409
    assert "示例：太慢" in visit("agent").open(f"{HOME}/projects/1").text


def test_only_the_agent_of_the_enterprise_opens_its_page(visit: Visit, page: str) -> None:
    supervisor = visit("supervisor")
    supervisor.open(f"{HOME}/enterprises/2")
    assert supervisor.press(f"{HOME}/enterprises/2/page.pdf").status_code == 403


def test_what_stands_in_the_way_is_told_and_blocks_nothing_by_itself(
    visit: Visit, page: str
) -> None:
    enterprise = visit("")
    enterprise.open(f"{page}/say")
    more = {"kind": "water", "owner": "1", "due_on": "2026-01-01", "errand": FIRST}
    assert enterprise.press(f"{page}/2/obstacle", words="", kind="water").status_code == 422
    assert enterprise.press(f"{page}/2/obstacle", words="示例：水没接", **more).status_code == 303
    shown = visit("agent").open(f"{HOME}/projects/2").text
    assert "示例：水没接" in shown
    assert "您报的问题" in enterprise.open(page).text
    enterprise.open(f"{page}/say")
    assert enterprise.press(f"{page}/1/obstacle", words="示例", kind="water").status_code == 404


def test_a_complaint_goes_to_who_it_does_not_concern_and_names_nobody_else(
    visit: Visit, page: str
) -> None:
    enterprise, form = visit(""), f"{page}/say"
    shown = enterprise.open(form).text
    assert "示例马快办" in shown, "who walks its project"
    assert "示例宋负责" not in shown, "the rest of the staff is nobody's to be listed"
    stranger = enterprise.press(f"{page}/complain", about="person", about_id="1", words="示例")
    assert stranger.status_code == 422
    taken = enterprise.press(f"{page}/complain", about="window", words="示例：两周没有回音")
    assert taken.status_code == 303
    assert "投诉已经收下" in enterprise.open(taken.headers["Location"]).text


@pytest.mark.parametrize("button", ["2/message", "2/rate", "2/obstacle", "complain"])
def test_nobody_of_the_staff_speaks_for_the_enterprise(
    visit: Visit, here: House, page: str, button: str
) -> None:
    said = {"words": "示例：很满意", "level": "very_good", "kind": "water", "about": "window"}
    for who in ("agent", "director"):
        staff = visit(who)
        assert staff.open(page).status_code == 200, "who prints the slip may look"
        refused = staff.press(f"{page}/{button}", **said)
        assert refused.status_code == 409, who
        assert "只由企业自己写" in refused.text
