"""一条龙的故事: one project from mandate to title deed, over an expired letter and two obstacles.

The agent and the director press the buttons; the errands between are walked by the same actions.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Page, expect

from app import open_house
from desk.windows.enterprise.queries import enterprises, projects
from kernel.clock import SystemClock
from kernel.settings import Settings
from tests.actions.a_project import PDF, Walked, credit_code
from tests.builders import clerk, mobile
from tests.stories.browser import COUNTER, PHONE, drawn, keep, keep_page, watched
from tests.stories.counter import log_in
from tests.stories.running import RunningDesk

FIRM, PROJECT, HOME = "示例长远机械有限公司", "示例机床厂房", "/windows/enterprise"
FIRST, POWER, WATER, DEED = "QY-001", "QY-015", "QY-016", "QY-021"
VILLAGES = "示例一村、示例二村、示例三村"
WATER_WORDS = f"水管要过{VILLAGES}，走向谈不拢"
POWER_WORDS = "十千伏专线报上去没有回话"
AGREED = "水管改走村道北侧，三个村同意"
SCAN: FilePayload = {"name": "委托书.pdf", "mimeType": "application/pdf", "buffer": PDF}
DAY = timedelta(days=1)


@contextmanager
def behind(desk: RunningDesk) -> Iterator[Walked]:
    """Go on with the project by the actions the buttons call."""
    settings = Settings(var=desk.folder / "var", key_file=desk.folder / "town.key")
    here = open_house(settings, SystemClock())
    with here.writing() as session:
        agent = clerk(session, "agent")
        (firm,) = enterprises.enterprises(session, agent, FIRM)
        (project,) = projects.projects_of(session, agent, firm.id)
        yield Walked(here, session, firm, project, agent)
    here.database.engine.dispose()


def test_a_project_goes_from_mandate_to_title_deed(
    chromium: Browser, new_hall: RunningDesk, tmp_path: Path, printer: None
) -> None:
    with (
        watched(chromium, new_hall.url, viewport=COUNTER) as desk,
        watched(chromium, new_hall.url, viewport=PHONE) as phone,
    ):
        page, leader = desk.page(), phone.page()
        page.set_default_timeout(9000)
        log_in(page, "agent")
        log_in(leader, "director")
        place = _begun(page)
        _an_expired_letter_files_nothing(page, place, new_hall)
        _the_first_errand_by_hand(page, place)
        with behind(new_hall) as walked:
            _up_to_the_fence(walked)
        _two_things_stand_in_the_way(page, place)
        _three_villages_meet(page, place, tmp_path)
        _the_leader_sees_the_water_through(leader, place)
        _the_line_is_paid_for(page, place)
        with behind(new_hall) as walked:
            _up_to_the_deed(walked)
        _the_title_deed(page, place)
        _to_the_follow_up_visit(page, place)


def _begun(page: Page) -> str:
    """Register the enterprise and begin its project; return the project's address."""
    page.goto(f"{HOME}/enterprises/new")
    page.fill("#credit_code", credit_code(4242))
    page.fill("#name", FIRM)
    page.fill("#contact_name", "示例厂长")
    page.fill("#contact_phone", mobile(4242))
    page.check("[name=contact_texts]")
    page.get_by_role("button", name="登记").click()
    page.fill("#draw_up-name", PROJECT)
    page.get_by_role("button", name="开项目").click()
    expect(page.locator("h1")).to_contain_text(PROJECT)
    expect(page.locator("main")).to_contain_text("还没有委托书，不能递件")
    return page.url


def _letter(page: Page, place: str, days: tuple[date, date, date]) -> None:
    """Print a letter of authority and register its signature: from, until, signed."""
    begins, ends, signed = days
    page.goto(f"{place}/mandates")
    page.fill("#from_on", begins.isoformat())
    page.fill("#until_on", ends.isoformat())
    page.get_by_role("button", name="出委托书").click()
    page.locator("[name=signed_on]").fill(signed.isoformat())
    page.set_input_files("[name=file]", SCAN)
    page.get_by_role("button", name="登记签字").click()
    expect(page.get_by_role("button", name="登记签字")).to_have_count(0)


def _an_expired_letter_files_nothing(page: Page, place: str, desk: RunningDesk) -> None:
    with behind(desk) as walked:
        walked.keep_all(FIRST)
        today = walked.here.today()
    _letter(page, place, (today - 40 * DAY, today - DAY, today - 39 * DAY))
    page.goto(place)
    expect(page.locator("main")).to_contain_text("已到期")
    page.get_by_role("button", name="受理", exact=True).click()
    _file(page, "企业设立登记")
    refused = page.get_by_role("alert")
    expect(refused).to_contain_text("到期，不能再代企业递件。请与企业续签委托书。")
    keep_page(page, "enterprise-expired")
    _letter(page, place, (today, today + 365 * DAY, today))


def _file(page: Page, title: str) -> None:
    row = page.locator("tr", has=page.locator("td.whole", has_text=title)).first
    row.get_by_role("button", name="递件").click()


def _the_first_errand_by_hand(page: Page, place: str) -> None:
    page.goto(place)
    _file(page, "企业设立登记")
    _done(page, place, "企业设立登记")


