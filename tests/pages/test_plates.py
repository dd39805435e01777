"""岗位牌: the same person everywhere, at the right moment, and no more than one may know."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from desk.cases.actions.register import lookup_code
from duty_roster.actions import people as people_actions
from duty_roster.actions import presence
from duty_roster.queries import on_duty, people
from duty_roster.records import DutyTurn
from duty_roster.rules.people import Whereabouts
from duty_roster.rules.photos import read_photo
from duty_roster.rules.shifts import Duty
from kernel.access import HOUSE
from kernel.clock import FixedClock
from kernel.web.house import House
from tests.builders import BASE, Visitor, a_case, clerk
from tests.pages.happy_rota import a_png

Visit = Callable[[str], Visitor]
PUBLIC = ["/", "/phones", "/items/", "/items/BM-005", "/deadline", "/status", "/nothing"]


@pytest.fixture
def leader(here: House) -> str:
    """Let the second leader lead today, signed in, at a meeting, with a photo."""
    with here.writing() as session:
        me = clerk(session, "leader2")
        mine = people.by_staff(session, me.staff_id)
        assert mine is not None
        plate = on_duty(session, here.now())
        for turn in session.query(DutyTurn).filter_by(day=plate.shift.day, duty=Duty.LEADER):
            turn.person_id = mine.id
        session.flush()
        people_actions.hang_photo(session, mine, read_photo(a_png()), HOUSE, here.now())
        presence.sign_in(session, me, here.now())
        session.flush()
        presence.go(session, Whereabouts.AT_MEETING, me, here.now())
        return mine.name


@pytest.mark.parametrize("path", PUBLIC)
def test_every_public_page_says_who_is_on_duty(visit: Visit, leader: str, path: str) -> None:
    page = visit("").open(path).text
    assert leader in page
    assert "分管：" in page
    assert "/duty/photo/" in page
    assert "0000-8000100" in page
    assert "开会" not in page, "where somebody is, is told in the hall alone"


def test_a_slips_page_says_so_too(visit: Visit, here: House, leader: str) -> None:
    with here.writing() as session:
        code = lookup_code(session, a_case(here, session, here.now()))
    assert leader in visit("").open(f"/c/{code}").text


def test_a_slips_page_follows_the_turnover(
    visit: Visit, here: House, leader: str, clock: FixedClock
) -> None:
    with here.writing() as session:
        code = lookup_code(session, a_case(here, session, here.now()))
    villager = visit("")
    assert leader in villager.open(f"/c/{code}").text
    clock.at = datetime(2026, 3, 3, 0, 0, tzinfo=UTC) - timedelta(minutes=1)
    assert leader in villager.open(f"/c/{code}").text
    clock.at += timedelta(minutes=1)
    assert leader not in villager.open(f"/c/{code}").text


def test_the_hall_screen_says_where_they_are_and_is_kept_nowhere(visit: Visit, leader: str) -> None:
    for path in ("/screen", "/screen/now"):
        answer = visit("").open(path)
        assert leader in answer.text
        assert "开会" in answer.text
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_photo_can_do_nothing_and_is_kept_by_the_browser(visit: Visit, leader: str) -> None:
    page = visit("").open("/").text
    address = page.split('src="')[1].split('"')[0]
    answer = visit("").client.get(address, base_url=BASE)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert "immutable" in answer.headers["Cache-Control"]
    assert visit("").client.get("/duty/photo/nothing", base_url=BASE).status_code == 404
