"""企业窗口: what an agent sees and presses; nobody sees another enterprise's anything."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import typst
from flask import Flask
from pypdf import PdfReader

from desk.windows.enterprise.actions import own_page, projects, roadmaps
from desk.windows.enterprise.actions.complaints import Complained
from desk.windows.enterprise.queries.roadmaps import newest, planned
from desk.windows.enterprise.rules.complaints import ComplaintAbout
from kernel.access import Role
from kernel.staff.queries import by_username
from kernel.staff.records import StaffRole
from kernel.web.house import House
from services_catalog.queries import published
from tests.actions.a_project import PDF, begin
from tests.builders import BASE, Visitor, clerk, mobile
from tests.pages.happy_enterprise import FIRST, HOME
from tests.pages.happy_obstacles import a_complaint, a_meeting, a_payment, an_obstacle

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
Visit = Callable[[str], Visitor]


@pytest.fixture
def places(here: House) -> dict[str, str]:
    """Return what addresses of a begun project are made of."""
    with here.writing() as session:
        walked = begin(here, session)
        mandate = walked.mandate()
        walked.keep_all(FIRST)
        number = walked.file(FIRST).number
        own_page.issue(session, walked.enterprise, walked.agent, here.now())
        row = an_obstacle(walked, words="示例制造1有限公司没有水")
        told = Complained(ComplaintAbout.BUREAU, "示例制造1有限公司投诉", bureau="示例局")
        return {
            "obstacle_id": f"{row.id}",
            "meeting_id": f"{a_meeting(walked, row).id}",
            "spending_id": f"{a_payment(walked).id}",
            "complaint_number": a_complaint(walked, told),
            "enterprise_id": f"{walked.enterprise.id}",
            "project_id": f"{walked.project.id}",
            "mandate_id": f"{mandate.id}",
            "number": number,
            "key": FIRST,
            "paper_id": "1",
            "contact_id": "1",
            "map_id": f"{newest(session)[0].id}",
        }


def another_agent(here: House) -> str:
    """Let somebody else be an agent, too."""
    with here.writing() as session:
        staff = by_username(session, "counter2")
        assert staff is not None
        session.add(StaffRole(staff_id=staff.id, role=Role.AGENT))
    return "counter2"


def addresses(app: Flask, places: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield every address of the room that names something of an enterprise, with its method."""
    adapter = app.url_map.bind("desk.test", url_scheme="https")
    for rule in app.url_map.iter_rules():
        of_the_room = rule.endpoint.startswith("enterprise.")
        if of_the_room and rule.arguments - {"map_id", "kind"}:
            values = {name: places[name] for name in rule.arguments}
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield method, adapter.build(rule.endpoint, values)


