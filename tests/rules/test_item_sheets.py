"""事项清单: sheets are read whatever their columns are called, and gaps are named."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import services_catalog
from kernel.calendar.rules import WorkingCalendar
from kernel.errors import Refusal
from kernel.tables import read_csv
from services_catalog.rules.columns import (
    COLUMNS,
    NoCodeColumn,
    NoHeader,
    NoTitleColumn,
    field_of,
    read_header,
)
from services_catalog.rules.items import (
    OTHER_SECTION,
    REQUIRED,
    Handling,
    ItemFacts,
    MaterialFacts,
    Window,
    missing_answers,
)
from services_catalog.rules.limits import NO_LIMIT, parse_limit
from services_catalog.rules.sheets import (
    BadCode,
    CodeInScientific,
    RowWithoutCode,
    RowWithoutTitle,
    own_code,
    read_row,
    read_sheet,
)
from services_catalog.rules.versions import Outcome, judge

STARTER = Path(services_catalog.__file__).parent / "starter" / "items.csv"
ANY_YEAR = WorkingCalendar(frozenset({2025, 2026}))

FULL_ROW = {
    "title": "最低生活保障申请",
    "code": "11330000MB0X1234XX3000511001000",
    "item_type": "行政给付",
    "body": "示例县民政局",
    "audience": "自然人",
    "statutory": "30(工作日)",
    "promised": "20(工作日)",
    "conditions": "无",
    "materials": "居民身份证｜原件1份｜申请人自备｜核对后退还\n户口簿",
    "place": "办理地点：示例乡便民服务中心1号窗口",
    "phone": "0000-8000301",
    "complaint_phone": "0000-8000365",
}
FULL = read_row(FULL_ROW)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("事项名称", "title"),
        ("名称", "title"),
        ("实施编码", "code"),
        ("事项编码", "code"),
        ("编码", "code"),
        ("法定时限", "statutory"),
        ("承诺办结时限", "promised"),
        ("材料", "materials"),
        ("咨询方式", "phone"),
        ("投诉电话", "complaint_phone"),
        ("是否收费", "fee"),
        ("承办单位", "body"),
        ("部门", "body"),
        ("别名", "names"),
        (" 事项 名称 ", "title"),
        ("*事项名称（必填）", "title"),
        ("★实施编码：", "code"),
        ("主项", None),
        ("", None),
    ],
)
def test_columns_go_by_many_names(name: str, field: str | None) -> None:
    assert field_of(name) == field


@settings(max_examples=25)
@given(st.permutations(list(COLUMNS)), st.randoms(use_true_random=False))
def test_columns_stand_in_any_order_under_any_of_their_names(
    order: list[str], dice: Random
) -> None:
    header = [dice.choice(COLUMNS[field]) for field in order]
    row = [FULL_ROW.get(field, "") for field in order]
    sheet = read_sheet([header, row])
    assert sheet.unknown_columns == ()
    assert sheet.rows[0].entry.facts == FULL.facts


def test_unknown_columns_are_named_and_a_second_one_of_a_kind_too() -> None:
    header = read_header(["事项名称", "实施编码", "主项", "", "设定 依据", "名称"])
    assert header.unknown == ("主项", "设定 依据", "名称")
    assert header.positions["title"] == 0


@pytest.mark.parametrize(
    ("header", "why"),
    [
        (["实施编码", "部门"], NoTitleColumn),
        (["事项名称", "服务对象"], NoCodeColumn),
        (["甲", "乙"], NoHeader),
    ],
)
def test_a_sheet_without_title_or_code_is_refused(header: list[str], why: type[Refusal]) -> None:
    with pytest.raises(why):
        read_sheet([header, ["1", "2"]])


def test_titles_may_stand_above_the_header_and_rows_keep_the_sheets_numbers() -> None:
    sheet = read_sheet(
        [
            ["某县政务服务事项清单"],
            [],
            ["实施编码", "事项名称"],
            ["A-1", "甲"],
            ["", ""],
            ["A-2", "  "],
            ["A-1", "乙"],
            ["A-3"],
        ]
    )
    assert [(row.number, row.entry.code) for row in sheet.rows] == [(4, "A-1")]
    assert [row.number for row in sheet.refused] == [6, 7, 8]
    assert "第4行" in sheet.refused[1].sentence


def test_a_full_row_says_everything_and_defaults_to_referring() -> None:
    facts = FULL.facts
    assert missing_answers(facts) == ()
    assert facts.place == "示例乡便民服务中心1号窗口"
    assert facts.statutory == parse_limit("30工作日")
    assert facts.materials == (
        MaterialFacts("居民身份证", "原件1份", "申请人自备", "核对后退还"),
        MaterialFacts("户口簿"),
    )
    assert (facts.handling, facts.section) == (Handling.REFERRED, OTHER_SECTION)
    assert (FULL.names, FULL.window) == (None, None)


def test_windows_handling_and_names_are_read() -> None:
    more = {
        "window": "企业服务窗口",
        "handling": "代办",
        "names": "办照、 开店，开店;",
        "section": "企业",
    }
    entry = read_row(FULL_ROW | more)
    assert entry.window is Window.ENTERPRISE
    assert entry.facts.handling is Handling.CARRIED
    assert entry.names == ("办照", "开店")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"window": "民政窗口"}, "专窗"),
        ({"handling": "随便"}, "可办"),
        ({"promised": "3个月"}, "3个月"),
        ({"statutory": "20"}, "单位"),
        ({"title": " \n "}, "没有事项名称"),
        ({"title": "长" * 201}, "200"),
        ({"code": "1.144E+30"}, "科学计数法"),
        ({"code": "a/b"}, "a/b"),
        ({"code": "", "body": ""}, "没有编码"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(change: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_row(FULL_ROW | change)
    assert sentence in refused.value.sentence


def test_codes_are_checked() -> None:
    for change, why in (
        ({"code": "1.1E+12"}, CodeInScientific),
        ({"code": "甲1"}, BadCode),
        ({"code": "", "body": ""}, RowWithoutCode),
        ({"title": ""}, RowWithoutTitle),
    ):
        with pytest.raises(why):
            read_row(FULL_ROW | change)


def test_a_row_without_code_gets_a_stable_one_and_stays_a_draft() -> None:
    entry = read_row(FULL_ROW | {"code": ""})
    assert (
        entry.code
        == own_code("示例县民政局", "最低生活保障申请")
        == own_code("示例县 民政局", "最低生活保障申请 ")
    )
    assert entry.code != own_code("示例县公安局", "最低生活保障申请")
    assert not entry.is_coded
    assert judge(entry, None, ANY_YEAR).draft_reason == "还缺：实施编码。"


@pytest.mark.parametrize(("field", "chinese"), REQUIRED.items())
def test_an_empty_cell_is_no_answer(field: str, chinese: str) -> None:
    if field == "title":
        return
    entry = read_row(FULL_ROW | {field: " \n"})
    assert missing_answers(entry.facts) == (chinese,)
    verdict = judge(entry, None, ANY_YEAR)
    assert (verdict.outcome, verdict.draft_reason) == (Outcome.DRAFTED, f"还缺：{chinese}。")


def test_none_is_an_answer() -> None:
    none = dict.fromkeys(
        ("statutory", "promised", "conditions", "materials", "phone", "complaint_phone"), "无"
    )
    facts = read_row(FULL_ROW | none | {"place": "无线下办理窗口"}).facts
    assert missing_answers(facts) == ()
    assert (facts.materials, facts.statutory) == ((), NO_LIMIT)


def test_the_words_of_a_range_go_into_the_note() -> None:
    facts = read_row(FULL_ROW | {"promised": "7-10工作日", "limit_note": "遇公示另计。"}).facts
    assert facts.promised == parse_limit("10工作日")
    assert facts.limit_note == "遇公示另计。\n承诺办结时限原文：7-10工作日"


def test_the_starter_items_are_all_complete() -> None:
    sheet = read_sheet(read_csv(STARTER.name, STARTER.read_bytes()))
    assert (len(sheet.rows), sheet.refused, sheet.unknown_columns) == (60, (), ())
    verdicts = {judge(row.entry, None, ANY_YEAR).draft_reason for row in sheet.rows}
    assert verdicts == {""}
    assert all(row.entry.names and row.entry.window for row in sheet.rows)


def test_facts_need_no_more_than_a_title() -> None:
    assert set(missing_answers(ItemFacts("甲"))) == set(REQUIRED.values()) - {"事项名称"}
