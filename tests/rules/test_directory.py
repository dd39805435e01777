"""电话簿的规矩: numbers are checked, shared ones named, sheets read whole or not at all."""

from dataclasses import replace
from datetime import date

import pytest

from kernel.errors import InvalidInput
from kernel.tables import read_table, workbook
from kernel.town.rules.directory import (
    BadUnitCode,
    UnitFacts,
    checked_group,
    checked_numbers,
    checked_unit_code,
    needs_check,
    shared_numbers,
)
from kernel.town.rules.directory_sheets import (
    COLUMNS,
    SHEET_NAME,
    NoDirectoryHeader,
    RowsRefused,
    UnitRow,
    read_directory,
    sheet,
)

FACTS = UnitFacts("U01", "centre", "=总服务台", "咨询", "一楼", "全天", "0000-8000300", "中心主任")
ROWS = [
    UnitRow(FACTS, date(2026, 3, 2), "打通，号码对"),
    UnitRow(UnitFacts("U02", "social", "乙", "", "", "", "12345、0000-8000301", ""), None, ""),
    UnitRow(replace(FACTS, code="U03", name="丙"), None, "", date(2026, 2, 28)),
]


def test_a_sheet_comes_back_as_it_went_out() -> None:
    raw = workbook(SHEET_NAME, sheet(ROWS))
    assert read_directory(read_table("a.xlsx", raw)) == ROWS


def test_a_sheet_is_taken_whole_or_not_at_all() -> None:
    header = list(COLUMNS.values())
    rows = [
        ["U1", "社会服务", "甲", "", "", "", "110", ""],
        ["U1", "social", "乙", "", "", "", "119", ""],
        ["U 2", "social", "丙", "", "", "", "119", ""],
        ["U3", "别的", "丙", "", "", "", "119", ""],
        ["U4", "social", "", "", "", "", "119", ""],
        ["U5", "social", "丁", "", "", "", "一一九", ""],
        ["U6", "social", "戊", "", "", "", "119", "", "去年"],
    ]
    with pytest.raises(RowsRefused) as refused:
        read_directory([["电话簿"], header, [], *rows])
    for number in range(5, 11):
        assert f"第{number}行" in refused.value.sentence
    assert "第4行" not in refused.value.sentence
    with pytest.raises(NoDirectoryHeader):
        read_directory([["编号", "电话"]])


@pytest.mark.parametrize("day", ["2026-3-2", "2026/03/02", "2026.3.2", "2026-03-02 00:00:00"])
def test_a_spreadsheets_dates_are_read(day: str) -> None:
    table = [["编号", "分类", "单位名称", "电话", "核对日期"], ["U1", "social", "甲", "110", day]]
    (row,) = read_directory(table)
    assert (row.checked_on, row.checked_note) == (date(2026, 3, 2), None)


@pytest.mark.parametrize("header", ["停用日", "停用日（只在网页上改）"])
def test_the_end_of_a_unit_is_read_under_its_old_header_too(header: str) -> None:
    table = [
        ["编号", "分类", "单位名称", "电话", header],
        ["U1", "social", "甲", "110", "2026/3/2"],
    ]
    assert read_directory(table)[0].closed_on == date(2026, 3, 2)
    assert read_directory([table[0], [*table[1][:4], ""]])[0].closed_on is None
    with pytest.raises(RowsRefused, match="停用日“去年”"):
        read_directory([table[0], [*table[1][:4], "去年"]])


def test_numbers_are_checked_one_by_one() -> None:
    assert checked_numbers(" 0000-8000300，12345 / 110 ") == "0000-8000300、12345、110"
    for wrong in ("", "、", "0000-8000300、电话"):
        with pytest.raises(InvalidInput):
            checked_numbers(wrong)


def test_codes_and_groups_are_checked() -> None:
    assert checked_unit_code(" U71 ") == "U71"
    assert checked_group("县级部门") == checked_group("district") == "district"
    with pytest.raises(BadUnitCode):
        checked_unit_code("U{1}")
    with pytest.raises(InvalidInput):
        checked_group("")


@pytest.mark.parametrize(
    ("checked_on", "needed"), [(None, True), ("2025-03-01", True), ("2025-03-02", False)]
)
def test_a_number_is_rung_once_a_year(checked_on: str | None, needed: bool) -> None:
    day = date.fromisoformat(checked_on) if checked_on else None
    assert needs_check(day, date(2026, 3, 2)) is needed


def test_a_number_of_two_units_is_named() -> None:
    units = [("甲", "110、119"), ("乙", "110"), ("丙", ""), ("丁", "119、119"), ("戊", "")]
    assert shared_numbers(units) == {"110": ["甲", "乙"], "119": ["甲", "丁"]}
