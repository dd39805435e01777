"""日常的故事: a late hold, a late part, a case to the district and back, an outage's slips."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from sqlalchemy.orm import Session

from app import open_house, prepare
from desk.cases.actions import joint, outage
from desk.cases.actions.approvals import Asked, ask, decide
from desk.cases.actions.register import LOOKUP, lookup_code
from desk.cases.queries.approvals import hold_types
from desk.cases.queries.outage import lines_of
from desk.cases.records import Case
from desk.cases.rules.approvals import ApprovalKind
from desk.cases.rules.intake import Answer
from desk.cases.rules.joint import Wanted
from kernel.clock import FixedClock, SystemClock, town_day, town_time
from kernel.settings import Settings
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.builders import CARRIED, HERE, a_case, clerk, intake, person
from tests.pages.happy_rota import a_png
from tests.stories.browser import COUNTER, PHONE, drawn, keep, keep_page, read_codes, watched
from tests.stories.counter import log_in
from tests.stories.running import RunningDesk

DAYS_AGO = 12
BLANK = 4


@dataclass
class Hall:
    """A served hall with a fortnight behind it."""

    desk: RunningDesk
    slips_at: datetime
    numbers: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Serve a hall that put a case on hold, carried one, and set numbers aside yesterday."""
    desk = RunningDesk(tmp_path_factory.mktemp("hall"))
    present = SystemClock().now() - timedelta(hours=1)
    yesterday = present - timedelta(days=1)
    hall = Hall(desk, yesterday)
    settings = Settings(
        var=desk.folder / "var", key_file=desk.folder / "town.key", public_url=desk.url
    )
    clock = FixedClock(present - timedelta(days=DAYS_AGO + 1))
    here = open_house(settings, clock)
    prepare(here)
    names = ("held", "district", "wrong", "first", "double", "joint")
    for serial, name in enumerate(names, start=1):
        clock.at = present - timedelta(days=DAYS_AGO) + timedelta(minutes=serial)
        with here.writing() as session:
            note(hall, session, name, register_one(here, session, name, serial))
    hold(here, hall)
    ask_part(here, hall)
    clock.at = yesterday
    with here.writing() as session:
        asked = (BLANK, "变压器检修，停电一天")
        block = outage.reserve(session, Window.GENERAL, asked, clerk(session), here.now())
        first = lines_of(session, block)[0].reserved
        hall.numbers["slip0"] = first.number
        hall.codes["slip0"] = here.database.vault.token(LOOKUP, first.case_uuid)
    here.database.engine.dispose()
    desk.start()
    yield hall
    desk.stop()


def register_one(here: House, session: Session, name: str, serial: int) -> Case:
    code, answer = (CARRIED, Answer.CARRY) if name == "district" else (HERE, Answer.ACCEPT)
    serial = 4 if name == "double" else serial
    taken = intake(session, code, answer, person(serial, f"示例申请人{serial}"))
    return a_case(here, session, here.now(), taken)


def note(hall: Hall, session: Session, name: str, case: Case) -> None:
    hall.numbers[name], hall.codes[name] = case.number, lookup_code(session, case)


def hold(here: House, hall: Hall) -> None:
    """Stop the count of a case for three days; nobody ends it in time."""
    with here.writing() as session:
        case = session.query(Case).filter_by(number=hall.numbers["held"]).one()
        until_on = town_day(here.now()) + timedelta(days=3)
        kind = next(one.id for one in hold_types(session) if one.name == "检验")
        asked = Asked(ApprovalKind.HOLD, "送检", hold_type_id=kind, until_on=until_on)
        approval = ask(session, case, asked, clerk(session), here.now())
        who = clerk(session, "head")
        decide(session, approval, (True, ""), who, here.now(), here.hall(session))


def ask_part(here: House, hall: Hall) -> None:
    """Ask another window for its part of a case within a day; it does not answer in time."""
    with here.writing() as session:
        case = session.query(Case).filter_by(number=hall.numbers["joint"]).one()
        wanted = Wanted(Window.ENTERPRISE, "", 1, "请核实申请人名下企业的用地是否重叠。")
        joint.ask(session, case, wanted, (clerk(session), here.now(), here.hall(session)))


