"""单元格: what a spreadsheet adds to a cell is taken off, what a person typed is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refusal
from kernel.tables import UnreadableFile, cell_text, read_csv
from services_catalog.rules.cells import clean, read_materials, read_names
from services_catalog.rules.sheets import read_sheet


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  甲 \r\n\r\n\u3000乙\u00a0 丙 ", "甲\n乙 丙"),
        ("甲_x000D_\n乙", "甲\n乙"),
        ("甲\u200b乙\x07", "甲乙"),
        ("a\x00b", "ab"),
        ("", ""),
    ],
)
def test_cells_lose_what_nobody_typed_on_purpose(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_material_lists_lose_their_numbering_but_not_their_sizes() -> None:
    papers = read_materials("1、身份证；\n2. 户口簿\n（一）申请书\n3.5厘米照片")
    assert papers is not None
    assert [paper.name for paper in papers] == ["身份证", "户口簿", "（一）申请书", "3.5厘米照片"]


def test_material_cells_keep_none_apart_from_nothing() -> None:
    assert read_materials("") is None
    assert read_materials("无") == ()
    assert read_names("") == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_files_come_in_the_encodings_of_offices(encoding: str) -> None:
    rows = [["事项名称", "实施编码"], ["甲\n乙", "A,1"]]
    raw = '事项名称,实施编码\r\n"甲\n乙","A,1"\r\n'.encode(encoding)
    assert read_csv("a.csv", raw) == rows


def test_tabs_separate_too_and_noise_is_refused_in_words() -> None:
    assert read_csv("a.csv", "名称\t编码\r\n甲\tA\r\n".encode()) == [["名称", "编码"], ["甲", "A"]]
    for noise in (b"\xff\xff\xff", b"a,\x00\x01\xfe\xff"):
        with pytest.raises(UnreadableFile, match=r"a\.csv"):
            read_csv("a.csv", noise)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_table_or_refused(raw: bytes) -> None:
    try:
        read_sheet(read_csv("a.csv", raw))
    except Refusal as no:
        assert no.sentence


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (3.0, "3"), (3.5, "3.5"), (7, "7"), (1.144e30, "1.144e+30")]
)
def test_numbers_in_cells_read_as_they_look(value: object, text: str) -> None:
    assert cell_text(value) == text
