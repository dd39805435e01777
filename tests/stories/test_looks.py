"""样子: every page, on a phone and at the counter, in large type and at 400 %.

Nothing scrolls sideways, axe-core finds nothing against WCAG 2.2 AA, the console is silent, no
third party is asked, a public page is small, and a thumb hits what it means.
"""

import gzip
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from app import create_app, open_house
from kernel.clock import SystemClock
from kernel.database import WRITES
from kernel.settings import Settings
from kernel.web.house import House
from tests.stories.a_month_of_work import LONG, USUAL, Month
from tests.stories.browser import COUNTER, PHONE, ZOOMED, keep_page, watched
from tests.stories.counter import log_in
from tests.stories.looks import complaints, tab_stops
from tests.stories.sights import REFUSED, Sight, every_sight

MOST_BYTES = 14 * 1024
MOST_STYLE = 5 * 1024
STARTER_ITEMS = [f"/items/BM-{number:03d}" for number in range(1, 61)]


@dataclass(frozen=True)
class Glass:
    """What a page is looked at through."""

    name: str
    viewport: Any
    is_large: bool = False
    #: axe reads the markup, which is the same at every width: once is enough
    with_axe: bool = False


PHONE_GLASS, DESK_GLASS = Glass("360", PHONE), Glass("1366", COUNTER)
FURTHER_GLASSES = [Glass("large", PHONE, is_large=True), Glass("320", ZOOMED)]
GLASSES = {
    "public": [replace(PHONE_GLASS, with_axe=True), DESK_GLASS, *FURTHER_GLASSES],
    "staff": [replace(DESK_GLASS, with_axe=True), PHONE_GLASS, *FURTHER_GLASSES],
}

#: what the link does to the next page, done to this one
LARGE_LETTERS = "(on) => document.documentElement.classList.toggle('large', on)"

Memories = dict[str, Any]


def same_house(month: Month) -> House:
    """Open the running hall's own database from here."""
    folder = month.desk.folder
    settings = Settings(var=folder / "var", key_file=folder / "town.key")
    return open_house(settings, SystemClock())


@pytest.fixture(scope="module")
def sights(old_hall: Month) -> list[Sight]:
    """Return every page there is."""
    here = same_house(old_hall)
    found = every_sight(create_app(here), old_hall)
    here.database.engine.dispose()
    return found


@pytest.fixture(scope="module")
def memories(chromium: Browser, old_hall: Month, sights: list[Sight]) -> Memories:
    """Log everybody in once who looks at pages; return what their browsers remember."""
    found: Memories = {"": None}
    for username in sorted({sight.username for sight in sights} - {""}):
        with watched(chromium, old_hall.desk.url) as one:
            log_in(one.page(), username)
            found[username] = one.context.storage_state()
    return found


@contextmanager
def looking(browser: Browser, month: Month, memory: Any, glass: Glass) -> Iterator[Page]:
    """Open a page as somebody sees it, through a glass."""
    options = {"viewport": glass.viewport, "storage_state": memory}
    with watched(browser, month.desk.url, **options) as one:
        yield one.page()


@pytest.mark.parametrize("who", GLASSES)
def test_every_page_is_fit_to_be_seen(
    chromium: Browser, old_hall: Month, sights: list[Sight], memories: Memories, who: str
) -> None:
    found: dict[str, list[str]] = {}
    missing: set[str] = set()
    with ExitStack() as stack:
        pages: dict[str, Page] = {}
        for sight in sights:
            if (who == "public") != (not sight.username):
                continue
            if sight.username not in pages:
                looker = looking(chromium, old_hall, memories[sight.username], DESK_GLASS)
                pages[sight.username] = stack.enter_context(looker)
            page = pages[sight.username]
            there = page.goto(sight.path)
            if not (there and there.ok):
                missing.add(sight.path)
            for glass in GLASSES[who]:
                page.set_viewport_size(glass.viewport)
                page.evaluate(LARGE_LETTERS, glass.is_large)
                said = complaints(page, is_public=who == "public", with_axe=glass.with_axe)
                found[f"{sight.path} {glass.name}"] = list(said)
                keep_page(page, f"{who}-{sight.name}-{glass.name}")
    assert {path: said for path, said in found.items() if said} == {}
    assert missing <= REFUSED


def test_the_large_letters_stay_until_they_are_turned_off(
    chromium: Browser, old_hall: Month
) -> None:
    with looking(chromium, old_hall, None, PHONE_GLASS) as page:
        page.goto("/items/")
        page.get_by_role("link", name="大字版").click()
        for path in ("/items/", "/phones", "/status"):
            page.goto(path)
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
        page.get_by_role("link", name="标准字").click()
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "18px"