def test_another_agent_finds_nothing_at_any_address(
    visit: Visit,
    app: Flask,
    here: House,
    places: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # what stands on paper is looked at elsewhere; setting it would be most of this walk
    monkeypatch.setattr(typst, "compile", lambda *_, **__: PDF)
    other, own, director = visit(another_agent(here)), visit("agent"), visit("director")
    other.open(f"{HOME}/enterprises/new")
    data = {**other.hidden, "name": "示例", "contact_name": "示例", "contact_phone": mobile(3)}
    form = {"stage": "building", "reason": "示例", "step": "delivered", "way": "whole"}
    days = {"from_on": "2026-03-02", "until_on": "2026-12-31", "signed_on": "2026-03-02"}
    sent = {**data, **form, **days, "result": "granted", "map": places["map_id"]}
    seen = 0
    for method, path in addresses(app, places):
        answer = other.client.open(path, method=method, base_url=BASE, data=sent)
        is_closed = answer.status_code in {403, 404} or (
            method == "POST" and answer.status_code in {200, 422}  # a field is asked for first
        )
        assert is_closed, (method, path, answer.status_code)
        assert "示例制造1有限公司" not in answer.text, path
        seen += 1
        if method == "GET":
            may_see = director if "/complaints/" in path else own
            assert may_see.open(path).status_code == 200, path
    assert seen > 35
    for page in ("/", "/enterprises", "/enterprises?q=示例", "/?archive=1", "/obstacles"):
        assert "示例制造1" not in other.open(f"{HOME}{page}").text


def test_the_walk_would_notice_an_open_address(
    visit: Visit, here: House, places: dict[str, str]
) -> None:
    """The control: who may look does find the name."""
    page = visit("supervisor").open(f"{HOME}/projects/{places['project_id']}")
    assert "示例制造1有限公司" in page.text
    assert "递件" not in page.text.partition("<main")[2].partition("七步")[0]


def test_names_and_phones_are_masked_until_a_look_that_is_recorded(
    visit: Visit, places: dict[str, str]
) -> None:
    agent, page = visit("agent"), f"{HOME}/enterprises/{places['enterprise_id']}"
    shown = agent.open(page).text
    assert "示例厂长" not in shown
    assert mobile(1) not in shown
    revealed = agent.press(f"{page}/reveal").text
    assert "示例厂长" in revealed
    assert mobile(1) in revealed.replace(" ", "")


def test_what_is_walked_beside_is_named_when_its_project_moves_again(
    visit: Visit, here: House
) -> None:
    with here.writing() as session:
        walked, last = begin(here, session), newest(session)[0]
        walked.finish(FIRST)
        whole = planned(session, [last.id])[last.id]
        rest = [
            replace(one, needs=tuple(set(one.needs) - {FIRST})) for one in whole if one.key != FIRST
        ]
        for name in ("示例二版", "示例三版"):
            if name == "示例三版":
                at, mover = walked.project.version, walked.agent
                projects.move(session, walked.project, last, at, mover, here.now())
            told = (name, "示例原因", rest)
            last = roadmaps.publish(session, last, told, clerk(session, "director"), here.now())
        page, title = f"{HOME}/projects/{walked.project.id}", published(session, FIRST).title
    agent = visit("agent")
    assert agent.open(f"{page}/move").status_code == 200
    assert title in agent.text
    assert agent.press(f"{page}/move", map=f"{last.id}").status_code == 303
    assert agent.open(page).status_code == 200
    assert agent.open(f"{HOME}/").status_code == 200


def test_the_board_says_what_one_trip_can_carry(visit: Visit, here: House) -> None:
    with here.writing() as session:
        for serial in (1, 2):
            begin(here, session, serial).keep_all(FIRST)
    page = visit("agent").open(f"{HOME}/").text
    assert "示例县市场监督管理局　一趟 2 件" in page


def test_what_cannot_be_filed_is_said_in_a_sentence_on_the_page(visit: Visit, here: House) -> None:
    with here.writing() as session:
        walked = begin(here, session, is_ready=False)
        page = f"{HOME}/projects/{walked.project.id}"
    agent = visit("agent")
    agent.open(page)
    refused = agent.press(f"{page}/errands/{FIRST}/file")
    assert refused.status_code == 409
    assert "项目还没有受理" in refused.text
    assert "企业投资项目备案" in refused.text, "the page stands below the sentence"


def test_the_road_says_what_blocks_what_and_what_is_missing_at_once(
    visit: Visit, here: House
) -> None:
    with here.writing() as session:
        walked = begin(here, session)
        page = f"{HOME}/projects/{walked.project.id}"
    shown = visit("agent").open(page).text
    assert "接下来三项还缺的材料，一次备齐" in shown
    assert "住所使用证明" in shown
    assert "起等：企业设立登记" in shown
    assert "关键" in shown


def test_a_mandate_is_a_sheet_of_two_copies_with_what_it_grants(
    visit: Visit, places: dict[str, str]
) -> None:
    page = f"{HOME}/projects/{places['project_id']}/mandates/{places['mandate_id']}.pdf"
    answer = visit("agent").open(page)
    assert answer.mimetype == "application/pdf"
    sheets = [one.extract_text() for one in PdfReader(io.BytesIO(answer.data)).pages]
    assert len(sheets) == 2
    assert "示例制造1有限公司" in sheets[0]
    assert "全程代办" in sheets[0]
    assert "随时书面收回" in sheets[0]


def test_a_circle_in_a_road_map_is_refused_with_its_path_and_all_typed_stays(
    visit: Visit, places: dict[str, str]
) -> None:
    director, page = visit("director"), f"{HOME}/road-maps/{places['map_id']}"
    director.open(page)
    rows = {
        "key_0": "QY-001",
        "item_0": "QY-001",
        "milestone_0": "设立",
        "needs_0": "QY-003",
        "key_1": "QY-003",
        "item_1": "QY-003",
        "milestone_1": "立项",
        "needs_1": "QY-001",
    }
    refused = director.press(page, name="示例新版", note="示例", **rows)
    assert "企业设立登记（项目公司） → 企业投资项目备案（赋码） → 企业设立登记" in refused.text
    assert "示例新版" in refused.text


def test_an_obstacle_is_raised_given_closed_and_reopened_on_its_page(
    visit: Visit, here: House
) -> None:
    with here.writing() as session:
        page = f"{HOME}/projects/{begin(here, session).project.id}"
    agent = visit("agent")
    agent.open(f"{page}/obstacles")
    asked = agent.press(f"{page}/obstacles", kind="water", words="")
    assert "请写明是什么问题" in asked.text
    agent.press(f"{page}/obstacles", kind="water", words="示例：水管过村", errand=FIRST)
    shown = agent.open(page).text
    assert "被问题卡住" in shown
    assert "示例：水管过村" in shown
    assert agent.open(f"{HOME}/obstacles").text.count("示例：水管过村") == 1
    leader = visit("leader1")
    leader.open(f"{page}/obstacles")
    refused = leader.press(f"{page}/obstacles/1/close", outcome="")
    assert "请写明问题是怎么解决的" in refused.text
    assert leader.press(f"{page}/obstacles/1/close", outcome="示例：改线").status_code == 303
    assert "被问题卡住" not in agent.open(page).text
    agent.open(f"{page}/obstacles")
    assert agent.press(f"{page}/obstacles/1/reopen", reason="示例：又断").status_code == 303
    assert "重开：示例：又断" in agent.open(f"{page}/obstacles").text


def test_minutes_are_a_sheet_with_their_number_and_who_does_what(
    visit: Visit, places: dict[str, str]
) -> None:
    page = f"{HOME}/projects/{places['project_id']}/meetings"
    agent = visit("agent")
    agent.open(page)
    typed = {"held_on": "2026-03-02", "present": "示例三村", "place": "示例会议室"}
    refused = agent.press(page, what_0="让路", **typed)
    assert "第1条没有写谁来做" in refused.text
    assert "示例会议室" in refused.text
    answer = agent.open(f"{page}/{places['meeting_id']}.pdf")
    (sheet,) = [one.extract_text() for one in PdfReader(io.BytesIO(answer.data)).pages]
    for said in ("企商〔2026〕1号", "改走村道北侧", "示例水务站", "没有水", "示例三村"):
        assert said in sheet


def test_what_was_struck_is_read_and_not_counted(visit: Visit, places: dict[str, str]) -> None:
    page = f"{HOME}/projects/{places['project_id']}/spending"
    agent, paid = visit("agent"), {"purpose": "示例", "spent_on": "2026-03-02"}
    assert "890,000.00 元" in agent.open(page).text
    assert "金额要大于零" in agent.press(page, amount="-5", **paid).text
    agent.press(f"{page}/{places['spending_id']}/strike", reason="示例：记重了")
    shown = agent.open(page).text
    assert "合计 <strong>0.00 元" in shown
    assert "划去：示例：记重了" in shown
