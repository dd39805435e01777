"""大厅屏幕: follows the turnover, midnight and a swap, comes back by itself, and does not grow."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from bench.screen import CARELESS, served, watched
from duty_roster.actions import swaps
from duty_roster.queries import on_duty, people, sheets
from duty_roster.rules.shifts import Duty
from kernel.clock import FixedClock
from kernel.web.house import House
from tests.builders import clerk

#: a change is on the screen within half a minute, by the screen's own clock
SECONDS = 30
#: an evening, 23:59 in the township
BEFORE_MIDNIGHT = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)
#: between two looks at what it holds; every sixth is drawn, and a drawing has about 50 nodes
ANSWERS = 150


@pytest.fixture
def kind() -> str:
    """Show it on one kind of database."""
    return "sqlite"


def leader(here: House) -> str:
    with here.reading() as session:
        found = on_duty(session, here.now()).leader
        assert found is not None
        return found.person.name


def swap(here: House) -> str:
    """Let somebody else lead now; return their name."""
    with here.writing() as session:
        plate = on_duty(session, here.now())
        assert plate.leader is not None
        turns = sheets.published(session, plate.shift.day, plate.shift.day)
        turn = next(one for one in turns if one.duty is Duty.LEADER)
        mine = plate.leader.person.id
        other = next(
            one for one in people.people(session) if one.duty is Duty.LEADER and one.id != mine
        )
        wanted = (other.id, "示例")
        swaps.stand_in(session, turn, wanted, clerk(session, "director"), here.now())
        return other.name


def half_a_minute(page: Page) -> None:
    """Let the screen's clock run; what it asks is answered in between, as fast as it can be."""
    for _ in range(SECONDS):
        page.clock.run_for(1000)


def test_the_screen_follows_midnight_the_turnover_and_a_swap_and_comes_back(
    chromium: Browser, app: Flask, here: House, clock: FixedClock
) -> None:
    clock.at = BEFORE_MIDNIGHT
    page = chromium.new_page()
    page.clock.install()
    with served(app) as server:
        port = server.server_port
        page.goto(f"http://127.0.0.1:{port}/screen")
        name = page.locator(".leader .name")
        expect(name).to_have_text(leader(here))
        clock.at += timedelta(minutes=2)
        half_a_minute(page)
        expect(page.locator("time")).to_contain_text("3月3日")
        expect(name).to_have_text(leader(here))
        other = swap(here)
        half_a_minute(page)
        expect(name).to_have_text(other)
        before = leader(here)
        clock.at += timedelta(hours=8)
        assert leader(here) != before
        half_a_minute(page)
        expect(name).to_have_text(leader(here))
    half_a_minute(page)
    expect(page.locator("#away")).to_be_visible()
    expect(name).to_have_text(leader(here))  # what was known stays
    with served(app, port):
        half_a_minute(page)
        expect(page.locator("#away")).to_be_hidden()
    page.close()


@pytest.mark.parametrize(("script", "grows"), [("", False), (CARELESS, True)])
def test_the_screen_does_not_grow(
    chromium: Browser, app: Flask, clock: FixedClock, script: str, grows: bool
) -> None:
    """A whole day is `python -m bench screen`; the careless script is the control."""
    clock.at = BEFORE_MIDNIGHT
    first, last = watched(chromium, app, clock, [ANSWERS, ANSWERS], script)
    assert last.has_grown_since(first) is grows, (first, last)