REFUSALS = [
    ("", "/login", "登录"),
    ("", "/status", "查"),
    ("director", f"/windows/general/new/{USUAL}", "受理（Ctrl+回车）"),
    ("director", "/catalogue/new", "发布"),
    ("director", "/duty/", "排上"),
    ("director", "/me/password", "保存，然后重新登录"),
    ("admin", "/staff/", "新增并生成初始码"),
]


@pytest.mark.parametrize(("username", "path", "button"), REFUSALS)
def test_a_refusal_stands_where_it_belongs_and_can_be_read_by_all(
    chromium: Browser,
    old_hall: Month,
    memories: Memories,
    username: str,
    path: str,
    button: str,
) -> None:
    for glass in (PHONE_GLASS, DESK_GLASS):
        with looking(chromium, old_hall, memories[username], glass) as page:
            page.goto(path)
            page.get_by_role("button", name=button, exact=True).click()
            expect(page.locator(".wrong, .refusal").first).to_be_visible()
            assert list(complaints(page, is_public=not username)) == []
            keep_page(page, f"refused-{path.strip('/').replace('/', '-')}-{glass.name}")


def test_a_full_hall_and_a_broken_one_still_speak_plainly(
    chromium: Browser, old_hall: Month, memories: Memories
) -> None:
    here, number = same_house(old_hall), old_hall.numbers["withdrawn"]
    with looking(chromium, old_hall, memories["director"], DESK_GLASS) as page:
        page.goto(f"/windows/general/cases/{old_hall.numbers['fresh']}")
        page.fill("#note-text", "写到一半")
        with _file_held(here):
            page.get_by_role("button", name="记下").click()
            expect(page.get_by_role("heading", level=1)).to_contain_text("正忙", timeout=15_000)
        assert list(complaints(page, is_public=False)) == []
        keep_page(page, "busy")
        page.get_by_role("button", name="再提交一次").click()
        expect(page.locator(".timeline")).to_contain_text("写到一半")
        _set_stage(here, number, "nonsense")
        page.goto(f"/windows/general/cases/{number}")
        expect(page.get_by_role("heading", level=1)).to_have_text("系统出错了")
        assert list(complaints(page, is_public=False)) == []
        keep_page(page, "breakdown")
        _set_stage(here, number, "withdrawn")
    here.database.engine.dispose()


def _file_held(here: House) -> sa.Connection:
    """Hold the database file, as somebody does who does not stand in our line: a virus scanner."""
    held = here.database.engine.execution_options(**{WRITES: True}).connect()
    held.execute(sa.text("SELECT 1"))
    return held


def _set_stage(here: House, number: str, stage: str) -> None:
    with here.writing() as session:
        statement = 'UPDATE "case" SET stage = ? WHERE number = ?'
        session.connection().exec_driver_sql(statement, (stage, number))


@pytest.mark.parametrize(
    "path",
    ["/", f"/items/{USUAL}", "/windows/general/", f"/windows/general/new/{LONG}", "/staff/"],
)
def test_whoever_tabs_through_a_page_sees_where_he_is(
    chromium: Browser, old_hall: Month, memories: Memories, path: str
) -> None:
    username = {"/": "", "/items/BM-001": "", "/staff/": "admin"}.get(path, "director")
    with looking(chromium, old_hall, memories[username], DESK_GLASS) as page:
        page.goto(path)
        stops = tab_stops(page, 60)
        assert len(stops) > 5
        assert [stop for stop in stops if not stop.startswith("<")] == []


def test_the_essentials_of_an_intake_are_on_one_screen(
    chromium: Browser, old_hall: Month, memories: Memories
) -> None:
    with looking(chromium, old_hall, memories["director"], DESK_GLASS) as page:
        page.goto(f"/windows/general/new/{LONG}")
        for essential in ("#applicant_name", "input[name=brought] >> nth=6", ".answers button"):
            box = page.locator(essential).first.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= COUNTER["height"], essential


def fetched(url: str) -> bytes:
    """Return what goes over the line for a page, as a phone asks for it."""
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    try:
        with urllib.request.urlopen(asked) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as refused:
        return refused.read()


def test_a_public_page_is_there_in_one_round_trip(old_hall: Month, sights: list[Sight]) -> None:
    public = [sight.path for sight in sights if not sight.username]
    sizes = {
        path: len(fetched(old_hall.desk.url + quote(path, "/?=&%")))
        for path in {*public, *STARTER_ITEMS}
    }
    for path, size in sorted(sizes.items(), key=lambda entry: -entry[1])[:8]:
        print(f"{size:6d} bytes {path}")
    assert {path: size for path, size in sizes.items() if size > MOST_BYTES} == {}


def test_the_style_sheet_is_small(old_hall: Month) -> None:
    style = fetched(f"{old_hall.desk.url}/static/desk.css")
    assert len(gzip.compress(style, 9)) <= MOST_STYLE
