"""金额: parsed, shown, and in capitals as the rules on filling in bills say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import (
    MOST,
    NotAnAmount,
    NotCapitals,
    capitals,
    parse_fen,
    plain_yuan,
    read_capitals,
    yuan,
)

AMOUNTS = st.integers(-MOST, MOST)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (140950, "壹仟肆佰零玖元伍角"),
        (600714, "陆仟零柒元壹角肆分"),
        (168032, "壹仟陆佰捌拾元叁角贰分"),
        (10700053, "壹拾万柒仟元伍角叁分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (5, "伍分"),
        (0, "零元整"),
        (-100, "负壹元整"),
        (100_0001_0000_00, "壹佰亿零壹万元整"),
    ],
)
def test_amounts_in_capitals_as_the_rules_write_them(fen: int, words: str) -> None:
    assert capitals(fen) == words
    assert read_capitals(words) == fen


@pytest.mark.parametrize(
    "words", ["", "整", "壹", "壹元贰", "拾元万", "壹仟壹佰", "壹元叁肆分", "x元整"]
)
def test_what_is_no_amount_in_capitals_is_refused(words: str) -> None:
    with pytest.raises(NotCapitals):
        read_capitals(words)


def test_capitals_are_read_as_people_write_them() -> None:
    assert read_capitals("人民币：壹佰圆正") == 100_00
    assert read_capitals("壹仟陆佰捌拾元零叁角贰分") == 1680_32
    assert read_capitals("拾元整") == 10_00


@given(AMOUNTS)
def test_what_is_shown_can_be_typed(fen: int) -> None:
    assert parse_fen(yuan(fen)) == parse_fen(plain_yuan(fen)) == fen
    assert read_capitals(capitals(fen)) == fen


@pytest.mark.parametrize(
    "typed", ["", "1.234", "1,23", "12e3", "1.2.3", "一百", "99999999999999", "nan"]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(NotAnAmount):
        parse_fen(typed)


def test_amounts_are_taken_as_an_input_method_writes_them() -> None:
    assert parse_fen("￥１，２３４．５") == 1234_50
    assert parse_fen(" 7 ") == 7_00
    assert parse_fen("-0.05") == -5
