"""一卡通: scanning a card fills in the household; the public page never shows who lives there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kernel.access import HOUSE
from kernel.households import queries
from kernel.households.jobs import take_in_sheet
from kernel.town.queries import village
from kernel.web.house import House
from services_catalog.actions.prints import Printed, remember
from services_catalog.rules.prints import PrintKind
from services_catalog.rules.prints.kinds import CardFace
from tests.builders import HERE, Visitor

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
HEAD, DOOR = "示例户主𠮷", "示例门牌8号"


@pytest.fixture
def card(here: House, tmp_path: Path) -> str:
    """Put one household into the register; return what its card's QR says."""
    with here.reading() as session:
        name = village(session, "V03").name
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"村,组,户主,门牌号,电话\n{name},二组,{HEAD},{DOOR},15400000077", "utf-8")
    take_in_sheet(here, sheet, HOUSE, lambda *_: None)
    with here.reading() as session:
        [household] = queries.of_village(session, village(session, "V03").id)
        return f"HTTPS://DESK.TEST/H/{queries.card_code(session, household)}"


def test_a_scanned_card_fills_in_the_household(visit: Callable[[str], Visitor], card: str) -> None:
    clerk = visit("counter1")
    chosen = clerk.follow(clerk.open(f"/windows/general/new?q={card}"))
    assert "已扫一卡通" in chosen.text
    code = card.rpartition("/")[2]
    form = clerk.open(f"/windows/general/new/{HERE}?card={code}").text
    assert HEAD in form
    assert DOOR in form
    assert "154 0000 0077" in form


def test_the_page_behind_a_card_shows_whom_to_ring_and_nobody_who_lives_there(
    visit: Callable[[str], Visitor], card: str, here: House
) -> None:
    page = visit("").open(f"/H/{card.rpartition('/')[2]}")
    with here.reading() as session:
        assert village(session, "V03").name in page.text
    assert "咨询员" in page.text
    for private in (HEAD, DOOR, "15400000077", "二组"):
        assert private not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_a_card_that_was_never_issued_opens_nothing(
    visit: Callable[[str], Visitor], card: str
) -> None:
    assert card
    assert visit("").open(f"/h/{'0' * 26}").status_code == 404


def household_page(here: House, clerk: Visitor, card: str) -> str:
    """Open the register's page of the household with this card; return its address."""
    with here.reading() as session:
        household = queries.by_card(session, card.rpartition("/")[2])
        assert household is not None
        address = f"/cards/households/{household.id}"
    assert clerk.open(address).status_code == 200
    return address


def test_a_hand_over_noted_by_mistake_is_taken_back_and_the_card_stays_good(
    visit: Callable[[str], Visitor], card: str, here: House
) -> None:
    clerk = visit("counter1")
    page = household_page(here, clerk, card)
    assert "撤销领卡登记" not in clerk.open(page).text, "nothing was handed over yet"
    code = card.rpartition("/")[2]
    with here.writing() as session:
        household = queries.by_card(session, code)
        assert household is not None
        cards = [CardFace(household.id, household.card_generation, household.face)]
        printed = Printed(PrintKind.CARD, {"said": "示例"}, 1, household.village_id, cards)
        remember(session, [printed], HOUSE, here.now())
    clerk.open("/cards/villages/V03")
    clerk.press("/cards/villages/V03/hand-over", households=page.rpartition("/")[2])
    assert "撤销领卡登记" in clerk.open(page).text
    assert "印好未领" in clerk.follow(clerk.press(f"{page}/not-handed")).text
    assert visit("").open(f"/H/{code}").status_code == 200


def test_a_corrected_head_is_on_file_at_once_and_the_old_card_still_opens_its_page(
    visit: Callable[[str], Visitor], card: str, here: House
) -> None:
    clerk = visit("counter1")
    page = household_page(here, clerk, card)
    typed = {"head": "示例继户主", "group": "二组", "door": DOOR, "phone": ""}
    assert "示例继户主" in clerk.follow(clerk.press(page, **typed)).text
    code = card.rpartition("/")[2]
    assert visit("").open(f"/H/{code}").status_code == 200
    form = clerk.open(f"/windows/general/new/{HERE}?card={code}").text
    assert "示例继户主" in form
    assert "154 0000 0077" in form, "an empty field leaves the number as it is"


def test_the_register_shows_no_whole_number_and_takes_one_out_for_a_word(
    visit: Callable[[str], Visitor], card: str, here: House
) -> None:
    clerk = visit("counter1")
    page = household_page(here, clerk, card)
    assert "154****0077" in clerk.open(page).text
    assert "15400000077" not in clerk.open(page).text
    clerk.press(page, head=HEAD, group="二组", door=DOOR, phone="无")
    assert "还没有登记电话" in clerk.open(page).text


def test_two_households_never_share_a_door_and_what_was_typed_is_still_there(
    visit: Callable[[str], Visitor], card: str, here: House, tmp_path: Path
) -> None:
    sheet = tmp_path / "more.csv"
    with here.reading() as session:
        name = village(session, "V03").name
    sheet.write_text(f"村,组,户主,门牌号\n{name},二组,示例邻居,9号", "utf-8")
    take_in_sheet(here, sheet, HOUSE, lambda *_: None)
    clerk = visit("counter1")
    page = household_page(here, clerk, card)
    refused = clerk.press(page, head="示例打字", group="二组", door="９号", phone="")
    assert refused.status_code == 409
    assert "已经登记了另一户" in refused.text
    assert "示例打字" in refused.text
    assert "请填写门牌号" in clerk.press(page, head=HEAD, group="二组", door="", phone="").text


def test_of_two_clerks_at_one_household_the_second_is_told(
    visit: Callable[[str], Visitor], card: str, here: House
) -> None:
    first, second = visit("counter1"), visit("counter2")
    page = household_page(here, first, card)
    household_page(here, second, card)
    typed = {"head": HEAD, "group": "二组", "door": DOOR}
    assert first.press(page, **typed, phone="15400000078").status_code == 303
    told = second.press(page, **typed, phone="15400000079")
    assert told.status_code == 409
    assert "刚刚被他人改动" in told.text
    assert second.press(page, **typed, phone="15400000079").status_code == 303


def test_a_household_that_is_gone_is_off_the_walk_and_its_card_opens_nothing(
    visit: Callable[[str], Visitor], card: str, here: House
) -> None:
    clerk = visit("counter1")
    page = household_page(here, clerk, card)
    assert HEAD not in clerk.follow(clerk.press(f"{page}/gone")).text
    assert visit("").open(f"/H/{card.rpartition('/')[2]}").status_code == 404


def test_a_house_without_a_number_says_so(
    visit: Callable[[str], Visitor], card: str, here: House
) -> None:
    clerk = visit("counter1")
    page = household_page(here, clerk, card)
    typed = {"head": HEAD, "group": "二组", "phone": ""}
    assert "没有门牌的写“无”" in clerk.press(page, **typed, door="").text
    told = clerk.follow(clerk.press(page, **typed, door="无")).text
    assert "无门牌1" in told
    clerk.open(page)
    assert "无门牌1" in clerk.follow(clerk.press(page, **typed, door="无")).text
