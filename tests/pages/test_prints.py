"""印制: what is stale is shown, and ordering a print leads to its progress."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kernel.access import HOUSE
from kernel.households.jobs import take_in_sheet
from kernel.town.queries import village
from kernel.web.house import House
from kernel.work.commands import Doing
from kernel.work.queries import by_uuid
from services_catalog.actions.prints import Printed, remember
from services_catalog.jobs import PRINT_WORKS
from services_catalog.queries import prints as queries
from services_catalog.rules.prints import PrintKind
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
    only_these = director.open("/cards/villages/V05?stale=1").text
    assert "只列出要印或要换的 <strong>2</strong> 户" in only_these
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
    assert "没有要换的卡" in director.open("/cards/villages/V05?stale=1").text


def test_the_boards_that_are_due_are_named_and_only_those_are_ordered(
    visit: Callable[[str], Visitor], here: House, nobody_on_file: None
) -> None:
    with here.writing() as session:
        for guide in queries.guides(session, here.settings.public_url):
            if guide.place.code != "V05":
                board = Printed(PrintKind.BOARD, guide.content, 1, guide.village_id, size="A2")
                remember(session, [board], HOUSE, here.now())
            else:
                name = guide.place.name
    director = visit("director")
    page = director.open("/prints/").text
    assert "要做或要换 <strong>1</strong> 块" in page
    assert f"</strong> 块：{name}（还没有）。" in page
    work = director.press("/prints/", kind="board", size="A1", only_stale="1").headers["Location"]
    with here.reading() as session:
        wanted = json.loads(by_uuid(session, work.rpartition("/")[2]).wanted)
    assert wanted["only_stale"] is True


def test_a_leaflet_is_ordered_in_its_size(visit: Callable[[str], Visitor], here: House) -> None:
    director = visit("director")
    director.open("/prints/")
    typed = {"kind": "leaflet", "item": "BM-001", "size": "A5"}
    work = director.press("/prints/", **typed).headers["Location"]
    with here.reading() as session:
        wanted = json.loads(by_uuid(session, work.rpartition("/")[2]).wanted)
    assert (wanted["item"], wanted["size"]) == ("BM-001", "A5")


def test_an_empty_order_is_refused_with_its_sentence(visit: Callable[[str], Visitor]) -> None:
    director = visit("director")
    director.open("/prints/")
    answer = director.press("/prints/", kind="poster")
    assert answer.status_code == 422
    assert "请从列出的选项里选一个" in answer.text
