"""导出: a row that was read, written and read again says the same; so does a comparison."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import Refusal
from services_catalog.rules.columns import COLUMNS
from services_catalog.rules.differences import Mark, differences
from services_catalog.rules.export import cells_of
from services_catalog.rules.items import Entry, ItemFacts, MaterialFacts
from services_catalog.rules.limits import parse_limit
from services_catalog.rules.sheets import read_row

ANY = "甲乙无：:｜|、；;。 \n\t1一.．=+-@_x000D办理地点受理条件\u200b\u3000"
CELL = st.text(ANY, max_size=24)
LIMIT = st.sampled_from(["", "无", "即办", "批次", "20工作日", "20-30个工作日", "24小时", "60天"])
CELLS = st.fixed_dictionaries(
    {field: CELL for field in COLUMNS if field not in {"window", "handling"}}
    | {"title": CELL.map("事项{}".format), "code": st.just("A-1")}
    | {"statutory": LIMIT, "promised": LIMIT}
)


@settings(max_examples=40)
@given(CELLS)
def test_what_was_read_and_written_reads_the_same(cells: dict[str, str]) -> None:
    entry = read_row(cells)
    again = read_row(cells_of(entry))
    assert again == entry
    assert cells_of(again) == cells_of(entry)


def test_a_paper_called_none_is_a_paper() -> None:
    entry = Entry("A-1", ItemFacts("甲", materials=(MaterialFacts("无"),)), ())
    assert read_row(cells_of(entry)).facts.materials == (MaterialFacts("无"),)


OLD = ItemFacts(
    title="甲",
    promised=parse_limit("20工作日"),
    fee="不收费",
    materials=(MaterialFacts("身份证", "1份"), MaterialFacts("户口簿")),
)


def changes(new: ItemFacts) -> dict[str, tuple[list[str], list[str]]]:
    """Return what was removed and what was added, by field."""
    return {
        one.label: (
            [piece.text for piece in one.old if piece.mark is Mark.REMOVED],
            [piece.text for piece in one.new if piece.mark is Mark.ADDED],
        )
        for one in differences(OLD, new)
        if one.is_changed
    }


def test_only_what_changed_is_marked() -> None:
    assert changes(OLD) == {}
    shorter = replace(OLD, promised=parse_limit("15工作日"))
    assert changes(shorter) == {"承诺办结时限": (["20"], ["15"])}
    fewer = replace(OLD, materials=(MaterialFacts("身份证", "1份"),))
    assert changes(fewer) == {"申请材料": (["\n户口簿"], [])}
    other = replace(OLD, fee="工本费五元")
    assert changes(other) == {"收费": (["不收费"], ["工本费五元"])}
    gone = replace(OLD, fee="")
    assert changes(gone) == {"收费": (["不收费"], [])}


@settings(max_examples=40)
@given(st.text("甲乙丙20、\n ", max_size=30), st.text("甲乙丙20、\n ", max_size=30))
def test_both_sides_still_hold_the_whole_text(old: str, new: str) -> None:
    fee = next(
        one
        for one in differences(ItemFacts("甲", fee=old), ItemFacts("甲", fee=new))
        if one.field == "fee"
    )
    assert "".join(piece.text for piece in fee.old) == old
    assert "".join(piece.text for piece in fee.new) == new


@pytest.mark.parametrize("code", ["", "1.2E+17", "a b", "甲", "A" * 65])
def test_a_code_is_checked(code: str) -> None:
    with pytest.raises(Refusal):
        read_row({"title": "甲", "code": code})
