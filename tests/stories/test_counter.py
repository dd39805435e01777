"""柜台的故事: a matter from the office's sheet to the villager's phone, in a real browser.

Nothing is replaced: app.py, its scheduler, the encrypted file, Chromium, the pictures of slips.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from desk.messages.rules.kinds import is_quiet
from kernel.clock import SystemClock
from tests.builders import mobile, resident_number
from tests.stories.browser import COUNTER, PHONE, drawn, keep, keep_page, read_codes, watched
from tests.stories.counter import (
    COUNT_PRINTS,
    accept,
    cases_today,
    fill_intake,
    log_in,
    phone_says,
    slip_on,
    tab_to,
)
from tests.stories.running import RunningDesk

ITEM = "路灯报修"
NAME = "示例𠮷娜·买买提"
DOCUMENT, PHONE_NUMBER = resident_number(36, "19580705"), mobile(7291)
HEADER = ["事项名称", "实施编码", "俗称", "事项类型", "部门", "服务对象", "法定时限", "承诺时限"]
HEADER += ["受理条件", "材料", "办理地点", "咨询电话", "投诉电话", "办理方式"]
COMPLETE = [
    ITEM,
    "LD-1",
    "路灯坏了、灯泡不亮",
    "公共服务",
    "示例乡人民政府",
    "自然人",
    "无",
    "5工作日",
]
COMPLETE += ["无", "报修单\n位置照片", "1号窗口", "0000-8000300", "12345", "可办"]
INCOMPLETE = ["路灯新装", "LD-2", *COMPLETE[2:11], "", *COMPLETE[12:]]
REFUSED = ["路灯移位", "LD-3", *COMPLETE[2:6], "3工作日", *COMPLETE[7:]]


@pytest.fixture(scope="module")
def desk(new_hall: RunningDesk, tmp_path_factory: pytest.TempPathFactory) -> RunningDesk:
    """Take the office's sheet in by the command, beside the hall that is already open."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (HEADER, COMPLETE, INCOMPLETE, REFUSED):
        sheet.append(row)
    file = tmp_path_factory.mktemp("office") / "事项清单.xlsx"
    workbook.save(file)
    said = new_hall.command("catalogue", "import", str(file))
    assert "新增发布1项" in said
    assert "草稿1项" in said
    assert "未导入1行" in said
    assert "第4行" in said
    return new_hall


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, desk: RunningDesk) -> Iterator[dict[str, object]]:
    """Log the second counter in once; its browser's memory serves the shorter stories."""
    with watched(chromium, desk.url, viewport=COUNTER) as counter:
        page = counter.page()
        log_in(page, "counter2")
        yield dict(counter.context.storage_state())


def test_one_matter_by_keyboard_from_the_sheet_to_the_phone(
    chromium: Browser, desk: RunningDesk
) -> None:
    with watched(chromium, desk.url, viewport=COUNTER) as counter:
        page = counter.page()
        page.add_init_script(COUNT_PRINTS)
        log_in(page, "counter1")
        _choose_by_everyday_word(page)
        _register_by_keyboard(page)
        assert page.evaluate("window.printed") == 1
        expect(page.locator("article.slip").first).to_contain_text(NAME)
        expect(page.locator("article.slip").first).not_to_contain_text(DOCUMENT)
        keep("slip", page.locator("article.slip").first.screenshot())
        slip = slip_on(page)
        assert slip.address.startswith(f"{desk.url}/C/".upper())
        assert "办理中" in phone_says(chromium, desk.url, slip.address)
        _close_by_keyboard(page, slip.number)
    says = phone_says(chromium, desk.url, slip.address)
    assert "已办结" in says
    for secret in (NAME, ITEM, DOCUMENT, PHONE_NUMBER, PHONE_NUMBER[-4:]):
        assert secret not in says
    _check_texts(desk, slip.number)


def _choose_by_everyday_word(page: Page) -> None:
    page.keyboard.press("n")
    page.wait_for_url("**/new")
    page.keyboard.press("Tab")
    page.keyboard.press("/")
    page.keyboard.insert_text("灯泡不亮")
    expect(page.locator("#suggestions a").first).to_contain_text(ITEM)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/new/LD-1")


