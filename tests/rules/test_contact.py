"""联系电话: numbers are read as people write them, and stored in one way.

Numbers are those of the sample town: area code 0000 is no place, mobiles begin with 154.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.contact import (
    ExtensionUnexpected,
    NotOnePhone,
    PhoneAbroad,
    PhoneKind,
    PhoneMissing,
    WrongMobileLength,
    WrongPhone,
    last_four,
    masked_phone,
    parse_phone,
)
from kernel.errors import InvalidInput

MOBILE = "+8615400001234"
DESK = "+860008000123"


@pytest.mark.parametrize(
    "typed",
    [
        "15400001234",
        "154 0000 1234",
        "154-0000-1234",
        "154－0000－1234",
        "154.0000.1234",
        "154—0000—1234",
        "１５４００００１２３４",
        "+8615400001234",
        "+86 154 0000 1234",
        "+86-154-0000-1234",
        "＋８６ 15400001234",
        "(+86)15400001234",
        "（+86）154 0000 1234",
        "008615400001234",
        "0086 154-0000-1234",
        "8615400001234",
        "86-154-0000-1234",
        "015400001234",
        " 15400001234\u3000",
        "\u202d15400001234\u202c",
        "154\u00a00000\u20091234",
    ],
)
def test_a_mobile_is_one_number_however_it_is_written(typed: str) -> None:
    phone = parse_phone(typed)
    assert (phone.kind, phone.stored) == (PhoneKind.MOBILE, MOBILE)
    assert phone.display == "154 0000 1234"


def test_every_prefix_from_13_to_19_is_a_mobile() -> None:
    kinds = {parse_phone(f"{prefix}00001234").kind for prefix in range(130, 200)}
    assert kinds == {PhoneKind.MOBILE}


@pytest.mark.parametrize(
    ("typed", "stored", "display"),
    [
        ("0000-8000123", "+860008000123", "0000-8000123"),
        ("00008000123", "+860008000123", "0000-8000123"),
        ("0000 8000 123", "+860008000123", "0000-8000123"),
        ("（0000）8000123", "+860008000123", "0000-8000123"),
        ("+86 0000 8000123", "+860008000123", "0000-8000123"),
        ("+86 000 8000123", "+860008000123", "0000-8000123"),
        ("0086-0000-8000123", "+860008000123", "0000-8000123"),
        ("0000-80001234", "+8600080001234", "0000-80001234"),
        ("0000-8000-1234", "+8600080001234", "0000-80001234"),
        ("010-80001234", "+861080001234", "010-80001234"),
        ("+86 10 8000 1234", "+861080001234", "010-80001234"),
        ("02180001234", "+862180001234", "021-80001234"),
        ("0399-80001234", "+8639980001234", "0399-80001234"),
        ("8000123", "8000123", "8000123"),
        ("8000-1234", "80001234", "80001234"),
        ("0000-8000123-801", "+860008000123;ext=801", "0000-8000123转801"),
        ("0000-8000123转801", "+860008000123;ext=801", "0000-8000123转801"),
        ("0000-8000123 转 分机 801", "+860008000123;ext=801", "0000-8000123转801"),
        ("0000-8000123 ext. 801", "+860008000123;ext=801", "0000-8000123转801"),
        ("0000-8000123 EXT801", "+860008000123;ext=801", "0000-8000123转801"),
        ("0000-8000123#801", "+860008000123;ext=801", "0000-8000123转801"),
        ("0000-8000123，801", "+860008000123;ext=801", "0000-8000123转801"),
        ("+86-000-8000123-801", "+860008000123;ext=801", "0000-8000123转801"),
        ("8000123-6", "8000123;ext=6", "8000123转6"),
        ("400-000-1234", "4000001234", "400-000-1234"),
        ("4000001234", "4000001234", "400-000-1234"),
        ("+86 400 800 1234", "4008001234", "400-800-1234"),
        ("800 000 1234", "8000001234", "800-000-1234"),
        ("400-000-1234转5", "4000001234;ext=5", "400-000-1234转5"),
        ("400-000-1234-5", "4000001234;ext=5", "400-000-1234转5"),
    ],
)
def test_a_landline_is_read_with_or_without_area_and_extension(
    typed: str, stored: str, display: str
) -> None:
    phone = parse_phone(typed)
    assert (phone.kind, phone.stored, phone.display) == (PhoneKind.LANDLINE, stored, display)
    assert parse_phone(stored) == phone, "what is stored reads back as the same"
    assert parse_phone(display) == phone, "and so does what is shown"


@pytest.mark.parametrize("typed", ["110", "6 123", "61-234", "612345", "12345"])
def test_three_to_six_digits_are_a_short_number(typed: str) -> None:
    phone = parse_phone(typed)
    assert phone.kind is PhoneKind.SHORT
    assert phone.stored == phone.display == typed.replace(" ", "").replace("-", "")


@pytest.mark.parametrize(
    ("typed", "refusal", "words"),
    [
        ("", PhoneMissing, "请留空"),
        (" - ", PhoneMissing, "请留空"),
        ("转801", PhoneMissing, "请留空"),
        ("1540000123", WrongMobileLength, "现在是10位"),
        ("154000012345", WrongMobileLength, "现在是12位"),
        ("12400001234", WrongPhone, "手机11位"),
        ("12", WrongPhone, "短号3至6位"),
        ("0000-1800012", WrongPhone, "座机7至8位"),
        ("800012345", WrongPhone, "座机7至8位"),
        ("+852 0000 1234", PhoneAbroad, "境外"),
        ("00852 0000 1234", PhoneAbroad, "境外"),
        ("15400001234/15400005678", NotOnePhone, "一个号码"),
        ("15400001234、15400005678", NotOnePhone, "一个号码"),
        ("找村长", NotOnePhone, "只写数字"),
        ("١٥٤٠٠٠٠١٢٣٤", NotOnePhone, "只写数字"),
        ("154\x0000001234", NotOnePhone, "只写数字"),
        ("\ud80015400001234", NotOnePhone, "只写数字"),
        ("15400001234转8", ExtensionUnexpected, "没有分机"),
        ("6123转8", ExtensionUnexpected, "没有分机"),
    ],
)
def test_what_is_no_number_is_refused_in_words(
    typed: str, refusal: type[InvalidInput], words: str
) -> None:
    with pytest.raises(refusal, match=words) as refused:
        parse_phone(typed)
    assert refused.value.status == 422


@pytest.mark.parametrize(
    ("typed", "masked", "four"),
    [
        ("15400001234", "154****1234", "1234"),
        (MOBILE, "154****1234", "1234"),
        (DESK, "********123", "0123"),
        (f"{DESK};ext=801", "********123", "0123"),
        ("8000123", "****123", "0123"),
        ("400-000-1234", "*******234", "1234"),
        ("6123", "***3", "6123"),
        ("110", "**0", "110"),
        ("", "", ""),
        ("找村长", "", ""),
    ],
)
def test_masks_and_last_digits_never_fail_on_a_list(typed: str, masked: str, four: str) -> None:
    assert (masked_phone(typed), last_four(typed)) == (masked, four)


@settings(max_examples=30, deadline=None, database=None)
@given(st.text("0123456789 -+()转#,xe.８６abc", max_size=18))
def test_anything_typed_is_either_read_the_same_twice_or_refused(typed: str) -> None:
    masked_phone(typed)
    try:
        phone = parse_phone(typed)
    except InvalidInput as refused:
        assert refused.sentence.endswith("。")
    else:
        assert parse_phone(phone.stored) == parse_phone(phone.display) == phone


def test_a_phone_does_not_tell_its_number_to_the_logs() -> None:
    assert "1234" not in repr(parse_phone(MOBILE))
