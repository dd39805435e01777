"""咨询员的故事: papers taken in at a neighbour's table reach the counter; only he follows them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from tests.builders import HERE, mobile
from tests.stories.browser import COUNTER, PHONE, keep_page, watched
from tests.stories.counter import accept, fill_intake, log_in, slip_on
from tests.stories.running import RunningDesk

NEIGHBOUR, BIRTH = "示例邻居𠮷", "BM-033"
WAITING = "待大厅收件"
NUMBER = re.compile(r"Z\d\d-\d{5}-\d")


@contextmanager
def adviser_on_a_phone(browser: Browser, desk: RunningDesk) -> Iterator[Page]:
    """Let the village's adviser log in on a phone."""
    phone = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
    with watched(browser, desk.url, **phone) as one:
        page = one.page()
        log_in(page, "adviser")
        yield page


@contextmanager
def clerk_at_the_counter(browser: Browser, desk: RunningDesk) -> Iterator[Page]:
    """Let a clerk log in at the counter."""
    with watched(browser, desk.url, viewport=COUNTER) as one:
        page = one.page()
        log_in(page, "counter2")
        yield page


def carry(page: Page, words: str, item: str, name: str) -> str:
    """Take papers in for a neighbour who has signed; return the number to tell them."""
    page.goto("/adviser/")
    page.get_by_role("link", name="替邻居收件").click()
    page.fill("#q", words)
    page.get_by_role("button", name="找", exact=True).click()
    page.locator(f"a[href$='/new/{item}']").click()
    page.fill("#name", name)
    page.fill("#phone", mobile(7301))
    page.locator("input[name=brought]").first.check()
    page.get_by_role("button", name="代收，送大厅").click()
    expect(page.get_by_text("没有群众签名同意，不能代收")).to_be_visible()
    expect(page.locator("#name")).to_have_value(name)
    expect(page.locator("input[name=brought]").first).to_be_checked()
    keep_page(page, "adviser-without-consent")
    page.get_by_label("群众已在代收委托上签名").check()
    page.get_by_role("button", name="代收，送大厅").click()
    expect(page.locator("main")).to_contain_text(WAITING)
    keep_page(page, "adviser-carried")
    found = NUMBER.search(page.get_by_role("heading", level=1).inner_text())
    assert found is not None
    return found[0]


def test_a_neighbours_papers_are_received_at_the_counter_and_seen_by_their_carrier_alone(
    chromium: Browser, new_hall: RunningDesk
) -> None:
    with (
        clerk_at_the_counter(chromium, new_hall) as clerk,
        adviser_on_a_phone(chromium, new_hall) as adviser,
    ):
        fill_intake(clerk, HERE, "示例旁人")
        other = accept(clerk).number
        mine = carry(adviser, "上户口", BIRTH, NEIGHBOUR)
        _is_waiting(clerk, mine)
        _receive(clerk, mine)
        adviser.goto("/adviser/")
        main = adviser.locator("main")
        expect(main).to_contain_text(mine)
        expect(main).not_to_contain_text(other)
        expect(main).not_to_contain_text(WAITING)
        keep_page(adviser, "adviser-home")
        adviser.get_by_role("link", name=mine).tap()
        expect(adviser.locator(".timeline")).to_contain_text("材料已收下")
        expect(main).not_to_contain_text(NEIGHBOUR)
        for closed, status in ((f"/adviser/cases/{other}", 404), (_at_counter(mine), 403)):
            answer = adviser.goto(closed)
            assert answer is not None
            assert (closed, answer.status) == (closed, status)


def _at_counter(number: str) -> str:
    return f"/windows/general/cases/{number}"


def _is_waiting(clerk: Page, number: str) -> None:
    """See the case among those that wait, under the stage it is in."""
    clerk.goto("/windows/general/")
    row = clerk.locator("tr", has_text=number).first
    expect(row).to_contain_text(WAITING)
    keep_page(clerk, "counter-awaits-papers")
    row.get_by_role("link", name=number).click()
    expect(clerk.locator("main")).to_contain_text("村里代收的件，请核对材料")
    expect(clerk.locator("main")).to_contain_text(NEIGHBOUR)


def _receive(clerk: Page, number: str) -> None:
    """Tick what is really there; the paper that answers comes out with its code."""
    for box in clerk.locator("input[name=brought]").all():
        box.check()
    keep_page(clerk, "counter-checks-papers")
    clerk.get_by_role("button", name="收件代办").click()
    expect(clerk.locator("article.slip").first).to_contain_text("收件凭证")
    assert slip_on(clerk).number == number