def _register_by_keyboard(page: Page) -> None:
    """Fill in the form in the order of the paper one; what the ID says need not be typed."""
    page.keyboard.insert_text(NAME)
    tab_to(page, "#applicant_document_number")
    page.keyboard.type(DOCUMENT)
    expect(page.locator("#applicant_born_on")).to_have_value("1958-07-05")
    expect(page.locator("#applicant_sex")).to_have_value("female")
    tab_to(page, "#applicant_phone")
    page.keyboard.type(PHONE_NUMBER)
    tab_to(page, "input[name=brought] >> nth=0")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    keep_page(page, "intake")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/paper*")
    page.wait_for_load_state("load")


def _close_by_keyboard(page: Page, number: str) -> None:
    page.goto("/windows/general/")
    page.keyboard.press("/")
    page.keyboard.type(number.lower().replace("-", ""))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{number}")
    page.locator("#result").focus()
    tab_to(page, "#close-reason")
    tab_to(page, "#manner")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已办结：准予（同意）。")).to_be_visible()


def _check_texts(desk: RunningDesk, number: str) -> None:
    """Look at what the carrier learnt. At night nothing goes out; the texts wait for eight."""
    if is_quiet(SystemClock().now()):
        assert desk.told() == []
        return
    receipt, completed = desk.wait_for_texts(2)
    assert number in receipt
    assert "已受理" in receipt
    assert number in completed
    assert "已办结" in completed
    for line in (receipt, completed):
        assert f"{PHONE_NUMBER[:3]}****{PHONE_NUMBER[-4:]}" in line
        for secret in (PHONE_NUMBER, NAME, ITEM, DOCUMENT):
            assert secret not in line


def test_the_same_without_a_line_of_script(
    chromium: Browser, desk: RunningDesk, signed_in: dict[str, object]
) -> None:
    options = {"java_script_enabled": False, "viewport": COUNTER}
    with watched(chromium, desk.url, storage_state=signed_in, **options) as counter:
        page = counter.page()
        page.goto("/windows/general/new")
        page.fill("#q", "路灯坏了")
        page.keyboard.press("Enter")
        page.locator("#suggestions a").first.click()
        page.fill("#applicant_name", NAME)
        page.fill("#applicant_document_number", DOCUMENT)
        page.fill("#applicant_phone", PHONE_NUMBER)
        page.locator("#presenter_name").wait_for(state="hidden")
        page.check("#presented")
        page.fill("#presenter_name", "示例来办人")
        page.select_option("#presenter_document_kind", "none")
        page.select_option("#presenter_relation", "child")
        for box in page.locator("input[name=brought]").all():
            box.check()
        slip = accept(page)
        page.goto(f"/windows/general/cases/{slip.number}")
        expect(page.locator("main")).to_contain_text("1958年7月5日生")
        page.get_by_role("button", name="办结").click()
    with watched(chromium, desk.url, viewport=PHONE, java_script_enabled=False) as phone:
        page = phone.page()
        page.goto("/status")
        page.fill("#number", slip.number)
        page.fill("#last", DOCUMENT[-4:])
        page.keyboard.press("Enter")
        expect(page.locator(".stage")).to_have_text("已办结")


@pytest.mark.parametrize("has_script", [True, False])
def test_a_double_click_takes_a_matter_in_once(
    chromium: Browser, desk: RunningDesk, signed_in: dict[str, object], has_script: bool
) -> None:
    options = {"java_script_enabled": has_script, "viewport": COUNTER}
    with watched(chromium, desk.url, storage_state=signed_in, **options) as counter:
        page = counter.page()
        before = cases_today(page)
        fill_intake(page, "LD-1", "示例连点")
        page.get_by_role("button", name=re.compile("^受理")).dblclick()
        expect(page.locator("article.slip")).to_have_count(2)
        assert cases_today(page) == before + 1