@pytest.fixture
def counter(chromium: Browser, hall: Hall) -> Iterator[Page]:
    """Log a clerk in at the counter."""
    with watched(chromium, hall.desk.url, viewport=COUNTER) as one:
        page = one.page()
        page.add_init_script("window.print = () => {}")
        log_in(page, "counter1")
        yield page


def villager_reads(chromium: Browser, hall: Hall, code: str, name: str) -> str:
    """Follow a slip's code on a narrow phone."""
    phone = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
    with watched(chromium, hall.desk.url, **phone) as one:
        page = one.page()
        page.goto(f"/C/{code}")
        keep_page(page, f"truth-villager-{name}")
        return page.locator("main").inner_text()


def grant(chromium: Browser, hall: Hall) -> None:
    """Let the head say yes to what was asked last."""
    with watched(chromium, hall.desk.url, viewport=COUNTER) as one:
        page = one.page()
        log_in(page, "head")
        page.goto("/cases/approvals")
        page.get_by_role("button", name="同意", exact=True).last.click()


def ask_for(counter: Page, reason: str) -> None:
    counter.get_by_role("link", name="请示负责人").first.click()
    counter.get_by_label("理由").fill(reason)
    counter.get_by_role("button", name="提交请示").click()


def test_a_hold_that_ends_late_is_called_late_ended_and_counted_on(
    counter: Page, chromium: Browser, hall: Hall
) -> None:
    number = hall.numbers["held"]
    assert "比预计的长" in villager_reads(chromium, hall, hall.codes["held"], "held")
    counter.goto(f"/cases/{number}/holds")
    counter.get_by_role("button", name="结束，恢复计时").click()
    expect(counter.get_by_text("恢复计算办理时限").first).to_be_visible()
    assert "恢复计算办理时限" in villager_reads(chromium, hall, hall.codes["held"], "hold-ended")


def hand_over(counter: Page, gave: str, took: str) -> None:
    """Write the receipt of the leg that is on its way."""
    counter.get_by_label("交的人").first.fill(gave)
    counter.get_by_label("收的人").first.fill(took)
    counter.get_by_label(re.compile("^交了哪些材料")).first.fill("申请表、身份证复印件")
    counter.get_by_role("button", name="登记交接").first.click()


def test_a_case_goes_to_the_district_and_comes_back(
    counter: Page, chromium: Browser, hall: Hall
) -> None:
    number = hall.numbers["district"]
    counter.goto(f"/cases/{number}/relay")
    keep_page(counter, "truth-relay")
    hand_over(counter, "示例职工甲", "示例县局职工乙")
    counter.goto(f"/cases/{number}")
    counter.get_by_label("承办机关编号").fill("示例县〔2026〕8号")
    counter.get_by_role("button", name="受理", exact=True).click()
    expect(counter.locator("article.slip").first).to_contain_text("受理通知书")
    counter.goto(f"/cases/{number}/relay")
    counter.fill("[name=from_body]", "示例县局")
    counter.fill("[name=to_body]", "便民服务中心")
    counter.fill("[name=days]", "5")
    counter.get_by_role("button", name="开始").last.click()
    counter.goto(f"/cases/{number}/relay")
    hand_over(counter, "示例县局职工乙", "示例职工甲")
    counter.goto(f"/cases/{number}/relay")
    keep_page(counter, "truth-relay-back")
    assert counter.get_by_text("登记交接：").count() == 0
    counter.goto(f"/cases/{number}")
    counter.select_option("#result", "granted")
    counter.get_by_role("button", name="办结", exact=True).click()
    assert "已办结" in villager_reads(chromium, hall, hall.codes["district"], "district")


def answer_late(chromium: Browser, hall: Hall, number: str) -> None:
    """Take on and answer, at the window that was asked, what it was to answer days ago."""
    with watched(chromium, hall.desk.url, viewport=COUNTER) as one:
        agent = one.page()
        log_in(agent, "agent")
        agent.goto("/cases/assists")
        expect(agent.locator("tr", has_text=number)).to_contain_text("超期")
        keep_page(agent, "truth-assists")
        agent.get_by_role("link", name=number).click()
        agent.get_by_role("button", name="接收，由我办").click()
        agent.get_by_label("结论").select_option("agree")
        agent.get_by_label("意见和理由").fill("查过图，不重叠。")
        keep_page(agent, "truth-assist")
        agent.get_by_role("button", name="答复主办窗口").click()
        expect(agent.get_by_role("button", name="答复主办窗口")).to_have_count(0)


