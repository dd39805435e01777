"""短地址: what a code on paper leads to, whichever way a reader writes its letters."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from kernel.web.house import House
from services_catalog.records import ServiceItem
from services_catalog.rules.prints.codes import village_address
from services_catalog.rules.prints.handbook import item_address
from tests.builders import CARRIED, HERE, Visitor

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
Visit = Callable[[str], Visitor]
SITE = "https://desk.test"


def renamed(here: House, old: str, new: str) -> None:
    """Let an item have another code, as an office may have written it."""
    with here.writing() as session:
        mine = sa.update(ServiceItem).where(ServiceItem.code == old)
        session.execute(mine.values(code=new))


def path_of(address: str) -> str:
    return urlsplit(address).path


@pytest.mark.parametrize("code", [HERE, "Zb-x.7", "甲-1"])
def test_an_items_code_leads_to_its_page_in_upper_and_in_lower_case(
    visit: Visit, here: House, code: str
) -> None:
    renamed(here, HERE, code)
    browser, path = visit(""), path_of(item_address(SITE, code))
    title = "高龄津贴"
    assert path.startswith("/I/")
    for way in (path, path.lower(), f"/i/{code}"):
        page = browser.open(way)
        assert (page.status_code, title in page.text) == (200, True), way
    assert browser.open("/I/NO-SUCH").status_code == 404


def test_of_two_codes_that_differ_in_case_alone_the_one_that_was_asked_for_is_shown(
    visit: Visit, here: House
) -> None:
    renamed(here, HERE, "A-1")
    renamed(here, CARRIED, "a-1")
    assert "高龄津贴" in visit("").open("/I/A-1").text
    assert "孤儿" in visit("").open("/i/a-1").text


def test_a_draft_has_no_short_address(visit: Visit) -> None:
    director = visit("director")
    director.open("/catalogue/new")
    director.press("/catalogue/new", code="ZB-001", title="示例事项", then="save")
    assert director.open("/I/ZB-001").status_code == 404


def test_a_boards_code_leads_to_its_village_in_both_cases(visit: Visit) -> None:
    path = path_of(village_address(SITE, "V07"))
    for way in (path, path.lower()):
        assert "咨询员" in visit("").open(way).text


def test_a_village_says_where_its_board_hangs_as_soon_as_it_does(visit: Visit) -> None:
    villager, clerk = visit(""), visit("counter1")
    assert "指南牌挂在" not in villager.open("/V/V07").text
    clerk.open("/cards/")
    clerk.press("/cards/boards", village="7", place="示例祠堂门口", size="A1", hung_on="2026-03-02")
    assert "服务指南牌挂在示例祠堂门口" in villager.open("/V/V07").text
    assert "服务指南牌挂在示例祠堂门口" in villager.open("/villages/V07").text
