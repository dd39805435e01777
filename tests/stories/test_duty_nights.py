"""两件真事: the night of the storm and the blocked road, replayed with one thumb on a phone.

Source: the 365 article (domain notes): 7月6日 the district's flood office warns of a storm, every
village is rung, six riverside villages and two reservoirs are inspected; 7月24日 (a Sunday)
villagers block trucks over dust, police and road office come, and the complaint is followed up.
"""

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.stories.browser import PHONE, keep_page, watched
from tests.stories.counter import log_in
from tests.stories.looks import complaints
from tests.stories.running import RunningDesk

RIVERSIDE = ("示例上溪村", "示例下溪村", "示例渡头村", "示例江湾村", "示例堰头村", "示例沙洲村")
RESERVOIRS = ("示例石门水库", "示例龙潭水库")
UNITS = ("示例乡派出所", "示例乡卫生院", "示例县交通运输局（路政）")
SILENT = ("示例岭上村", "示例水碓村", "示例茶山村")
WARNING = "县防汛办来电：今夜有暴雨，要求立即通知各村、巡查沿河村和水库"


@pytest.fixture
def phone(chromium: Browser, new_hall: RunningDesk) -> Iterator[Page]:
    """Hold a phone on which the duty leader is logged in."""
    options = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
    with watched(chromium, new_hall.url, **options) as context:
        page = context.page()
        log_in(page, "leader1")
        yield page


def tap(page: Page, label: str, button: str) -> None:
    """Tap what came of a call beside a name, and wait for the page that says so."""
    entry = page.locator(".calling > li", has=page.get_by_text(label, exact=True))
    with page.expect_navigation():
        entry.get_by_role("button", name=button).tap()


def labels(page: Page) -> list[str]:
    """Return who is still to be reached, as the page lists them."""
    return page.locator(".calling").first.locator(".head strong").all_inner_texts()


def write(page: Page, kind: str, words: str) -> None:
    """Write a line of the timeline."""
    section = page.locator("section", has=page.get_by_role("heading", name="记一笔"))
    section.get_by_label("类别").select_option(label=kind)
    section.get_by_label("内容").fill(words)
    with page.expect_navigation():
        section.get_by_role("button", name="记下").tap()


def tell_the_district(page: Page, report: str, to_whom: str) -> None:
    """Say that a report was made."""
    page.get_by_label(f"报给了谁（{report}）").fill(to_whom)
    clock = page.locator(".clocks > li", has_text=report).last
    with page.expect_navigation():
        clock.get_by_role("button", name="已报").tap()


def look_at(page: Page, name: str) -> None:
    """Keep a picture of the page, and find nothing wrong with it."""
    keep_page(page, name)
    assert list(complaints(page, is_public=False)) == []


def words_of(page: Page, address: str, folder: Path) -> str:
    """Return the words of a PDF, as somebody who searches it finds them."""
    answer = page.request.get(address)
    assert answer.ok
    file = folder / "printed.pdf"
    file.write_bytes(answer.body())
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return re.sub(r"\s+", "", io.TextIOWrapper(io.BytesIO(done.stdout), "utf-8").read())


def choose(page: Page, words: str) -> None:
    """Open the menu with a thumb and choose from it; shut, it offers nothing."""
    offered = page.get_by_role("navigation", name="主要栏目").get_by_role("link", name=words)
    expect(offered).to_be_hidden()
    page.get_by_text("菜单", exact=True).tap()
    with page.expect_navigation():
        offered.tap()


def open_the_storm(page: Page) -> None:
    """Open the storm as quickly as a thumb can; the list is there at once."""
    choose(page, "突发事件")
    look_at(page, "incidents-home-360")
    page.get_by_label("现在知道的情况 *").fill(WARNING)
    page.get_by_label("谁报来的").fill("示例县防汛办")
    page.get_by_role("button", name="开始处置").tap()
    heading = page.get_by_role("heading", name=re.compile("还没通知到"))
    expect(heading).to_contain_text("34 家")
    look_at(page, "incident-storm-360")


def ring_everybody(page: Page) -> None:
    """Ring the list from the top; three villages do not answer and stay there."""
    everybody = labels(page)
    assert everybody[:2] == list(RESERVOIRS)
    assert everybody[6:12] == list(RIVERSIDE)
    for label in everybody:
        tap(page, label, "未接" if label in SILENT else "已通知")
    assert set(labels(page)) == set(SILENT), "those who did not answer stay on top"
    silent = page.locator(".calling > li", has=page.get_by_text(SILENT[0], exact=True))
    expect(silent.locator('a[href^="tel:"]')).to_have_count(2)
    page.get_by_label("要通知的话").fill("今夜有暴雨，请立即转移危险地段群众")
    with page.expect_navigation():
        page.get_by_role("button", name="发给还没通知到的 3 家").tap()
    expect(page.locator(".calling > li.sending")).to_have_count(3)