def test_after_the_log_out_the_back_button_shows_nobody(
    chromium: Browser, desk: RunningDesk, signed_in: dict[str, object]
) -> None:
    with watched(chromium, desk.url, viewport=COUNTER) as counter:
        page = counter.page()
        log_in(page, "director")
        fill_intake(page, "LD-1", "示例后退")
        slip = accept(page)
        page.goto(f"/windows/general/cases/{slip.number}")
        expect(page.locator("main")).to_contain_text("示例后退")
        page.get_by_role("button", name="退出").click()
        page.wait_for_url("**/login*")
        for _ in range(3):
            page.go_back()
            assert "示例后退" not in page.content()


def test_both_printed_copies_are_read_by_a_phone(
    chromium: Browser,
    desk: RunningDesk,
    signed_in: dict[str, object],
    printer: None,
    tmp_path: Path,
) -> None:
    with watched(chromium, desk.url, storage_state=signed_in, viewport=COUNTER) as counter:
        page = counter.page()
        fill_intake(page, "LD-1", NAME)
        slip = accept(page)
        typeset = counter.context.request.get(f"/windows/general/cases/{slip.number}/paper.pdf")
        assert typeset.headers["content-type"] == "application/pdf"
        from_screen = page.pdf(prefer_css_page_size=True)
        for name, pdf in (("typeset", typeset.body()), ("from-screen", from_screen)):
            (sheet,) = drawn(pdf, tmp_path)
            assert read_codes(sheet) == [slip.address] * 2, "one sheet, to be cut in the middle"
            keep(f"printed-{name}", sheet)


@pytest.mark.parametrize("path", ["/windows/general/", "/windows/general/new", "/", "/items/"])
def test_a_scanned_slip_opens_its_case_from_every_search_field(
    chromium: Browser, desk: RunningDesk, signed_in: dict[str, object], path: str
) -> None:
    with watched(chromium, desk.url, storage_state=signed_in, viewport=COUNTER) as counter:
        page = counter.page()
        fill_intake(page, "LD-1", "示例扫码")
        slip = accept(page)
        page.goto(path)
        page.locator("input[type=search]").focus()
        page.keyboard.type(slip.address)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(slip.number)


def test_what_was_typed_outlives_the_session(chromium: Browser, desk: RunningDesk) -> None:
    with watched(chromium, desk.url, viewport=COUNTER) as counter:
        page = counter.page()
        log_in(page, "director")
        fill_intake(page, "LD-1", "示例打字很久")
        counter.context.clear_cookies()
        page.get_by_role("button", name=re.compile("^受理")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("请再提交一次")
        expect(page.locator("main")).to_contain_text("示例打字很久")
        keep_page(page, "resend")
        beside = counter.page()
        log_in(beside, "director")
        page.get_by_role("button", name="再提交一次").click()
        expect(page.locator("article.slip").first).to_contain_text("示例打字很久")


def test_two_clerks_at_one_case_neither_overwrites_nor_retypes(
    chromium: Browser, desk: RunningDesk, signed_in: dict[str, object]
) -> None:
    with watched(chromium, desk.url, storage_state=signed_in, viewport=COUNTER) as counter:
        mine, other = counter.page(), counter.page()
        fill_intake(mine, "LD-1", "示例两人")
        slip = accept(mine)
        for page in (mine, other):
            page.goto(f"/windows/general/cases/{slip.number}")
        other.fill("#note-text", "灯杆已经锈断。")
        other.get_by_role("button", name="记下").click()
        expect(other.locator(".timeline")).to_contain_text("灯杆已经锈断。")
        mine.fill("#close-reason", "已换新灯泡。")
        mine.get_by_role("button", name="办结").click()
        expect(mine.get_by_role("alert")).to_be_visible()
        expect(mine.locator("#close-reason")).to_have_value("已换新灯泡。")
        expect(mine.locator(".timeline")).to_contain_text("灯杆已经锈断。")
        keep_page(mine, "conflict")
        mine.get_by_role("button", name="办结").click()
        expect(mine.locator("main")).to_contain_text("已换新灯泡。")
        expect(mine.get_by_role("button", name="办结")).to_have_count(0)


def test_nothing_personal_is_in_the_log(desk: RunningDesk) -> None:
    log = (desk.folder / "served.log").read_text("utf-8")
    for secret in (NAME, DOCUMENT, PHONE_NUMBER, "示例打字很久"):
        assert secret not in log