def _done(page: Page, place: str, title: str) -> None:
    """From the paper of a filed errand: the body accepts, and grants."""
    page.goto(page.url.partition("/paper")[0])
    page.get_by_role("button", name="受理", exact=True).click()
    page.select_option("#result", "granted")
    page.get_by_role("button", name="办结", exact=True).click()
    expect(page.locator(".tag").first).to_contain_text("办结")
    page.goto(place)
    row = page.locator("tr", has=page.locator("td.whole", has_text=title)).first
    expect(row).to_contain_text("✓ 办完")


def _up_to_the_fence(walked: Walked) -> None:
    """Walk to the day when water and power are asked for, what has no part in it left out."""
    for number in (2, 3, 5, 6, 7, 9, 10, 8, 11, 12, 13, 4):
        walked.finish(f"QY-{number:03}")
    for key in (POWER, WATER):
        walked.keep_all(key)


def _two_things_stand_in_the_way(page: Page, place: str) -> None:
    page.goto(f"{place}/obstacles")
    for kind, errand, words in (
        ("neighbours", WATER, WATER_WORDS),
        ("silent", POWER, POWER_WORDS),
    ):
        page.select_option("#kind", kind)
        page.select_option("#errand", errand)
        page.fill("#obstacle-words", words)
        page.get_by_role("button", name="登记", exact=True).click()
        expect(page.locator("main")).to_contain_text(words)
    page.goto(place)
    expect(page.get_by_text("▲ 被问题卡住")).to_have_count(2)
    row = page.locator("tr", has=page.locator("td.whole", has_text="用水用气报装")).first
    expect(row).to_contain_text("水管要过")
    expect(row.get_by_role("button", name="递件")).to_have_count(0)
    keep_page(page, "enterprise-blocked")
    page.goto(f"{HOME}/")
    expect(page.locator("tr", has_text=FIRM)).to_contain_text("问题 2")
    keep_page(page, "enterprise-board")


def _three_villages_meet(page: Page, place: str, folder: Path) -> None:
    page.goto(f"{place}/meetings")
    page.fill("#place", "示例乡会议室")
    page.fill("#present", f"{VILLAGES}、{FIRM}、示例县水务公司")
    page.get_by_label("水管要过").check()
    page.fill("[name=who_0]", "示例县水务公司")
    page.fill("[name=what_0]", "水管改走村道北侧")
    page.fill("[name=by_0]", (SystemClock().now() + 14 * DAY).date().isoformat())
    page.fill("[name=who_1]", VILLAGES)
    page.fill("[name=what_1]", "各出一人到场放线，不再另要补偿")
    page.get_by_role("button", name="记下并编号").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"企商〔\d{4}〕1号"))
    keep_page(page, "enterprise-meeting")
    href = page.get_by_role("link", name="打印（PDF）").get_attribute("href")
    pdf = page.context.request.get(str(href)).body()
    keep("enterprise-minutes", drawn(pdf, folder)[0])


def _the_leader_sees_the_water_through(leader: Page, place: str) -> None:
    leader.goto(f"{HOME}/obstacles")
    leader.get_by_role("link", name=re.compile("水管要过")).click()
    panel = leader.locator("section", has_text=WATER_WORDS)
    expect(panel).to_contain_text("企商〔")
    panel.get_by_label("怎么解决的").fill(AGREED)
    panel.get_by_role("button", name="销号").click()
    expect(leader.locator("section", has_text=WATER_WORDS)).to_contain_text(f"销号：{AGREED}")
    keep_page(leader, "enterprise-obstacles-360")
    leader.goto(place)
    expect(leader.get_by_text("▲ 被问题卡住")).to_have_count(1)


def _the_line_is_paid_for(page: Page, place: str) -> None:
    page.goto(f"{place}/spending")
    page.fill("#amount", "890,000")
    page.fill("#purpose", "十千米十千伏专线")
    page.get_by_role("button", name="记下").click()
    expect(page.locator("main")).to_contain_text("合计 890,000.00 元")
    keep_page(page, "enterprise-spending")
    page.goto(f"{place}/obstacles")
    page.locator("section", has_text=POWER_WORDS).get_by_label("怎么解决的").fill("专线已通电")
    page.get_by_role("button", name="销号").click()
    page.goto(place)
    expect(page.get_by_text("▲ 被问题卡住")).to_have_count(0)


def _up_to_the_deed(walked: Walked) -> None:
    for number in (15, 16, 14, 17, 18, 19, 20):
        walked.finish(f"QY-{number:03}")
    walked.keep_all(DEED)


def _the_title_deed(page: Page, place: str) -> None:
    page.goto(place)
    _file(page, "房屋所有权首次登记")
    _done(page, place, "房屋所有权首次登记")
    row = page.locator("tr", has=page.locator("td.whole", has_text="排污许可")).first
    row.locator("summary").click()
    row.get_by_label("为什么不需要").fill("示例：已在别的名下登记")
    row.get_by_role("button", name="记下").click()


def _to_the_follow_up_visit(page: Page, place: str) -> None:
    page.goto(place)
    for step in ("送达", "归档", "上报", "回访"):
        page.get_by_role("button", name=step, exact=True).click()
    steps = page.get_by_role("list", name="七步").get_by_role("listitem")
    expect(steps).to_have_count(7)
    expect(steps.filter(has_text="✓")).to_have_count(7)
    keep_page(page, "enterprise-done")
    page.goto(f"{HOME}/?archive=1")
    expect(page.locator("main")).to_contain_text(FIRM)
