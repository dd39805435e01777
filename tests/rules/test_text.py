"""文字: any legal name goes in as it is, and is found however its dots were typed."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import InvalidInput
from kernel.text import (
    NAME_LIMIT,
    checked_name,
    checked_text,
    folded,
    forbidden_character,
    masked_name,
    whole_number,
)

FEW = settings(max_examples=30, deadline=None, database=None)
#: 40 characters, made up
LONG_NAME = "阿布都热依木江·买买提吐尔逊·艾合买提江·吐尔洪阿吉·库尔班尼亚孜·热合曼江阿洪"
SEPARATORS = "·‧•・．∙⋅･."


def texts(first: int, last: int) -> st.SearchStrategy[str]:
    """Return texts of any code points; `st.characters` would first build a table for a second."""
    return st.lists(st.integers(first, last).map(chr), max_size=20).map("".join)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("张三", "an ordinary name"),
        ("𠮷某", "U+20BB7 lies outside the first plane"),
        ("王㛃", "U+36C3, extension A"),
        ("李𬭼", "U+2CB7C, extension E"),
        ("赵\U000323af", "U+323AF, extension H: newer than the table in Python 3.11"),
        ("钱\U0002ebf0", "U+2EBF0, extension I: newer still"),
        ("\ufa19某", "U+FA19, a compatibility ideograph"),
        ("孙\ue863", "U+E863, private use of older ID card software"),
        ("葛\U000e0100某", "an ideographic variation sequence"),
        ("Ms. O'Neil-Ångström", "a foreigner"),
        (LONG_NAME, "forty characters with dots"),
        ("某" * NAME_LIMIT, "as long as a name may be"),
    ],
)
def test_a_legal_name_is_kept_as_it_was_typed(name: str, why: str) -> None:
    assert checked_name(f" {name}\u3000").encode() == name.encode(), why


def test_normal_form_would_have_changed_a_name() -> None:
    assert unicodedata.normalize("NFC", "\ufa19") != "\ufa19", "the control"
    assert checked_name("\ufa19") == "\ufa19"


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("\x00", "0000"),
        ("\x07", "0007"),
        ("\x1b", "001B"),
        ("\x7f", "007F"),
        ("\x9f", "009F"),
        ("\u00ad", "00AD"),
        ("\u061c", "061C"),
        ("\u200b", "200B"),
        ("\u200d", "200D"),
        ("\u200f", "200F"),
        ("\u2028", "2028"),
        ("\u2029", "2029"),
        *((chr(code), f"{code:04X}") for code in range(0x202A, 0x202F)),
        ("\u2060", "2060"),
        *((chr(code), f"{code:04X}") for code in range(0x2066, 0x206A)),
        ("\u3164", "3164"),
        ("\ufeff", "FEFF"),
        ("\ufffd", "FFFD"),
        ("\ufffe", "FFFE"),
        ("\U0002ffff", "2FFFF"),
        ("\U000e0041", "E0041"),
        ("\ud800", "D800"),
        ("\udfff", "DFFF"),
    ],
)
def test_what_nobody_can_see_is_refused_with_a_sentence(bad: str, code: str) -> None:
    assert forbidden_character(f"张{bad}三") == bad
    for check in (checked_name, checked_text):
        with pytest.raises(InvalidInput, match=rf"特殊字符（U\+{code}）") as refused:
            check(f"张{bad}三")
        assert refused.value.sentence.encode(), "the sentence itself can be shown"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "请填写姓名"),
        (" \u3000", "请填写姓名"),
        ("张\n三", "换行"),
        ("张\t三", "换行"),
        ("<张三>", "尖括号"),
        ("某" * (NAME_LIMIT + 1), "最多100个字，现在有101个"),
    ],
)
def test_what_is_no_name_is_refused_in_words(name: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        checked_name(name)


def test_longer_text_may_have_lines_and_braces() -> None:
    assert checked_text(" 第一行\n\t第二行{x} ") == "第一行\n\t第二行{x}"


def test_a_long_text_is_refused_with_both_counts() -> None:
    with pytest.raises(InvalidInput, match="最多5个字，现在有6个"):
        checked_text("一二三四五六", 5)


@pytest.mark.parametrize("dot", SEPARATORS)
def test_a_long_name_is_found_under_every_kind_of_dot(dot: str) -> None:
    assert len(LONG_NAME) == 40
    typed = LONG_NAME.replace("·", dot)
    assert checked_name(typed) == typed, "stored as typed"
    assert folded(typed) == folded(LONG_NAME) == LONG_NAME
    assert folded(LONG_NAME.replace("·", f" {dot} ")) == LONG_NAME


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("张 三", "张三"),
        ("张\u3000三", "张三"),
        ("ＡＢＣ１２", "abc12"),
        ("Abc", "abc"),
        ("𠮷某", "𠮷某"),
        ("孙\ue863", "孙\ue863"),
        ("\ufa19", "神"),
    ],
)
def test_search_keys_forget_width_case_and_spaces(typed: str, key: str) -> None:
    assert folded(typed) == key


@FEW
@given(texts(0x3400, 0x323AF))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@FEW
@given(texts(0, 0x10FFFF))
def test_any_text_is_either_kept_or_refused_and_never_fails(text: str) -> None:
    try:
        kept = checked_name(text)
    except InvalidInput as refused:
        assert refused.sentence.encode()
    else:
        assert kept == text.strip()
        assert kept.encode().decode() == kept


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张三", "张*"), ("张小三", "张*三"), ("欧阳小三", "欧**三"), ("𠮷某", "𠮷*"), ("张", "张*")],
)
def test_a_masked_name_shows_its_ends(name: str, shown: str) -> None:
    assert masked_name(name) == shown


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7", 7), (" 15 ", 15), ("999999999", 999_999_999), ("007", 7)],
)
def test_a_number_is_up_to_nine_plain_digits(typed: str, number: int) -> None:
    assert whole_number(typed) == number


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "十", "１５", "²", "1 5", "1" * 10, "9" * 5000])
def test_anything_else_is_no_number(typed: str) -> None:
    assert whole_number(typed) is None
