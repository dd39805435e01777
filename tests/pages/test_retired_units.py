"""停用单位: a unit ends on a day, when no item rings it and somebody knows which cards bear it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kernel.access import HOUSE
from kernel.audit import queries as audit
from kernel.clock import FixedClock
from kernel.households.actions import take_in
from kernel.households.rules import HouseholdRow, Tally
from kernel.town.queries import village
from kernel.web.house import House
from services_catalog.actions.prints import Printed, remember
from services_catalog.queries import prints
from services_catalog.records.cards import Board
from services_catalog.rules.prints import PrintKind
from tests.builders import Visitor
from tests.pages.conftest import both_databases

Visit = Callable[[str], Visitor]
#: rung by nobody; rung by the birth registration
LONELY, RUNG = "U44", "U06"
NUMBER = "0000-8000604"
PAGE = f"/directory/{LONELY}/retire"


@pytest.fixture
def printed(here: House) -> None:
    """Let one household hold a card, and one wall a board, that say today's words."""
    with here.writing() as session:
        row = HouseholdRow(1, "V11", "一组", "1号", "示例户主")
        take_in(session, "V11", [row], Tally())
        place = village(session, "V11")
        guide = next(
            one for one in prints.guides(session, "https://desk.test") if one.village_id == place.id
        )
        [home] = prints.all_cards(session, [guide])[place.id]
        session.add(Board(village_id=place.id, place="村口", size="A1", condition=""))
        card = Printed(PrintKind.CARD, guide.content, 1, place.id, [prints.face_of(home)])
        board = Printed(PrintKind.BOARD, guide.content, 1, place.id, size="A1")
        session.flush()
        remember(session, [card, board], HOUSE, here.now())


def retire(director: Visitor, **typed: str) -> str:
    """Press the button; return what is to be read then."""
    director.open(PAGE)
    answer = director.press(PAGE, **typed)
    return (director.follow(answer) if answer.status_code == 303 else answer).text


@both_databases
def test_a_unit_that_items_ring_stays_and_the_items_are_named(visit: Visit) -> None:
    director, page = visit("director"), f"/directory/{RUNG}/retire"
    assert "出生登记（上户口）" in director.open(page).text
    refused = director.press(page, closed_on="2026-03-02", is_confirmed="1")
    assert refused.status_code == 409
    assert "还有" in refused.text
    assert "出生登记（上户口）" in refused.text
    assert "0000-8000305" in visit("").open("/phones").text


@both_databases
def test_a_unit_on_cards_in_peoples_hands_ends_when_somebody_has_read_that(
    visit: Visit, here: House, printed: None
) -> None:
    director = visit("director")
    told = retire(director, closed_on="2026-03-02")
    with here.reading() as session:
        name = village(session, "V11").name
    assert f"{name}手里有1张一卡通、墙上有1块指南牌印着它" in told
    assert NUMBER in visit("").open("/phones").text
    assert "已停用" in retire(director, closed_on="2026-03-02", is_confirmed="1")
    assert NUMBER not in visit("").open("/phones").text
    with here.reading() as session:
        guides = prints.guides(session, "https://desk.test")
        assert NUMBER not in str(guides[0].content)
        place = village(session, "V11")
        assert len(prints.stale_cards(session, guides)[place.id]) == 1


@both_databases
def test_until_its_last_day_a_unit_is_shown_and_at_midnight_it_is_gone(
    visit: Visit, clock: FixedClock
) -> None:
    director, villager = visit("director"), visit("")
    retire(director, closed_on="2026-03-04")
    assert "3月4日" in villager.open("/phones").text
    clock.at += timedelta(days=1)
    assert NUMBER in villager.open("/phones").text
    clock.at += timedelta(days=1)
    assert NUMBER not in villager.open("/phones").text


@both_databases
def test_a_retired_unit_is_rung_again_at_a_press_and_all_of_it_is_on_record(
    visit: Visit, here: House
) -> None:
    director = visit("director")
    retire(director, closed_on="2026-03-02")
    director.open(PAGE)
    assert director.press(f"/directory/{LONELY}/reopen").status_code == 303
    assert NUMBER in visit("").open("/phones").text
    with here.reading() as session:
        verbs = [entry.verb for entry in audit.about(session, f"unit:{LONELY}")]
    assert verbs == ["directory.retired", "directory.reopened"]


def test_without_a_day_nothing_ends(visit: Visit) -> None:
    assert "请填写从哪一天起停用" in retire(visit("director"), closed_on="")


def test_a_retired_units_number_is_linked_to_nothing_new(visit: Visit, here: House) -> None:
    director = visit("director")
    retire(director, closed_on="2026-03-02")
    director.open("/catalogue/new")
    director.press(
        "/catalogue/new",
        code="ZB-001",
        title="示例事项",
        phone=NUMBER,
        then="save",
        window="general",
    )
    assert director.open("/catalogue/items/ZB-001").status_code == 200
    assert "停用：" in director.open(PAGE).text
    assert "写着它的电话" not in director.open(PAGE).text
