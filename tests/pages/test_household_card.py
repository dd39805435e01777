"""一卡通: scanning a card fills in the household; the public page never shows who lives there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kernel.access import HOUSE
from kernel.households import queries
from kernel.households.jobs import take_in_sheet
from kernel.town.queries import village
from kernel.web.house import House
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
