"""受理之前的故事: a missing paper brought on day six, and how a case can come to be accepted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app import open_house, prepare
from desk.cases.actions.register import lookup_code
from desk.cases.rules.intake import Answer, MaterialState
from kernel.clock import FixedClock, SystemClock
from kernel.settings import Settings
from kernel.web.house import House
from tests.builders import a_case, intake, person
from tests.stories.browser import COUNTER, PHONE, drawn, keep, keep_page, watched
from tests.stories.counter import log_in
from tests.stories.running import RunningDesk

USUAL, PERMIT = "BM-001", "BM-052"
#: long enough ago that five working days are over, holidays or not
LONG_AGO = 24


@dataclass
class Hall:
    """A served hall with a case for every way of waiting."""

    desk: RunningDesk
    numbers: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)


#: (name, item, answer, days ago)
DIARY = (
    ("silent", PERMIT, Answer.RECEIVE, LONG_AGO),
    ("late", USUAL, Answer.RECEIVE, LONG_AGO - 1),
    ("unkept", USUAL, Answer.ACCEPT_OWING, LONG_AGO - 2),
    ("unsupplied", USUAL, Answer.NOTICE, LONG_AGO - 3),
    ("noticed", USUAL, Answer.NOTICE, 6),
    ("examined", USUAL, Answer.RECEIVE, 0),
    ("owing", USUAL, Answer.ACCEPT_OWING, 0),
)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Serve a hall that has waited for papers and for answers."""
    hall = Hall(RunningDesk(tmp_path_factory.mktemp("hall")))
    present = SystemClock().now() - timedelta(hours=1)
    settings = Settings(
        var=hall.desk.folder / "var",
        key_file=hall.desk.folder / "town.key",
        public_url=hall.desk.url,
    )
    clock = FixedClock(present - timedelta(days=LONG_AGO + 1))
    here = open_house(settings, clock)
    prepare(here)
    for serial, (name, item, answer, days) in enumerate(DIARY, start=1):
        clock.at = present - timedelta(days=days) + timedelta(minutes=serial)
        register_one(here, hall, name, (item, answer, serial))
    here.database.engine.dispose()
    hall.desk.start()
    yield hall
    hall.desk.stop()


def register_one(here: House, hall: Hall, name: str, what: tuple[str, Answer, int]) -> None:
    item, answer, serial = what
    with here.writing() as session:
        taken = intake(session, item, answer, person(serial, f"示例申请人{serial}"))
        lacking = MaterialState.OWED if answer is Answer.ACCEPT_OWING else MaterialState.MISSING
        papers = [
            replace(one, state=MaterialState.BROUGHT if place else lacking)
            for place, one in enumerate(taken.materials)
        ]
        if answer is not Answer.RECEIVE:
            taken = replace(taken, materials=papers)
        case = a_case(here, session, here.now(), taken)
        hall.numbers[name], hall.codes[name] = case.number, lookup_code(session, case)


@pytest.fixture
def clerk(chromium: Browser, hall: Hall) -> Iterator[Page]:
    """Log a clerk in at the counter."""
    with watched(chromium, hall.desk.url, viewport=COUNTER) as one:
        page = one.page()
        page.add_init_script("window.print = () => {}")
        log_in(page, "counter1")
        yield page


def villager_reads(chromium: Browser, hall: Hall, name: str) -> str:
    """Follow a slip's code on a narrow phone."""
    phone = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
    with watched(chromium, hall.desk.url, **phone) as one:
        page = one.page()
        page.goto(f"/C/{hall.codes[name]}")
        keep_page(page, f"before-villager-{name}")
        return page.locator("main").inner_text()


def test_a_missing_paper_is_brought_on_day_six_and_the_case_is_accepted_that_day(
    clerk: Page, chromium: Browser, hall: Hall
) -> None:
    assert "补材料的时间不算在办理时限里" in villager_reads(chromium, hall, "noticed")
    clerk.goto(f"/cases/{hall.numbers['noticed']}")
    expect(clerk.get_by_role("heading", name="补正的材料来了，请核对")).to_be_visible()
    keep_page(clerk, "before-case-noticed")
    clerk.get_by_role("button", name="受理", exact=True).click()
    expect(clerk.get_by_text("还缺：")).to_be_visible()
    keep_page(clerk, "before-examine-refused")
    clerk.locator("input[name=brought]").first.check()
    clerk.get_by_role("button", name="受理", exact=True).click()
    expect(clerk.locator("article.slip").first).to_contain_text("受理通知书")
    assert "办理中" in villager_reads(chromium, hall, "noticed")


