"""报账的故事: a white slip, an invoice another village used, a right one through to the books.

Nothing is replaced: app.py, the encrypted file, Chromium without scripts, the papers as PDF.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, FilePayload, Page, expect

from kernel.clock import SystemClock, town_day
from kernel.staff.rules import SAMPLE_PASSWORD
from tests.stories.a_month_of_bundles import ELSEWHERE, ELSEWHERE_FEN
from tests.stories.a_month_of_work import Month
from tests.stories.browser import COUNTER, keep_page, watched

GIST, NUMBER = "示例修水渠买水泥", "26330000000000000088"
SCANNED = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PAPER: FilePayload = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": SCANNED}
PARTS = ("handler", "witness", "supervision", "one_pen")


def test_only_what_is_an_original_comes_into_the_books(chromium: Browser, old_hall: Month) -> None:
    with _at_desk(chromium, old_hall, "village_clerk") as page:
        home = _begun(page)
        _white_slip_is_refused(page, home)
        _used_elsewhere_is_refused(page, home)
        _right_one_is_handed_in(page, home)
    _looked_over_paid_and_entered(chromium, old_hall, home)
    with _at_desk(chromium, old_hall, "village_clerk") as page:
        page.goto(home)
        expect(page.locator("main")).to_contain_text("已记账，报账办结")
        keep_page(page, "bundle-done")


@contextmanager
def _at_desk(chromium: Browser, month: Month, username: str) -> Iterator[Page]:
    """Sit down at a desk whose browser runs no scripts."""
    plain = {"viewport": COUNTER, "java_script_enabled": False}
    with watched(chromium, month.desk.url, **plain) as seat:
        page = seat.page()
        page.goto("/login")
        page.fill("#username", username)
        page.fill("#password", SAMPLE_PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login" not in url)
        yield page


def _begun(page: Page) -> str:
    page.goto("/windows/accounts/bundles/")
    page.fill("#gist", GIST)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(GIST)
    return page.url


def _bring(page: Page, home: str, **typed: str) -> None:
    """Fill in a paper as it lies on the desk, and press Enter in the last field."""
    page.goto(f"{home}/originals")
    for name, value in typed.items():
        field = page.locator(f"#{name}")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("#file").set_input_files([PAPER])
    page.locator("#gist").press("Enter")


def _white_slip_is_refused(page: Page, home: str) -> None:
    _bring(page, home, kind="white_slip", gist="帮工两天", face="300", capitals="叁佰元整")
    expect(page.locator("main .refusal")).to_contain_text("白条")
    printed = page.get_by_role("link", name="打印通知单").get_attribute("href")
    slip = page.request.get(printed or "")
    assert slip.body().startswith(b"%PDF")
    keep_page(page, "bundle-white-slip")


def _used_elsewhere_is_refused(page: Page, home: str) -> None:
    paper = {"number": ELSEWHERE, "issuer": "示例农资店", "issued_on": "2026-01-02"}
    _bring(page, home, **paper, face="660", capitals="陆佰元整", gist=GIST)
    expect(page.locator("#wrong-capitals")).to_contain_text("两处不一致")
    expect(page.locator("#number")).to_have_value(ELSEWHERE)
    assert ELSEWHERE_FEN == 660_00
    _bring(page, home, **paper, face="660", capitals="陆佰陆拾元整", gist=GIST)
    expect(page.locator("main .refusal")).to_contain_text("已经用过：示例")


def _right_one_is_handed_in(page: Page, home: str) -> None:
    paper = {"number": NUMBER, "issuer": "示例建材店", "issued_on": "2026-01-05"}
    _bring(page, home, **paper, face="880.50", capitals="捌佰捌拾元伍角", gist=GIST)
    expect(page.locator("main")).to_contain_text(NUMBER)
    page.get_by_role("link", name="登记签字").click()
    for place, part in enumerate(PARTS):
        page.fill(f"#name_{part}", f"示例{'甲乙丙丁'[place]}某")
        page.fill(f"#on_{part}", f"2026-01-{10 + place}")
    page.locator("#file").set_input_files([PAPER])
    page.locator("#on_one_pen").press("Enter")
    page.get_by_role("button", name="送交中心").click()
    expect(page.locator("main")).to_contain_text("村报账员已送交中心，等待初审")


def _looked_over_paid_and_entered(chromium: Browser, month: Month, home: str) -> None:
    today = f"{town_day(SystemClock().now())}"
    with _at_desk(chromium, month, "cashier") as page:
        page.goto(home)
        page.get_by_role("button", name="初审通过").click()
        expect(page.locator("main")).to_contain_text("初审通过，等待复审")
    with _at_desk(chromium, month, "reviewer") as page:
        page.goto(home)
        page.get_by_role("button", name="复审通过").click()
        expect(page.locator("main")).to_contain_text("复审通过，等待付款")
    with _at_desk(chromium, month, "cashier") as page:
        page.goto(home)
        page.fill("#slip", "示例HD000001")
        page.fill("#paid_on", today)
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text("手续齐全，等待记账")
    with _at_desk(chromium, month, "bookkeeper") as page:
        page.goto(f"{home}/entry")
        page.locator("#gist").press("Enter")
        expect(page.locator("main")).to_contain_text("等审核员审核记账")
    with _at_desk(chromium, month, "reviewer") as page:
        page.goto(home)
        page.locator("#entry + p a").click()
        expect(page.locator("main")).to_contain_text("示例建材店 880.50元")
        page.get_by_role("button", name="审核并记账").click()
        expect(page.locator("main")).to_contain_text("记字第")