def test_a_part_answered_late_is_its_windows_lateness_and_the_case_goes_on(
    counter: Page, chromium: Browser, hall: Hall
) -> None:
    number = hall.numbers["joint"]
    counter.goto(f"/cases/{number}/joint")
    counter.get_by_label("或者：窗口以外的单位").fill("示例派出所")
    counter.get_by_label("几个工作日内答复").fill("1")
    counter.get_by_label("请对方办什么、答复什么").fill("请核实户籍。")
    counter.get_by_role("button", name="请协办", exact=True).click()
    expect(counter.locator("article.slip").first).to_contain_text("协办函")
    answer_late(chromium, hall, number)
    counter.goto(f"/cases/{number}/joint")
    answered = counter.locator(".panel", has_text="企业服务窗口").first
    expect(answered).to_contain_text("超期")
    expect(answered).to_contain_text("不重叠")
    counter.get_by_text("登记对方的答复").click()
    counter.get_by_label("结论").select_option("done")
    counter.get_by_label("对方谁答复的").fill("示例民警")
    counter.get_by_label("意见和理由").fill("已核实。")
    keep_page(counter, "truth-joint")
    counter.get_by_role("button", name="登记答复").click()
    today = town_day(SystemClock().now())
    counter.goto(f"/board/reports?first={today - timedelta(days=30)}&last={today}")
    late = counter.get_by_role("region", name="超期的环节").locator("tr", has_text=number)
    expect(late).to_contain_text("企业服务窗口")
    keep_page(counter, "truth-joint-report")
    counter.goto(f"/cases/{number}")
    expect(counter.locator("p.toolbar .light")).not_to_contain_text("超期")
    counter.select_option("#result", "done")
    counter.get_by_role("button", name="办结", exact=True).click()
    expect(counter.get_by_text("已办结").first).to_be_visible()


def test_blank_slips_are_printed_for_a_day_without_power(
    counter: Page, chromium: Browser, hall: Hall, tmp_path: Path, printer: None
) -> None:
    counter.goto("/cases/outage")
    keep_page(counter, "truth-outage")
    counter.get_by_role("link", name=re.compile("^Z")).first.click()
    address = counter.get_by_role("link", name=re.compile("空白手写单")).get_attribute("href") or ""
    sheets = drawn(counter.request.get(address).body(), tmp_path)
    keep("truth-blank-slips", sheets[0])
    assert len(sheets) == BLANK
    assert set(read_codes(sheets[0])) == {f"{hall.desk.url}/C/{hall.codes['slip0']}".upper()}
    said = villager_reads(chromium, hall, hall.codes["slip0"], "not-entered")
    assert "还没有录入电脑" in said


def copy_slip(counter: Page, moment: datetime) -> None:
    """Copy what was written by hand into the form, and accept."""
    counter.fill("#true_on", moment.date().isoformat())
    counter.fill("#true_time", f"{moment:%H:%M}")
    counter.get_by_role("button", name=re.compile("^受理")).click()


def test_a_clerk_enters_yesterdays_slips(counter: Page, chromium: Browser, hall: Hall) -> None:
    counter.goto("/cases/outage/1")
    counter.get_by_role("link", name="补录").first.click()
    expect(counter.get_by_text("补录停电手写单")).to_be_visible()
    counter.goto(f"/windows/general/new/{HERE}?slip={hall.numbers['slip0']}")
    keep_page(counter, "truth-late-intake")
    counter.fill("#applicant_name", "示例申请人停")
    counter.select_option("#applicant_document_kind", "none")
    for box in counter.locator("input[name=brought]").all():
        box.check()
    moment = town_time(hall.slips_at + timedelta(minutes=20))
    copy_slip(counter, moment - timedelta(days=3))
    expect(counter.get_by_text("收件时间要在预留编号之后")).to_be_visible()
    keep_page(counter, "truth-late-refused")
    copy_slip(counter, moment)
    slip = counter.locator("article.slip").first
    expect(slip).to_contain_text("停电期间手工登记")
    expect(slip).to_contain_text(hall.numbers["slip0"])
    keep_page(counter, "truth-late-slip")
    assert "后补" in villager_reads(chromium, hall, hall.codes["slip0"], "late")
    counter.goto(f"/cases/{hall.numbers['slip0']}")
    expect(counter.get_by_text("后补", exact=True)).to_be_visible()
    keep_page(counter, "truth-late-case")


