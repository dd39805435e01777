"""Shared by the stories: Chromium, a hall opened this minute, and one that has worked for weeks."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.stories.a_month_of_work import Month, work_a_month
from tests.stories.browser import chromium_path, launch
from tests.stories.running import RunningDesk


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start a real Chromium, once."""
    if not chromium_path():
        pytest.skip("Chromium is not installed; tests/tools.sh installs it.")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def new_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """Serve an empty folder: app.py founds the sample town by itself."""
    desk = RunningDesk(tmp_path_factory.mktemp("hall"))
    desk.start()
    yield desk
    desk.stop()


@pytest.fixture(scope="session")
def old_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    """Serve a town that has worked for a month: cases at every stage, on time and late."""
    desk = RunningDesk(tmp_path_factory.mktemp("hall"))
    month = work_a_month(desk)
    desk.start()
    yield month
    desk.stop()


@pytest.fixture
def printer() -> None:
    """Ask for what draws a PDF."""
    if not shutil.which("pdftoppm"):
        pytest.skip("pdftoppm is not installed; tests/tools.sh installs poppler-utils.")
