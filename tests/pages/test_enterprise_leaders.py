"""领导看板、台账、月报: what leaders read of all projects, and agents of their own."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from pypdf import PdfReader

from desk.windows.enterprise.actions import projects
from desk.windows.enterprise.jobs import WORKS
from desk.windows.enterprise.queries import sheets
from desk.windows.enterprise.queries.history import expected, paces
from desk.windows.enterprise.queries.leaders import carried
from desk.windows.enterprise.records import EnterpriseSettings
from desk.windows.enterprise.rules import leaders as rules
from kernel.clock import FixedClock
from kernel.web.house import House
from kernel.work.rules import Cancelled
from tests.actions.a_project import begin
from tests.builders import Visitor, clerk
from tests.pages.happy_enterprise import FIRST, HOME
from tests.pages.test_duty_log import at_work
from tests.pages.test_enterprise_window import another_agent

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
Visit = Callable[[str], Visitor]


def a_late_one(here: House) -> None:
    """Begin two projects; the first wants to be done next week."""
    with here.writing() as session:
        walked = begin(here, session, 1)
        begin(here, session, 2)
        walked.keep_all(FIRST)
        walked.file(FIRST)
        soon = (walked.project.agent_id, None, here.today() + timedelta(days=7))
        director = clerk(session, "director")
        projects.give_to(session, walked.project, soon, director, here.now())


def test_a_leader_reads_slips_with_reasons_and_trips_with_their_definition(
    visit: Visit, here: House
) -> None:
    a_late_one(here)
    for who in ("director", "head", "supervisor"):
        shown = visit(who).open(f"{HOME}/leaders").text
        first = shown.index("示例制造1有限公司")
        assert "其中" in shown[:first]
        assert "■ 1 个</span>预计晚于目标" in shown
        assert first < shown.index("示例制造2有限公司"), "the latest first"
        assert "等代办员" in shown
        assert "少跑：带件减趟数" in shown
    assert visit("agent").open(f"{HOME}/leaders").status_code == 403


def test_a_trip_counts_what_is_carried_and_nothing_that_ends_here(here: House) -> None:
    a_late_one(here)
    with here.reading() as session:
        found = carried(session, clerk(session, "director"), here.today(), here.today())
        assert [one.bureau for one in found] == ["示例县市场监督管理局"]
        later = here.today() + timedelta(days=1)
        assert carried(session, clerk(session, "director"), later, later) == []


@pytest.mark.parametrize("name", ["projects", "errands"])
def test_a_sheet_has_what_one_may_see_and_nothing_in_it_is_a_formula(
    visit: Visit, here: House, name: str
) -> None:
    a_late_one(here)
    agent = visit("agent")
    agent.open(f"{HOME}/")
    answer = agent.press(f"{HOME}/sheets/{name}.xlsx")
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(answer.data))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "示例制造1有限公司" in {cell.value for cell in cells}
    other = visit(another_agent(here))
    other.open(f"{HOME}/")
    none = load_workbook(io.BytesIO(other.press(f"{HOME}/sheets/{name}.xlsx").data))
    assert none.worksheets[0].max_row == 1, "the head alone"


@pytest.mark.parametrize("name", ["projects", "errands"])
def test_a_large_sheet_is_long_work_and_waits_for_its_owner(
    visit: Visit, here: House, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    a_late_one(here)
    agent, other = visit("agent"), visit(another_agent(here))
    agent.open(f"{HOME}/")
    small = agent.press(f"{HOME}/sheets/{name}.xlsx").data
    monkeypatch.setattr(rules, "AT_ONCE", 1)
    monkeypatch.setattr(sheets, "CHUNK", 1)
    agent.open(f"{HOME}/")
    asked = agent.press(f"{HOME}/sheets/{name}.xlsx")
    place = asked.headers["Location"]
    again = agent.press(f"{HOME}/sheets/{name}.xlsx")
    assert again.headers["Location"] == place, "a second press is answered by the first"
    assert "（2个项目）" in agent.follow(asked).text
    file, note = WORKS[rules.EXPORT_WORK](at_work(here, place.rpartition("/")[2]))
    assert file is not None
    book, first = load_workbook(file), load_workbook(io.BytesIO(small))
    assert list(book.worksheets[0].values) == list(first.worksheets[0].values)
    with here.reading() as session:
        assert book.properties.creator == clerk(session, "agent").name
    assert f"{book.worksheets[0].max_row - 1}行" in note
    assert other.open(place).status_code == 403
    assert other.open(f"{place}/result").status_code == 403


def test_a_large_sheet_that_is_cancelled_leaves_nothing(
    visit: Visit, here: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_late_one(here)
    monkeypatch.setattr(rules, "AT_ONCE", 1)
    agent = visit("agent")
    agent.open(f"{HOME}/")
    place = agent.press(f"{HOME}/sheets/errands.xlsx").headers["Location"]
    doing = at_work(here, place.rpartition("/")[2])
    agent.open(place)
    agent.press(f"{place}/cancel")
    with pytest.raises(Cancelled):
        WORKS[rules.EXPORT_WORK](doing)
    assert list(doing.folder.glob("*")) == []


def test_a_sheet_nobody_makes_is_not_found(visit: Visit, here: House) -> None:
    agent = visit("agent")
    agent.open(f"{HOME}/")
    assert agent.press(f"{HOME}/sheets/people.xlsx").status_code == 404


def test_the_monthly_sheet_has_projects_trips_and_room_to_sign(visit: Visit, here: House) -> None:
    a_late_one(here)
    answer = visit("agent").open(f"{HOME}/monthly.pdf?month=2026-03")
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    text = "".join(one.extract_text() for one in pages)
    for words in ("企业代办月报表", "2026年3月", "示例制造1有限公司", "跑腿账", "审核"):
        assert words in text.replace(" ", "")
    others = visit(another_agent(here)).open(f"{HOME}/monthly.pdf").data
    pages = PdfReader(io.BytesIO(others)).pages
    assert "示例制造" not in "".join(one.extract_text() for one in pages)


def test_history_tells_when_enough_has_ended_and_says_so_when_not(
    visit: Visit, here: House, clock: FixedClock
) -> None:
    with here.writing() as session:
        session.execute(sa.update(EnterpriseSettings).values(least_history=2))
        for serial in (1, 2):
            begin(here, session, serial).finish(FIRST)
        walked = begin(here, session, 3)
        calendar = here.calendar(session)
        assert set(paces(session, [FIRST, "QY-003"], here.now(), calendar)) == {FIRST}
        found = expected(session, walked.road, here.now(), calendar)
        assert found is not None
        assert (found.known, found.earliest_on <= found.latest_on) == (1, True)
        other = walked.road.schedule.finish_on
        assert found.latest_on <= other, "what took no day takes none"
    agent = visit("agent")
    assert "1 项按本厅近两年实际办理天数" in agent.open(f"{HOME}/projects/3").text
    assert "没有足够的历史" in agent.open(f"{HOME}/projects/1").text
