"""电话簿的页面: one number is changed in one place, rung once a year, and goes out and in."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from werkzeug.test import TestResponse

from kernel.audit import queries as audit
from kernel.clock import FixedClock
from kernel.tables import read_table, workbook
from kernel.town import queries
from kernel.town.rules.directory_sheets import SHEET_NAME, read_directory, sheet
from kernel.web.house import House
from tests.builders import BASE, Visitor
from tests.pages.conftest import both_databases

Visit = Callable[[str], Visitor]
NEW = "0000-8999999"
UNIT = {
    "group": "centre",
    "name": "示例民政窗口",
    "business": "低保",
    "place": "一楼",
    "hours": "全天",
    "owner": "民政窗口负责人",
    "phone": NEW,
}


@both_databases
def test_a_new_number_is_new_everywhere(visit: Visit, here: House) -> None:
    director, villager = visit("director"), visit("")
    assert "0000-8000301" in villager.open("/items/BM-005").text
    director.open("/directory/U02/edit")
    assert director.press("/directory/U02/edit", **UNIT).status_code == 303
    for page in ("/items/BM-005", "/phones"):
        assert NEW in villager.open(page).text
        assert "0000-8000301" not in villager.open(page).text
    with here.reading() as session:
        unit = queries.unit(session, "U02")
        assert (unit.phone, unit.checked_on) == (NEW, None)
        assert [line.verb for line in audit.about(session, "unit:U02")] == ["directory.changed"]


@both_databases
def test_who_changed_it_meanwhile_is_not_written_over(visit: Visit, here: House) -> None:
    first, second = visit("director"), visit("admin")
    first.open("/directory/U02/edit")
    second.open("/directory/U02/edit")
    first.press("/directory/U02/edit", **UNIT)
    other = UNIT | {"phone": "0000-7111111"}
    answer = second.press("/directory/U02/edit", **other)
    assert (answer.status_code, "刚刚被他人改动" in answer.text) == (409, True)
    assert "0000-7111111" in answer.text
    assert second.press("/directory/U02/edit", **other).status_code == 303
    with here.reading() as session:
        assert queries.unit(session, "U02").phone == "0000-7111111"


def test_a_wrong_number_is_told_beside_its_field(visit: Visit) -> None:
    director = visit("director")
    director.open("/directory/U02/edit")
    answer = director.press("/directory/U02/edit", **(UNIT | {"phone": "打电话", "name": ""}))
    assert "有2处需要改正" in answer.text
    assert 'value="打电话"' in answer.text


@both_databases
def test_ringing_a_number_is_written_down(visit: Visit, here: House, clock: FixedClock) -> None:
    director = visit("director")
    assert "从未核对" in director.open("/directory/").text
    director.press("/directory/U01/check", result="no_answer")
    page = director.open("/directory/").text
    assert "没人接" in page
    assert "69个满一年没核对" in page
    assert "请选择打电话的结果" in director.press("/directory/U01/check", result="x").text
    clock.at += timedelta(days=366)
    assert "70个满一年没核对" in visit("director").open("/directory/").text


def test_a_unit_is_added_and_a_shared_number_is_marked(visit: Visit) -> None:
    director = visit("director")
    director.open("/directory/new")
    taken = director.press("/directory/new", **UNIT, code="U01")
    assert "请换一个" in taken.text
    director.press("/directory/new", **(UNIT | {"phone": "0000-8000302"}), code="U71")
    page = director.open("/directory/").text
    assert "个号码重复" in page
    assert "■ 与别的单位重复" in page
    assert "共71个单位" in page


def upload(visitor: Visitor, raw: bytes) -> TestResponse:
    visitor.open("/directory/")
    data = {**visitor.hidden, "file": (io.BytesIO(raw), "电话簿.xlsx")}
    return visitor.client.post("/directory/import", base_url=BASE, data=data)


@both_databases
def test_it_goes_out_and_comes_back_without_loss(visit: Visit, here: House) -> None:
    director = visit("director")
    director.open("/directory/")
    director.press("/directory/U01/check", result="right")
    with here.reading() as session:
        before = queries.directory_rows(session)
        records = audit.count(session)
    raw = director.open("/directory/export.xlsx").data
    assert read_directory(read_table("a.xlsx", raw)) == before
    told = director.follow(upload(director, raw)).text
    assert "新增0个单位，改动0个" in told
    with here.reading() as session:
        assert queries.directory_rows(session) == before
        assert audit.count(session) == records
    rows = read_directory(read_table("a.xlsx", raw))
    changed = [list(cells) for cells in sheet(rows)]
    changed[1][6] = NEW
    changed.append(["U99", "社会服务", "新单位", "", "", "", "110", "", "", ""])
    told = director.follow(upload(director, workbook(SHEET_NAME, changed))).text
    assert "新增1个单位，改动1个" in told
    with here.reading() as session:
        unit = queries.unit(session, "U01")
        assert (unit.phone, unit.checked_on) == (NEW, None)


@both_databases
def test_a_retired_unit_comes_back_retired_and_is_not_retired_by_a_sheet(
    visit: Visit, here: House
) -> None:
    director, ended = visit("director"), date(2026, 2, 27)
    with here.reading() as session:
        rows = queries.directory_rows(session)
    gone = replace(rows[0], facts=replace(rows[0].facts, code="U98"), closed_on=ended)
    told = upload(director, workbook(SHEET_NAME, sheet([*rows, gone])))
    assert "新增1个单位，改动0个" in director.follow(told).text
    raw = director.open("/directory/export.xlsx").data
    assert read_directory(read_table("a.xlsx", raw)) == [*rows, gone]
    with here.reading() as session:
        assert queries.unit(session, "U98").closed_on == ended
    # an empty cell says nothing; another day is not for a sheet to say
    silent = upload(director, workbook(SHEET_NAME, sheet([*rows, replace(gone, closed_on=None)])))
    assert "新增0个单位，改动0个" in director.follow(silent).text
    refused = upload(director, workbook(SHEET_NAME, sheet([replace(rows[0], closed_on=ended)])))
    assert "没有导入：U01的停用日" in refused.text
    with here.reading() as session:
        assert queries.directory_rows(session) == [*rows, gone]


def test_a_wrong_sheet_changes_nothing(visit: Visit, here: House) -> None:
    director = visit("director")
    with here.reading() as session:
        before = queries.directory_rows(session)
    wrong = workbook("x", [["编号", "单位名称", "分类", "电话"], ["U01", "", "centre", "1"]])
    assert "第2行" in upload(director, wrong).text
    assert "打不开" in upload(director, b"PK\x03\x04").text
    assert "请先选择文件" in director.press("/directory/import").text
    with here.reading() as session:
        assert queries.directory_rows(session) == before


def test_the_counter_reads_and_has_no_buttons(visit: Visit) -> None:
    clerk = visit("counter1")
    page = clerk.open("/directory/")
    assert page.status_code == 200
    assert "/edit" not in page.text
    assert clerk.open("/directory/U02/edit").status_code == 403
    assert clerk.open("/directory/export.xlsx").status_code == 200
