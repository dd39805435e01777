"""Prints: what they say, when they have grown old, and how their codes are drawn."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services_catalog.rules.items import Handling, ItemFacts
from services_catalog.rules.prints import PrintKind, content_digest
from services_catalog.rules.prints.codes import (
    WORTH_LEARNING,
    card_address,
    painter,
    picture,
    village_address,
)
from services_catalog.rules.prints.guide import (
    Contact,
    Imprint,
    Offer,
    Place,
    Unit,
    guide_content,
    shared_prefix,
)
from services_catalog.rules.prints.handbook import (
    Entry,
    faq_content,
    index_content,
    item_address,
    step_content,
)
from services_catalog.rules.prints.kinds import sentences
from services_catalog.rules.prints.orders import (
    Order,
    as_wanted,
    lacking_words,
    legibility_words,
    read_wanted,
)
from services_catalog.rules.prints.sheets import NoSuchSize, SizeOutOfRange, read_size

HOUSE = Imprint(
    "示例乡", "示例乡中心", "示例路1号", "工作日", "0000-1", "0000-2", True, "https://desk.test"
)
ADVISERS = (Contact("示例甲", "指导员", "15400000001"), Contact("示例乙", "委员", "15400000002"))
UNITS = (
    Unit("district", "示例县民政局", "社会救助", "示例县民政局一楼", "工作日", "0000-8000606"),
    Unit("district", "示例县司法局", "公证", "示例县司法局", "工作日", "0000-8000608"),
    Unit("district", "示例县水利局", "取水", "示例县大厅", "每天", "0000-8000617"),
    Unit("district", "示例县林业局", "采伐", "示例县大厅", "工作日", "0000-8000620"),
    Unit("social", "报警", "紧急求助", "全国统一号码", "全天", "110"),
)
OFFERS = (
    Offer("民政", "低保", Handling.HERE, "0000-8000301、12345"),
    Offer("警务", "养犬登记", Handling.CARRIED, "0000-8000305"),
    Offer("民政", "婚姻登记", Handling.REFERRED, "0000-8000607、12345"),
    Offer("民政", "高龄津贴", Handling.HERE, "0000-8000301、12345"),
)
Text = st.text(max_size=8)
Content = st.recursive(Text, lambda inner: st.lists(inner, max_size=4), max_leaves=12).map(
    lambda value: {"said": value}
)


def guide(**changed: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "imprint": HOUSE,
        "village": Place("V01", "示例村"),
        "advisers": ADVISERS,
        "units": UNITS,
        "offers": OFFERS,
    }
    return guide_content(**{**said, **changed})


@given(Content, Content)
@settings(max_examples=25)
def test_a_digest_changes_if_and_only_if_the_words_do(one: Any, other: Any) -> None:
    assert (content_digest(one) == content_digest(other)) == (one == other)


@given(st.data())
@settings(max_examples=20)
def test_any_single_change_of_what_is_said_is_seen(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(OFFERS) - 1))
    title = data.draw(Text)
    offers = list(OFFERS)
    offers[place] = offers[place]._replace(title=title)
    is_same = title == OFFERS[place].title
    assert (content_digest(guide(offers=offers)) == content_digest(guide())) == is_same


def test_what_the_card_does_not_say_does_not_make_it_stale() -> None:
    silent = [unit._replace(business="另一句话") if unit.phone == "110" else unit for unit in UNITS]
    told = [unit._replace(phone="119") if unit.phone == "110" else unit for unit in UNITS]
    assert content_digest(guide(units=silent)) == content_digest(guide())
    assert content_digest(guide(units=told)) != content_digest(guide())


def test_a_moved_address_of_the_codes_makes_every_card_stale() -> None:
    moved = replace(HOUSE, site="https://other.test")
    assert content_digest(guide(imprint=moved)) != content_digest(guide())


def test_items_stand_by_section_with_handling_and_the_phone_that_differs() -> None:
    first, second = guide()["sections"]
    assert (first["name"], first["phone"]) == ("民政", "0000-8000301")
    assert [(item["title"], item["handling"], item["phone"]) for item in first["items"]] == [
        ("低保", "可办", ""),
        ("婚姻登记", "转介", "0000-8000607"),
        ("高龄津贴", "可办", ""),
    ]
    assert second["items"][0]["handling"] == "代办"


def test_what_a_group_has_in_common_is_said_once() -> None:
    social, district = guide()["groups"]
    assert (district["prefix"], district["units"][0]["name"]) == ("示例县", "民政局")
    assert district["units"][0]["words"] == "社会救助（民政局一楼）"
    assert district["units"][2]["words"] == "取水（大厅，每天）"
    assert (social["note"], social["units"][0]["words"]) == ("", "")


@pytest.mark.parametrize("phone", ["0000-2", "0000-2、12345"])
def test_the_phones_for_complaints_always_hold_12345(phone: str) -> None:
    said = guide(imprint=replace(HOUSE, complaint_phone=phone))
    assert said["complaint_phone"] == "0000-2、12345"


def test_a_number_is_no_shared_beginning() -> None:
    assert (
        shared_prefix(["大厅一楼1号", "大厅一楼10号", "大厅一楼11号", "大厅一楼12号"]) == "大厅一楼"
    )
    assert shared_prefix(["示例县", "示例县甲", "示例县乙", "示例县丙"]) == ""


def test_many_codes_are_the_same_as_drawn_one_by_one() -> None:
    addresses = [
        card_address("https://desk.test", f"{number * 7919:026d}")
        for number in range(WORTH_LEARNING)
    ]
    drawn = list(map(painter(addresses), addresses))
    for place in (0, 1, WORTH_LEARNING - 1):
        assert drawn[place] == picture(addresses[place])
    assert len(set(drawn)) == WORTH_LEARNING


def test_addresses_in_codes_are_upper_case() -> None:
    assert card_address("https://desk.test", "0abc") == "HTTPS://DESK.TEST/H/0ABC"
    assert village_address("https://desk.test", "v01") == "HTTPS://DESK.TEST/V/V01"
    assert item_address("https://desk.test", "甲-1") == "HTTPS://DESK.TEST/I/%E7%94%B2-1"


def test_the_index_stands_in_the_order_of_pinyin() -> None:
    facts = ItemFacts(title="最低生活保障")
    index: Any = index_content([Entry("A", facts, ("低保", "五保", "80岁补贴", "吃低保"))])
    assert [letter["letter"] for letter in index] == ["#", "C", "D", "W", "Z"]
    assert index[1]["words"] == [{"word": "吃低保", "code": "A"}]


def test_steps_and_questions_are_cut_where_a_reader_would() -> None:
    assert step_content("受理：窗口查看") == {"name": "受理", "text": "窗口查看"}
    assert step_content("申请→受理") == {"name": "", "text": "申请→受理"}
    pairs = faq_content("问：能代办吗？\n答：能。\n带委托书。\n问：收费吗？\n答：不收。")
    assert pairs == [
        {"question": "能代办吗？", "answer": "能。\n带委托书。"},
        {"question": "收费吗？", "answer": "不收。"},
    ]


@pytest.mark.parametrize(
    ("text", "size"),
    [("a1", ("A1", 841, 594)), ("1200x800", ("1200x800", 1200, 800)), ("800×1200", None)],
)
def test_sizes_of_boards(text: str, size: tuple[str, int, int] | None) -> None:
    found = read_size(text)
    assert (found.name, found.width, found.height) == (size or ("800x1200", 800, 1200))


def test_a_size_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(NoSuchSize, match="B9"):
        read_size("B9")
    with pytest.raises(SizeOutOfRange):
        read_size("3000x297")


def test_a_board_too_small_for_two_metres_is_told() -> None:
    assert legibility_words("A1", 7.6) == ""
    assert "1.1米" in legibility_words("A3", 3.8)


def test_an_order_comes_back_from_the_line_as_it_went_in() -> None:
    order = Order(PrintKind.BOARD, ("V01", "V02"), size="A2", only_stale=True)
    assert read_wanted(as_wanted(order)) == order
    assert order.title == "服务指南牌（V01、V02，A2，只印要换的）"


def test_heads_that_could_not_be_printed_whole_are_named_by_their_doors() -> None:
    assert lacking_words([]) == ""
    assert "有25户" in lacking_words([f"示例村{door}号" for door in range(25)])


def test_every_sentence_of_a_content_is_found() -> None:
    assert list(sentences({"a": ["一", {"b": "二"}], "c": 3})) == ["一", "二"]
