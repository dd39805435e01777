"""群众的故事: a parent on a bus, no account, an old phone: what to bring, and whom to ring."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.stories.browser import PHONE, keep_page, watched
from tests.stories.running import RunningDesk

MATTER, ITEM, EVENT = "给小孩上户口", "出生登记（上户口）", "生孩子"
UNIT, PAPERS = "示例乡便民服务中心警务窗口", ("出生医学证明", "父母居民户口簿")
MOST_TAPS = 3


@dataclass
class Thumb:
    """A thumb on a telephone; how often it came down."""

    page: Page
    taps: int = 0

    def tap(self, what: Locator) -> None:
        """Bring it down on something."""
        what.tap()
        self.taps += 1


Way = Callable[[Thumb], None]


def by_search(thumb: Thumb) -> None:
    """Say it in one's own words; the third tap is on the first answer."""
    thumb.tap(thumb.page.get_by_role("searchbox"))
    thumb.page.keyboard.insert_text(MATTER)
    thumb.tap(thumb.page.get_by_role("button", name="查", exact=True))
    thumb.tap(thumb.page.locator("main .list a").first)


def by_life_event(thumb: Thumb) -> None:
    """Begin with what has happened in the family."""
    thumb.tap(thumb.page.get_by_role("link", name=EVENT))
    thumb.tap(thumb.page.get_by_role("link", name=ITEM))


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def thumb(
    chromium: Browser, new_hall: RunningDesk, request: pytest.FixtureRequest
) -> Iterator[Thumb]:
    """Hold a narrow phone that has never been here, at the front page."""
    phone = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
    with watched(chromium, new_hall.url, java_script_enabled=request.param, **phone) as one:
        page = one.page()
        page.goto("/")
        yield Thumb(page)


@pytest.mark.parametrize("way", [by_search, by_life_event])
def test_what_to_bring_is_three_taps_away_and_the_number_rings_who_knows(
    thumb: Thumb, way: Way
) -> None:
    way(thumb)
    assert thumb.taps <= MOST_TAPS
    page = thumb.page
    expect(page.get_by_role("heading", level=1)).to_have_text(ITEM)
    brought = page.locator(".checklist")
    for paper in PAPERS:
        expect(brought.get_by_label(paper)).to_be_visible()
    assert _stands_above_the_fold(page.get_by_role("heading", name="要带什么"))
    thumb.tap(brought.get_by_label(PAPERS[0]))
    expect(brought.get_by_label(PAPERS[0])).to_be_checked()
    keep_page(page, f"villager-{way.__name__}")
    number = page.locator("main a[href^='tel:']").first
    rings, says = number.get_attribute("href"), number.inner_text()
    assert rings == f"tel:{says}"
    assert _stands_above_the_fold(number)
    page.goto("/phones")
    listed = page.locator("main .calls a", has_text=UNIT)
    assert (listed.get_attribute("href"), listed.locator("strong").inner_text()) == (rings, says)


def _stands_above_the_fold(what: Locator) -> bool:
    box = what.bounding_box()
    return box is not None and box["y"] + box["height"] <= PHONE["height"]