def inspect_and_report(page: Page) -> None:
    """Go to the river and the dams, and tell the district."""
    for village in RIVERSIDE:
        write(page, "巡查", f"巡查{village}：堤岸无险情")
    for reservoir in RESERVOIRS:
        write(page, "巡查", f"巡查{reservoir}：水位正常，值守到位")
    tell_the_district(page, "电话报告", "示例县防汛办")
    tell_the_district(page, "书面初报", "示例县防汛办")
    look_at(page, "incident-storm-later-360")


def end(page: Page, outcome: str) -> None:
    """Say how it ended."""
    page.locator("#outcome").fill(outcome)
    with page.expect_navigation():
        page.get_by_role("button", name="处置完毕").tap()


def test_the_night_of_the_storm(phone: Page, tmp_path: Path, printer: None) -> None:
    page = phone
    open_the_storm(page)
    night = page.url
    ring_everybody(page)
    inspect_and_report(page)
    kept = page.request.get(f"{night}/list.html")
    assert "attachment" in kept.headers["content-disposition"]
    assert kept.text().count('href="tel:') > 34
    assert "<script" not in kept.text(), "a plain file, to be opened without a network"
    end(page, "雨停，无人员伤亡，沿河六村和两座水库安全")
    expect(page.locator("section", has_text="始终没有应答")).to_contain_text(SILENT[0])
    report = words_of(page, f"{night}/report.pdf", tmp_path)
    assert "终报" in report
    assert all(f"巡查{one}" in report for one in (*RIVERSIDE, *RESERVOIRS))
    assert "应通知34家，已通知31家" in report
    assert all(village in report.partition("未通知到：")[2][:40] for village in SILENT)
    assert "示例上溪村" in words_of(page, f"{night}/list.pdf", tmp_path)
    page.goto("/log/")
    expect(page.locator("main")).not_to_contain_text("没有了结的 1 件")
    look_at(page, "log-360")


def follow_up_as_a_petition(page: Page) -> None:
    """Register what the villagers ask for, without typing again what is known."""
    page.get_by_text("后续问题转为办件").tap()
    page.get_by_role("link", name="登记为信访件").tap()
    expect(page.get_by_label("反映的事 *")).to_have_value(re.compile("扬尘"))
    look_at(page, "petition-new-360")
    page.get_by_label("姓名", exact=True).fill("示例代表甲")
    page.get_by_label("人数").fill("12")
    page.get_by_label("要求").fill("车辆盖篷布，路面常洒水")
    page.get_by_role("button", name=re.compile("^登记")).tap()
    expect(page.locator("article.slip")).to_contain_text("来访登记回执")
    look_at(page, "petition-slip-360")
    page.get_by_role("link", name="回到突发事件并关联").tap()
    with page.expect_navigation():
        page.get_by_role("button", name="关联").tap()


def test_the_blocked_road(phone: Page, tmp_path: Path, printer: None) -> None:
    page = phone
    page.goto("/incidents/")
    page.get_by_label("道路堵塞、交通事故").check()
    page.get_by_label("现在知道的情况 *").fill("村民在中心线上拦车，反映渣土车扬尘")
    page.get_by_label("在哪个村").select_option(label="示例前庄村")
    page.get_by_label("具体地点").fill("村口")
    with page.expect_navigation():
        page.get_by_role("button", name="开始处置").tap()
    road = page.url
    assert labels(page) == [*UNITS, "示例前庄村"]
    for label in labels(page):
        tap(page, label, "已通知")
    write(page, "到场", "值班领导、派出所、路政到场劝导")
    write(page, "处置", "施工方答应洒水、盖篷布，村民撤离，道路恢复通行")
    follow_up_as_a_petition(page)
    end(page, "道路恢复通行，诉求转信访件办理")
    report = words_of(page, f"{road}/report.pdf", tmp_path)
    assert "后续问题已登记办件" in report
    assert "路政" in report
    page.locator("main").get_by_role("link", name=re.compile(r"^X\d\d-")).first.tap()
    expect(page.locator("main")).to_contain_text("集体 12 人")
    look_at(page, "petition-case-360")
    page.goto("/log/")
    expect(page.locator("main")).to_contain_text("集体来访：示例前庄村群众12人")
    look_at(page, "log-open-360")
