"""公开账本的故事: a villager scans the board's sheet, asks about a line, and reads the answer.

The telephone runs no scripts and is 360 px wide; nobody of the village sees who asked.
"""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from kernel.staff.rules import SAMPLE_PASSWORD
from tests.stories.a_month_of_work import Month
from tests.stories.browser import COUNTER, PHONE, drawn, keep, keep_page, read_codes, watched

QUESTION = "运费是按什么价钱算的？我是示例提问人乙"
SHOWN, ANSWER = "运费是按什么价钱算的？", "每吨三十元，合同在村委会可以看。"
NAME, PHONE_NUMBER = "示例提问人乙", "15400004321"


def test_a_villager_asks_about_a_line_of_the_board_and_reads_the_answer(
    chromium: Browser, old_hall: Month, tmp_path: Path, printer: None
) -> None:
    address = _on_the_board(chromium, old_hall, tmp_path)
    with watched(chromium, old_hall.desk.url, viewport=PHONE, java_script_enabled=False) as one:
        phone = one.page()
        slip = _ask(phone, address)
        _answer(chromium, old_hall)
        phone.goto(slip)
        expect(phone.locator("main")).to_contain_text(ANSWER)
        phone.goto(address)
        shown = phone.locator("main")
        expect(shown).to_contain_text(SHOWN)
        expect(shown).to_contain_text(ANSWER)
        expect(shown).not_to_contain_text(NAME)
        keep_page(phone, "open-books-answered")
    _nobody_of_the_village_sees_who_asked(chromium, old_hall)


def _on_the_board(chromium: Browser, month: Month, folder: Path) -> str:
    """Print the sheet as it hangs on the board, and scan its code from the picture."""
    (place,) = month.pairs["/windows/accounts/<int:set_id>/wear"]
    (sheet,) = month.pairs["/books/sheets/<int:sheet_id>"]
    path = f"/windows/accounts/{place['set_id']}/disclosures/{sheet['sheet_id']}/sheet.pdf"
    with watched(chromium, month.desk.url, viewport=COUNTER) as one:
        page = one.page()
        _log_in(page, "bookkeeper")
        pdf = one.context.request.get(path).body()
    picture = drawn(pdf, folder)[0]
    keep("open-books-board", picture)
    (address,) = read_codes(picture)
    assert address == f"{month.desk.url}/B/{sheet['sheet_id']}".upper()
    return address.replace(month.desk.url.upper(), month.desk.url)


def _log_in(page: Page, username: str) -> None:
    page.goto("/login")
    page.fill("#username", username)
    page.fill("#password", SAMPLE_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def _ask(phone: Page, address: str) -> str:
    """Go from the scanned sheet to a line, ask, and keep the slip."""
    phone.goto(address)
    phone.get_by_role("link", name="各项支出").click()
    phone.locator("main .list a").last.click()
    phone.fill("#asked", QUESTION)
    phone.fill("#name", NAME)
    phone.fill("#phone", PHONE_NUMBER)
    keep_page(phone, "open-books-asking")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("质询 C")
    expect(phone.locator("main")).to_contain_text("最迟")
    keep_page(phone, "open-books-slip")
    return phone.url


def _answer(chromium: Browser, month: Month) -> None:
    """Let the bookkeeper answer for everybody, without the asker's name."""
    plain = {"viewport": COUNTER, "java_script_enabled": False}
    with watched(chromium, month.desk.url, **plain) as one:
        page = one.page()
        _log_in(page, "bookkeeper")
        page.goto("/windows/accounts/questions/")
        page.locator("tr", has_text="运费是按什么价钱算的").get_by_role("link").click()
        expect(page.locator("main")).not_to_contain_text(PHONE_NUMBER)
        page.fill("#answer", ANSWER)
        page.fill("#shown", SHOWN)
        keep_page(page, "open-books-answering")
        page.get_by_role("button", name="答复", exact=True).click()
        expect(page.locator("main")).to_contain_text("答（公开）")


def _nobody_of_the_village_sees_who_asked(chromium: Browser, month: Month) -> None:
    (place,) = month.pairs["/windows/accounts/<int:set_id>/wear"]
    paths = ("/windows/accounts/questions/", "/windows/accounts/", "/", "/adviser/")
    for username in ("village_clerk", "adviser"):
        with watched(chromium, month.desk.url, viewport=COUNTER) as one:
            page = one.page()
            _log_in(page, username)
            for path in (*paths, f"/windows/accounts/{place['set_id']}/disclosures/"):
                page.goto(path)
                said = page.locator("body").inner_text()
                assert NAME not in said, (username, path)
                assert PHONE_NUMBER not in said, (username, path)
