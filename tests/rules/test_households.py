"""户籍册: a sheet of households is read row by row, and every refused row says why."""

import pytest

from kernel.households.rules import NoSuchColumn, read_register

VILLAGES = {"示例上溪村": "V01", "示例下溪村": "V02"}
HEADER = ["电话", "户主", "村", "组", "门牌号"]


def row(head: str = "示例户主甲", village: str = "示例上溪村", door: str = "1号") -> list[str]:
    return ["154 0000 0001", head, village, "一组", door]


def test_columns_may_stand_in_any_order() -> None:
    [household] = read_register([HEADER, row()], VILLAGES).rows
    assert (household.village, household.group, household.door) == ("V01", "一组", "1号")
    assert (household.head, household.phone) == ("示例户主甲", "+8615400000001")


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (row(head="示例户主乙"), "第2行是同一村、组、门牌"),
        (row(door="2号"), "第2行是同一村、户主和电话"),
        (row(head="", door="3号"), "没有户主姓名"),
        (row(village="示例别村"), "没有“示例别村”这个村"),
        (["12", "示例户主丙", "示例上溪村", "一组", "4号"], "电话"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_with_its_number(second: list[str], why: str) -> None:
    register = read_register([HEADER, row(), second], VILLAGES)
    [refused] = register.refused
    assert refused.row == 3
    assert why in refused.sentence
    assert len(register.rows) == 1


def test_a_house_without_a_number_comes_at_the_end_of_its_group() -> None:
    rows = [
        row("示例户主甲", door=""),
        row("示例户主乙", door="1号"),
        row("示例户主丙", door="无"),
        ["", "示例户主丁", "示例上溪村", "二组", "7号"],
    ]
    rows[0][0] = rows[2][0] = ""
    found = read_register([HEADER, *rows], VILLAGES)
    assert not found.refused
    said = [(one.head, one.door, one.walk) for one in found.rows]
    assert said == [
        ("示例户主乙", "1号", 3),
        ("示例户主丁", "7号", 5),
        ("示例户主甲", "", 3),
        ("示例户主丙", "", 3),
    ]
    [told] = read_register([[*HEADER, "顺序"], [*row(door=""), "9"]], VILLAGES).rows
    assert (told.door, told.walk) == ("", 9)
    twice = read_register([HEADER, rows[0], rows[0]], VILLAGES)
    assert "第2行是同一村、组、户主，都没有门牌" in twice.refused[0].sentence


def test_a_sheet_without_heads_is_refused_whole() -> None:
    with pytest.raises(NoSuchColumn) as refusal:
        read_register([["村", "组"]], VILLAGES)
    assert "户主" in refusal.value.sentence
