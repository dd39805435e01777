"""柜台: what a clerk does at the keyboard, so that a story reads as it is told."""

import re
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, expect

from kernel.staff.rules import SAMPLE_PASSWORD
from tests.stories.browser import COUNTER, PHONE, read_codes, watched

COUNT_PRINTS = "window.print = () => { window.printed = (window.printed || 0) + 1 }"
#: more than any form has between two fields that follow each other on paper
MOST_TABS = 12


@dataclass(frozen=True)
class Slip:
    """What a paper in somebody's hand says."""

    number: str
    address: str


def log_in(page: Page, username: str) -> None:
    """Go through the door without touching the mouse."""
    page.goto("/login")
    expect(page.locator("#username")).to_be_focused()
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(SAMPLE_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until a field has the focus; a clerk would not press it more often."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.locator(selector).evaluate("field => field === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def slip_on(page: Page) -> Slip:
    """Read the slip on the screen as a phone would: as a picture."""
    picture = page.locator("article.slip").first.screenshot()
    codes = read_codes(picture)
    assert len(codes) == 1, "the slip's code is not to be read"
    found = re.search(r"Z\d\d-\d{5}-\d", page.locator("article.slip").first.inner_text())
    assert found is not None
    return Slip(found[0], codes[0])


def phone_says(browser: Browser, home: str, address: str) -> str:
    """Follow a slip's code on a narrow phone; return what stands there."""
    with watched(browser, home, viewport=PHONE, is_mobile=True, has_touch=True) as phone:
        page = phone.page()
        page.goto(address)
        return page.locator("body").inner_text()


def cases_today(page: Page) -> int:
    """Return how many cases the worklist says came in today."""
    page.goto("/windows/general/")
    heading = page.get_by_role("heading", name="今天登记")
    found = re.search(r"\d+", heading.inner_text())
    assert found is not None
    return int(found[0])


def fill_intake(page: Page, code: str, name: str) -> None:
    """Open the intake of an item and fill in what it takes to accept."""
    page.goto(f"/windows/general/new/{code}")
    page.fill("#applicant_name", name)
    page.select_option("#applicant_document_kind", "none")
    for box in page.locator("input[name=brought]").all():
        box.check()


def accept(page: Page) -> Slip:
    """Press 受理 and read the slip that comes."""
    page.get_by_role("button", name=re.compile("^受理")).click()
    expect(page.locator("article.slip")).to_have_count(2)
    return slip_on(page)


__all__ = [
    "COUNTER",
    "COUNT_PRINTS",
    "Slip",
    "accept",
    "cases_today",
    "fill_intake",
    "log_in",
    "phone_says",
    "slip_on",
    "tab_to",
]
