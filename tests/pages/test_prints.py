"""印制: what is stale is shown, and ordering a print leads to its progress."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kernel.access import HOUSE
from kernel.households.jobs import take_in_sheet
from kernel.town.queries import village
from kernel.web.house import House
from kernel.work.commands import Doing
from kernel.work.queries import by_uuid
from services_catalog.jobs import PRINT_WORKS
from tests.builders import Visitor

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def test_stale_cards_are_counted_ordered_and_printed(
    visit: Callable[[str], Visitor], here: House, nobody_on_file: None, tmp_path: Path
) -> None:
    with here.reading() as session:
        name = village(session, "V05").name
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        f"村,组,户主,门牌号,电话\n{name},一组,示例户主,1号,\n{name},一组,示例户主乙,2号,", "utf-8"
    )
    take_in_sheet(here, sheet, HOUSE, lambda *_: None)
    director = visit("director")
    assert "<strong>2</strong> 张" in director.open("/prints/").text
    answer = director.press("/prints/", kind="card", village="V05", only_stale="1")
    uuid = answer.headers["Location"].rpartition("/")[2]
    assert "排队中" in director.follow(answer).text

    with here.reading() as session:
        work_kind = by_uuid(session, uuid).kind
    doing = Doing(
        here,
        uuid,
        {"kind": "card", "villages": ["V05"], "item": "", "size": "", "only_stale": True},
    )
    with here.writing() as session:
        by_uuid(session, uuid).progress = by_uuid(session, uuid).progress.RUNNING
    file, _ = PRINT_WORKS[work_kind](doing)
    assert file is not None
    assert file.read_bytes().startswith(b"%PDF")
    assert "没有要印的卡" in director.open("/prints/").text


def test_an_empty_order_is_refused_with_its_sentence(visit: Callable[[str], Visitor]) -> None:
    director = visit("director")
    director.open("/prints/")
    answer = director.press("/prints/", kind="poster")
    assert answer.status_code == 422
    assert "请从列出的选项里选一个" in answer.text
