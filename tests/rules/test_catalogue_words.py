"""词表与没找到的: how words are stored, and which searches are not kept at all."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import InvalidInput
from services_catalog.rules.misses import LONGEST, kept_words
from services_catalog.rules.wordlist import (
    checked_meanings,
    checked_word,
    stored_words,
    table_rows,
)


def test_a_word_may_be_of_two_kinds() -> None:
    stored = stored_words([("补办", "补领、换领", "同义"), ("补办", "", "特指"), ("x", "", "别的")])
    assert stored == {"补办": "补领、换领、〔特指〕"}
    assert sorted(table_rows(stored.items())) == [
        ("补办", "", "特指"),
        ("补办", "补领、换领", "同义"),
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 吃 低保 ", "吃低保"),
        ("ＳＦＺ", "sfz"),
        ("80岁", "80岁"),
        ("13800138000", ""),
        ("138-0013-8000 张三", ""),
        ("99010119400101001X", ""),
        ("1 3 8 0 0", ""),
        ("甲", ""),
        ("？！", ""),
        ("", ""),
        ("长" * 60, "长" * LONGEST),
    ],
)
def test_long_numbers_are_never_kept(typed: str, kept: str) -> None:
    assert kept_words(typed) == kept


@settings(max_examples=40)
@given(st.text(st.characters(categories=["Nd", "Lo", "Po", "Zs"])))
def test_whatever_is_typed_no_long_number_is_kept(typed: str) -> None:
    words = kept_words(typed)
    assert len(words) <= LONGEST
    assert re.search(r"\d{5}", words) is None


def test_words_are_checked() -> None:
    assert checked_word(" 吃低保 ") == "吃低保"
    assert checked_meanings("最低生活保障，低保；、 临时救助") == "最低生活保障、低保、临时救助"
    for check in (checked_word, checked_meanings):
        with pytest.raises(InvalidInput, match="请填写"):
            check("  ")
