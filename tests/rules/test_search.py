"""办事搜索: people find the item by the word they use, however they type it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import services_catalog
from kernel.tables import read_csv
from services_catalog.rules.search.index import Index, SearchEntry, build
from services_catalog.rules.search.questions import without_ages
from services_catalog.rules.search.readings import flat, read, syllables
from services_catalog.rules.search.synonyms import synonyms
from services_catalog.rules.sheets import read_sheet

STARTER = Path(services_catalog.__file__).parent / "starter" / "items.csv"
TABLE = STARTER.with_name("synonyms.csv")
ROWS = read_csv(TABLE.name, TABLE.read_bytes())[1:]
SYNONYMS = synonyms(ROWS)


def starter_index(*, named: bool = True) -> Index:
    sheet = read_sheet(read_csv(STARTER.name, STARTER.read_bytes()))
    entries = [row.entry for row in sheet.rows]
    return build(
        [SearchEntry(one.code, one.facts.title, (named and one.names) or ()) for one in entries],
        SYNONYMS,
    )


INDEX = starter_index()
TITLES_ONLY = starter_index(named=False)
TITLES = {
    row.entry.code: row.entry.facts.title
    for row in read_sheet(read_csv(STARTER.name, STARTER.read_bytes())).rows
}


def titles(query: str, limit: int = 3) -> list[str]:
    return [TITLES[hit.code] for hit in INDEX.find(query, limit)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("身份证丢了", "居民身份证补领"),
        ("上户口", "出生登记"),
        ("吃低保", "最低生活保障申请"),
        ("盖房子", "农村宅基地审批"),
        ("我要吃低保怎么办", "最低生活保障申请"),
        ("shenfenzheng", "居民身份证"),
        ("ShenFenZheng", "居民身份证"),
        ("sfz", "居民身份证"),
        ("shenfenzh", "居民身份证"),
        ("senfenzen", "居民身份证"),
        ("身分证", "居民身份证"),
        ("dibao", "最低生活保障申请"),
        ("zhaijidi", "农村宅基地审批"),
        ("残急人证", "残疾人证"),
        ("领养老金", "城乡居民养老保险待遇申领"),
        ("BM-003", "临时救助申请"),
        ("bm-003", "临时救助申请"),
        ("ＢＭ－００３", "临时救助申请"),
        ("农村宅基地审批", "农村宅基地审批"),
    ],
)
def test_the_right_item_comes_first(query: str, first: str) -> None:
    assert titles(query)[0].startswith(first)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("身份证丢了", "居民身份证补领"),
        ("身分证丢了", "居民身份证补领"),
        ("身份证过期了怎么换", "居民身份证换领"),
        ("请问给孩子上户口需要什么材料", "出生登记"),
        ("吃低保", "最低生活保障申请"),
        ("chidibao", "最低生活保障申请"),
        ("我妈80了能领什么钱", "80周岁以上高龄津贴申领"),
        ("盖房子", "农村宅基地审批"),
        ("老人过世了怎么销户口", "死亡注销户口"),
    ],
)
def test_an_item_nobody_has_named_is_found_by_the_towns_words(query: str, first: str) -> None:
    best = TITLES_ONLY.find(query, 1)[0]
    assert TITLES[best.code].startswith(first)


def test_who_asks_for_a_licence_does_not_mean_its_end() -> None:
    rows = [("开店", "设立登记", "同义"), ("不干了", "注销", "同义"), ("注销", "", "特指")]
    entries = [SearchEntry("a", "公司注销登记"), SearchEntry("b", "公司设立登记")]
    index = build(entries, synonyms(rows))
    assert index.find("公司登记", 1)[0].code == "b"
    assert index.find("公司不干了", 1)[0].code == "a"


def test_empty_words_say_nothing_unless_there_are_no_others() -> None:
    entries = [SearchEntry("a", "怎么样"), SearchEntry("b", "养犬登记")]
    index = build(entries, synonyms([("怎么", "", "虚词"), ("样", "", "虚词")]))
    assert [hit.code for hit in index.find("怎么养犬")] == ["b"]
    assert [hit.code for hit in index.find("怎么样")] == ["a"]


def test_a_word_that_is_written_goes_before_one_that_is_heard() -> None:
    rows = [("开个店", "设立登记", "同义"), ("电影院", "电影放映", "同义")]
    entries = [SearchEntry("a", "公司设立登记"), SearchEntry("b", "电影放映单位审批")]
    index = build(entries, synonyms(rows))
    assert [hit.code for hit in index.find("开个电影院")] == ["b"]
    assert [hit.code for hit in index.find("开各店")] == ["a"]


def test_a_line_that_has_the_characters_is_not_lost_where_the_table_misleads() -> None:
    rows = [("排污", "污水排入管网", "同义"), ("工厂", "企业", "同义")]
    entries = [SearchEntry("a", "企业污水排入管网许可"), SearchEntry("b", "工厂排污协议公证")]
    assert build(entries, synonyms(rows)).find("跟工厂签的排污协议公证", 1)[0].code == "b"


def test_characters_that_empty_words_parted_are_neighbours() -> None:
    entries = [SearchEntry("a", "水供应商登记"), SearchEntry("b", "全年供水登记")]
    index = build(entries, synonyms([("多少", "", "虚词")]))
    assert index.find("供多少水", 1)[0].code == "b"


def test_a_pair_that_stands_nowhere_is_heard() -> None:
    entries = [SearchEntry("a", "户外广告"), SearchEntry("b", "广告牌"), SearchEntry("c", "护照")]
    assert build(entries).find("互照", 1)[0].code == "c"


def test_little_words_part_a_known_word_in_vain() -> None:
    table = synonyms([("开饭店", "乙", "同义")])
    index = build([SearchEntry("A", "甲"), SearchEntry("B", "乙")], table)
    assert [hit.code for hit in index.find("开了个饭店")] == ["B"]


def test_a_word_that_a_question_has_most_of_is_heard_but_weighs_less_than_a_whole_one() -> None:
    table = [("养老金少发", "甲", "同义"), ("养老院", "乙", "同义")]
    index = build([SearchEntry("A", "甲"), SearchEntry("B", "乙")], synonyms(table))
    assert index.find("养老金发少", 1)[0].code == "A"
    assert index.find("养老院和养老金少", 1)[0].code == "B"


def test_who_says_nothing_more_wants_it_for_the_first_time() -> None:
    entries = [SearchEntry("a", "护照注销办法"), SearchEntry("b", "护照首次申领")]
    index = build(entries, synonyms([("注销", "", "特指")]))
    assert index.find("护照", 1)[0].code == "b"


def test_two_rows_for_a_word_count_together() -> None:
    table = synonyms(
        [("丢了", "补领、补办", "同义"), ("丢了", "补办、挂失", "同义"), ("？", "", "无")]
    )
    assert table.official == {"丢了": ("补领", "补办", "挂失")}


def test_the_starters_table_is_well_formed() -> None:
    assert len(SYNONYMS.official) > 1000
    assert len({(row[0], row[2]) for row in ROWS}) == len(ROWS)
    for word, words, kind in ROWS:
        assert word.strip() == word != ""
        assert kind in {"同义", "虚词", "特指"}
        assert bool(words) == (kind == "同义"), word
    assert not SYNONYMS.empty & SYNONYMS.official.keys()


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("83岁", "八十岁"),
        ("80了", "八十岁"),
        ("60周岁", "六十岁"),
        ("101岁", "百岁"),
        ("2岁", "2岁"),
    ],
)
def test_ages_are_read_by_their_decade(typed: str, read_as: str) -> None:
    assert without_ages(typed) == read_as


def test_every_everyday_name_finds_its_own_item() -> None:
    for line in INDEX.lines:
        best = INDEX.find(line.key, 1)[0]
        owners = {INDEX.codes[INDEX.lines[number].item] for number in INDEX.by_key[line.key]}
        assert best.code in owners, line.key


def test_every_title_is_found_by_its_pinyin() -> None:
    for line in INDEX.lines:
        if line.weight == 1.0 and line.spelled.isalpha():
            found = [hit.code for hit in INDEX.find(line.spelled, 3)]
            assert INDEX.codes[line.item] in found, line.key


def test_a_short_line_beats_a_long_one() -> None:
    index = build([SearchEntry("a", "犬只登记"), SearchEntry("b", "犬只登记信息变更和注销的公示")])
    assert [hit.code for hit in index.find("犬只")] == ["a", "b"]


def test_an_everyday_name_beats_a_title_that_only_shares_characters() -> None:
    index = build([SearchEntry("a", "房屋租赁备案"), SearchEntry("b", "建设许可", ["盖房子"])])
    assert index.find("盖房")[0].code == "b"


def test_what_nobody_offers_is_not_found() -> None:
    assert INDEX.find("") == []
    assert INDEX.find("  \u3000") == []
    assert INDEX.find("。，！%_") == []
    assert build([]).find("低保") == []


def test_equal_scores_come_in_the_order_of_codes() -> None:
    index = build([SearchEntry("b", "养犬登记"), SearchEntry("a", "养犬登记")])
    assert [hit.code for hit in index.find("养犬")] == ["a", "b"]


@given(st.text(max_size=200))
def test_any_query_gets_an_answer_in_order(query: str) -> None:
    hits = INDEX.find(query, 5)
    assert len(hits) <= 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@given(st.text(max_size=40))
def test_a_reading_has_a_sound_for_every_unit(text: str) -> None:
    reading = read(text)
    assert len(reading.units) == len(reading.sounds)


def test_pinyin_is_cut_into_the_fewest_syllables() -> None:
    known = {"xi", "an", "xian", "shen", "fen", "zheng", "she"}
    assert syllables("shenfenzheng", known) == ("shen", "fen", "zheng")
    assert syllables("xian", known) == ("xian",)
    assert syllables("shenfenzh", known) == ("shen", "fen")
    assert syllables("qqq", known) == ()


@pytest.mark.parametrize(
    ("sound", "plain"),
    [("zheng", "zen"), ("shi", "si"), ("nan", "lan"), ("ling", "lin"), ("e", "e")],
)
def test_southern_ears_hear_no_difference(sound: str, plain: str) -> None:
    assert flat(sound) == plain