def test_a_second_notice_waits_for_a_leaders_word(
    clerk: Page, chromium: Browser, hall: Hall
) -> None:
    number = hall.numbers["unsupplied"]
    clerk.goto(f"/cases/{number}/examine")
    clerk.get_by_role("button", name="再次告知").click()
    expect(clerk.get_by_text("已经一次性告知过，不能自行再告知一次")).to_be_visible()
    clerk.get_by_role("link", name="请示负责人").click()
    clerk.get_by_label("理由").fill("县局核对后要求补充证明")
    clerk.get_by_role("button", name="提交请示").click()
    with watched(chromium, hall.desk.url, viewport=COUNTER) as one:
        page = one.page()
        log_in(page, "head")
        page.goto("/cases/approvals")
        page.get_by_role("button", name="同意", exact=True).first.click()
    clerk.goto(f"/cases/{number}/examine")
    clerk.get_by_role("button", name="再次告知").click()
    expect(clerk.locator("article.slip").first).to_contain_text("一次性告知书")


def test_silence_accepts_a_permit_and_only_reddens_the_rest(
    clerk: Page, chromium: Browser, hall: Hall
) -> None:
    clerk.goto("/windows/general/")
    for _ in range(90):
        if clerk.get_by_role("heading", name=re.compile("视为受理")).count():
            break
        clerk.wait_for_timeout(1000)
        clerk.reload()
    keep_page(clerk, "before-worklist")
    waiting = clerk.get_by_role("region", name="收件待审查").inner_text()
    assert hall.numbers["late"] in waiting
    assert "■ 超期" in waiting
    assert hall.numbers["silent"] not in waiting
    assert "视为受理" in villager_reads(chromium, hall, "silent")
    clerk.get_by_role("link", name=hall.numbers["silent"]).first.click()
    keep_page(clerk, "before-deemed")
    clerk.get_by_role("button", name="核对无误，核发通知书").click()
    expect(clerk.locator("article.slip").first).to_contain_text("行政许可法")
    keep_page(clerk, "before-paper-deemed")


def test_papers_that_follow_are_pledged_signed_and_brought(clerk: Page, hall: Hall) -> None:
    clerk.goto(f"/windows/general/new/{USUAL}")
    keep_page(clerk, "before-intake")
    clerk.fill("#applicant_name", "示例申请人容")
    clerk.select_option("#applicant_document_kind", "none")
    for box in clerk.locator("input[name=brought]").all()[1:]:
        box.check()
    clerk.locator("input[name=owed]").first.check()
    clerk.get_by_role("button", name="容缺受理").click()
    expect(clerk.locator("article.slip")).to_have_count(4)
    expect(clerk.locator("article.slip").first).to_contain_text("容缺受理承诺书")
    keep_page(clerk, "before-paper-pledge")
    clerk.get_by_role("link", name=re.compile("^办件 ")).click()
    keep_page(clerk, "before-case-owing")
    clerk.get_by_role("link", name="容缺承诺").click()
    keep_page(clerk, "before-pledge")
    clerk.get_by_role("button", name="已收到签名的承诺书").click()
    clerk.get_by_role("link", name="容缺承诺").click()
    clerk.locator("input[name=owed]").first.check()
    clerk.get_by_role("button", name="收下勾选的材料").click()
    expect(clerk.get_by_text("容缺的材料已补齐")).to_be_visible()


def test_a_pledge_that_was_not_kept_is_revoked_with_a_reason(
    clerk: Page, chromium: Browser, hall: Hall
) -> None:
    assert "最迟" in villager_reads(chromium, hall, "unkept")
    clerk.goto(f"/cases/{hall.numbers['unkept']}/pledge")
    keep_page(clerk, "before-unkept")
    clerk.get_by_role("link", name="撤销受理并退件").click()
    keep_page(clerk, "before-give-back")
    clerk.get_by_role("button", name="撤销受理，出退件通知").click()
    expect(clerk.locator("article.slip").first).to_contain_text("到期没有补齐")
    keep_page(clerk, "before-paper-returned")
    assert "材料已退回" in villager_reads(chromium, hall, "unkept")


def test_an_application_is_turned_down_with_the_right_body_named(
    clerk: Page, chromium: Browser, hall: Hall, tmp_path: Path, printer: None
) -> None:
    number = hall.numbers["examined"]
    clerk.goto(f"/cases/{number}")
    keep_page(clerk, "before-case-examined")
    assert "答复您" in villager_reads(chromium, hall, "examined")
    clerk.get_by_role("link", name="不予受理").click()
    clerk.select_option("#ground", "not_ours")
    clerk.get_by_label(re.compile("^理由")).fill("此事由县级主管部门受理。")
    clerk.get_by_role("button", name="不予受理，出决定书").click()
    expect(clerk.get_by_text("要写明应当向哪个机关申请")).to_be_visible()
    keep_page(clerk, "before-decline")
    clerk.get_by_label("应当向哪个机关申请").fill("示例县民政局")
    clerk.get_by_role("button", name="不予受理，出决定书").click()
    expect(clerk.locator("article.slip").first).to_contain_text("行政复议")
    address = clerk.get_by_role("link", name="PDF").get_attribute("href") or ""
    pdf = clerk.request.get(address).body()
    for place, sheet in enumerate(drawn(pdf, tmp_path)):
        keep(f"before-decline-pdf-{place}", sheet)
    assert "示例县民政局" in villager_reads(chromium, hall, "examined")