def test_what_was_not_used_is_void_for_a_reason_and_the_series_is_explained(
    counter: Page, hall: Hall
) -> None:
    counter.goto("/cases/outage/1")
    for box in counter.locator("input[name=numbers]").all():
        box.check()
    counter.get_by_label("作废的原因").fill("来电了，没用上")
    counter.get_by_role("button", name="作废勾选的编号").click()
    expect(counter.get_by_text("没交代 0")).to_be_visible()
    keep_page(counter, "truth-block")


def test_a_wrong_day_is_put_right_and_the_old_slip_says_so(
    counter: Page, chromium: Browser, hall: Hall
) -> None:
    number = hall.numbers["wrong"]
    counter.goto(f"/cases/{number}/redate")
    keep_page(counter, "truth-redate-ask")
    ask_for(counter, "受理日写晚了三天")
    grant(chromium, hall)
    counter.goto(f"/cases/{number}/redate")
    day = counter.locator("#accepted_on").input_value()
    before = datetime.fromisoformat(day).date() - timedelta(days=3)
    counter.fill("#accepted_on", before.isoformat())
    counter.get_by_label("更正的原因").fill("登记时看错了日历")
    keep_page(counter, "truth-redate")
    counter.get_by_role("button", name="更正并换发回执").click()
    expect(counter.locator("article.slip").first).to_contain_text("更正为")
    keep_page(counter, "truth-redate-slip")
    old = villager_reads(chromium, hall, hall.codes["wrong"], "replaced")
    assert "已换发新的" in old
    counter.goto(f"/cases/{number}")
    keep_page(counter, "truth-redated-case")


def test_a_double_is_merged_and_a_paper_is_scanned_in(
    counter: Page, chromium: Browser, hall: Hall
) -> None:
    number, survivor = hall.numbers["double"], hall.numbers["first"]
    counter.goto(f"/cases/{number}/merge")
    counter.get_by_role("link", name=re.compile(survivor)).click()
    counter.get_by_label("为什么是重复登记").fill("两位同事各登记了一次")
    keep_page(counter, "truth-merge")
    counter.get_by_role("button", name=re.compile("并入")).click()
    expect(counter.get_by_role("heading", name=re.compile("并入的件"))).to_be_visible()
    keep_page(counter, "truth-merged-case")
    assert survivor in villager_reads(chromium, hall, hall.codes["double"], "merged")
    counter.goto(f"/windows/general/cases/{number}")
    expect(counter.get_by_role("button", name=re.compile("撤销合并"))).to_be_visible()
    keep_page(counter, "truth-merged-away")
    counter.goto(f"/cases/{survivor}/attachments")
    counter.get_by_label("这是什么").fill("申请表")
    scan = FilePayload(name="a.png", mimeType="image/png", buffer=a_png())
    counter.set_input_files("#file", [scan])
    counter.get_by_role("button", name="存入此件").click()
    counter.goto(f"/cases/{survivor}/attachments")
    keep_page(counter, "truth-scans")
    counter.get_by_label("用途").select_option("核对材料")
    with counter.expect_download() as waiting:
        counter.get_by_role("button", name=re.compile("下载查看")).click()
    content = Path(waiting.value.path()).read_bytes()
    assert zlib.crc32(content) == zlib.crc32(a_png())


def test_a_closed_case_is_taken_up_again_on_a_leaders_word(
    counter: Page, chromium: Browser, hall: Hall
) -> None:
    number = hall.numbers["wrong"]
    counter.goto(f"/cases/{number}")
    counter.select_option("#result", "done")
    counter.get_by_role("button", name="办结", exact=True).click()
    counter.goto(f"/cases/{number}/reopen")
    ask_for(counter, "结果写错了")
    grant(chromium, hall)
    counter.goto(f"/cases/{number}/reopen")
    counter.get_by_label("重新办理的原因").fill("结果写错了")
    keep_page(counter, "truth-reopen")
    counter.get_by_role("button", name="重新办理").click()
    expect(counter.locator("article.slip").first).to_contain_text("重新办理")
    counter.goto(f"/cases/{number}")
    expect(counter.get_by_text("办理中").first).to_be_visible()
    keep_page(counter, "truth-reopened-case")
