"""证件: numbers are read as people write them, and a slip of the finger is always caught.

Every number here stands in a region that does not exist (99xxxx), so it is nobody's.
"""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kernel import identity
from kernel.errors import InvalidInput
from kernel.identity import (
    DocumentKind,
    ResidentId,
    Sex,
    check_character,
    normalised_number,
    parse_credit_code,
    parse_resident_id,
)

TODAY = date(2026, 3, 2)
FEW = settings(max_examples=25, deadline=None, database=None)
MAN = "990101197503070012"
WOMAN_X = "99010119490101002X"
BODY = "99990101MA00000016"


def numbered(first17: str) -> str:
    return first17 + check_character(first17)


#: a foreigner's card of the new kind
CARD = numbered("99900019900101002")


@st.composite
def resident_numbers(draw: st.DrawFn) -> str:
    region = draw(st.integers(990000, 999999))
    born_on = draw(st.dates(date(1900, 1, 1), TODAY))
    return numbered(f"{region}{born_on:%Y%m%d}{draw(st.integers(0, 999)):03}")


def is_caught(parse: Callable[[str], object], wrong: str) -> bool:
    try:
        parse(wrong)
    except InvalidInput:
        return True
    return False


def slips(number: str, alphabet: str) -> list[str]:
    """Return every way of typing one character wrongly."""
    return [
        number[:place] + typed + number[place + 1 :]
        for place in range(len(number))
        for typed in alphabet
        if typed != number[place]
    ]


def test_check_characters_are_those_printed_in_the_standards() -> None:
    assert check_character("11010519491231002") == "X", "an example of GB 11643"
    assert check_character("44052418800101001") == "4", "the other example of GB 11643"
    assert identity.credit_check_character("91350100M000100Y4") == "3", "the example of GB 32100"


@pytest.mark.parametrize(
    ("typed", "number", "born_on", "sex", "why"),
    [
        (MAN, MAN, date(1975, 3, 7), Sex.MALE, "an odd 17th digit is a man"),
        (WOMAN_X, WOMAN_X, date(1949, 1, 1), Sex.FEMALE, "an even 17th digit is a woman"),
        (WOMAN_X.lower(), WOMAN_X, date(1949, 1, 1), Sex.FEMALE, "a small x"),
        ("99010119490101002Ｘ", WOMAN_X, date(1949, 1, 1), Sex.FEMALE, "a wide X"),
        ("９９０１０１１９７５０３０７００１２", MAN, date(1975, 3, 7), Sex.MALE, "wide digits"),
        (" 990101 19750307 0012\u3000", MAN, date(1975, 3, 7), Sex.MALE, "spaces"),
        ("990101-19750307—0012", MAN, date(1975, 3, 7), Sex.MALE, "dashes"),
        ("\u202d990101197503070012\u202c", MAN, date(1975, 3, 7), Sex.MALE, "copied from a chat"),
        ("990101750307001", MAN, date(1975, 3, 7), Sex.MALE, "an old number of 15 digits"),
        (numbered("99010120000229001"), "", date(2000, 2, 29), Sex.MALE, "a leap day"),
        (numbered("99010119860504001"), "", date(1986, 5, 4), Sex.MALE, "a day with a lost hour"),
        (numbered("81000019900101002"), "", date(1990, 1, 1), Sex.FEMALE, "a Hong Kong resident"),
        (numbered("82000019900101002"), "", date(1990, 1, 1), Sex.FEMALE, "a Macao resident"),
        (numbered("83000019900101002"), "", date(1990, 1, 1), Sex.FEMALE, "a Taiwan resident"),
        (numbered("00000019900101002"), "", date(1990, 1, 1), Sex.FEMALE, "no region is refused"),
        (numbered("99010120260302001"), "", TODAY, Sex.MALE, "born today"),
    ],
)
def test_resident_numbers_are_read_as_people_type_them(
    typed: str, number: str, born_on: date, sex: Sex, why: str
) -> None:
    assert parse_resident_id(typed, TODAY) == ResidentId(number or typed, born_on, sex), why


@pytest.mark.parametrize(
    ("typed", "refusal", "words"),
    [
        ("", identity.NumberMissing, "请填写证件号码"),
        (MAN[:-1], identity.WrongLength, "现在是17位"),
        (MAN + "0", identity.WrongLength, "现在是19位"),
        ("A" + MAN[1:], identity.WrongLetters, "第1位"),
        (MAN[:16] + "X" + MAN[17], identity.WrongLetters, "第17位"),
        (MAN[:-1] + "Y", identity.WrongLetters, "第18位"),
        ("99010175030700X", identity.WrongLetters, "第15位"),
        ("٩" + MAN[1:], identity.WrongLetters, "第1位"),
        ("\ud800" + MAN[1:], identity.WrongLetters, "第1位"),
        ("\x00" + MAN[1:], identity.WrongLetters, "第1位"),
        (MAN[:-1] + "9", identity.WrongCheckDigit, "校验位不对，请对照证件逐位核对"),
        (numbered("99010119990229001"), identity.NoSuchBirthday, "出生日期不存在"),
        (numbered("99010100000101001"), identity.NoSuchBirthday, "出生日期不存在"),
        (numbered("99010101990101001"), identity.NoSuchBirthday, "出生日期不存在"),
        ("990101750230001", identity.NoSuchBirthday, "出生日期不存在"),
        (numbered("99010120260303001"), identity.BornInFuture, "晚于今天"),
    ],
)
def test_each_slip_has_its_sentence(typed: str, refusal: type[InvalidInput], words: str) -> None:
    with pytest.raises(refusal, match=words) as refused:
        parse_resident_id(typed, TODAY)
    assert refused.value.status == 422
    assert refused.value.sentence.encode()


@FEW
@given(resident_numbers())
def test_every_number_with_its_check_digit_is_read_back_unchanged(number: str) -> None:
    resident = parse_resident_id(number, TODAY)
    assert resident.number == number
    assert f"{resident.born_on:%Y%m%d}" == number[6:14]


@FEW
@given(resident_numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_character_is_always_caught(number: str, place: int, typed: str) -> None:
    assume(number[place] != typed)
    assert is_caught(parse_resident_id, number[:place] + typed + number[place + 1 :])


@FEW
@given(resident_numbers(), st.integers(0, 16))
def test_two_neighbours_swapped_are_always_caught(number: str, place: int) -> None:
    first, second = number[place], number[place + 1]
    assume(first != second)
    assert is_caught(parse_resident_id, number[:place] + second + first + number[place + 2 :])


def test_of_one_number_all_slips_are_caught_without_exception() -> None:
    wrong = slips(MAN, "0123456789X")
    assert len(wrong) == 18 * 10
    assert all(is_caught(parse_resident_id, slip) for slip in wrong)
    assert not is_caught(parse_resident_id, MAN), "the control: the number itself passes"


def test_every_slip_in_a_credit_code_is_caught() -> None:
    assert all(is_caught(parse_credit_code, slip) for slip in slips(BODY, identity.CREDIT_ALPHABET))
    assert not is_caught(parse_credit_code, BODY), "the control: the code itself passes"


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (DocumentKind.RESIDENT_ID, WOMAN_X.lower(), WOMAN_X),
        (DocumentKind.PERMANENT_RESIDENCE, CARD, CARD),
        (DocumentKind.PERMANENT_RESIDENCE, "xxx 9901-9001-0100", "XXX990190010100"),
        (DocumentKind.CREDIT_CODE, f" {BODY[:8].lower()}-{BODY[8:]}", BODY),
        (DocumentKind.PASSPORT, " ｅ-0000 0000", "E00000000"),
        (DocumentKind.BIRTH_CERTIFICATE, "z 000000001", "Z000000001"),
        (DocumentKind.OTHER, "退役字第 00-1 号", "退役字第00-1号"),
        (DocumentKind.OTHER, "一" * 40, "一" * 40),
        (DocumentKind.NONE, " ", ""),
    ],
)
def test_each_kind_has_one_stored_form(kind: DocumentKind, typed: str, stored: str) -> None:
    assert normalised_number(kind, typed, TODAY) == stored
    assert normalised_number(kind, stored, TODAY) == stored, "and it reads back as itself"


@pytest.mark.parametrize(
    ("kind", "typed", "refusal", "words"),
    [
        (DocumentKind.RESIDENT_ID, MAN[:-1] + "9", identity.WrongCheckDigit, "校验位"),
        (DocumentKind.CREDIT_CODE, "", identity.NumberMissing, "请填写"),
        (DocumentKind.CREDIT_CODE, "99990101MA", identity.WrongLength, "现在是10位"),
        (DocumentKind.CREDIT_CODE, "9999O" + BODY[5:], identity.WrongCreditLetters, "第5位"),
        (DocumentKind.CREDIT_CODE, BODY[:-1] + "中", identity.WrongCreditLetters, "第18位"),
        (DocumentKind.CREDIT_CODE, BODY[:-1] + "7", identity.WrongCheckDigit, "校验位"),
        (DocumentKind.PERMANENT_RESIDENCE, "990101750307001", identity.WrongForm, "永久居留"),
        (DocumentKind.PERMANENT_RESIDENCE, MAN[:-1] + "9", identity.WrongCheckDigit, "校验位"),
        (DocumentKind.PASSPORT, "E000", identity.WrongForm, "5至20位"),
        (DocumentKind.PASSPORT, "E" * 21, identity.WrongForm, "5至20位"),
        (DocumentKind.BIRTH_CERTIFICATE, "0000000001", identity.WrongForm, "1个字母加9位数字"),
        (DocumentKind.OTHER, "一" * 41, identity.WrongForm, "1至40个字"),
        (DocumentKind.OTHER, "\x00证", InvalidInput, "特殊字符"),
        (DocumentKind.OTHER, "\u200b", identity.NumberMissing, "暂无证件"),
        (DocumentKind.NONE, "12", identity.NumberUnexpected, "改选证件种类"),
    ],
)
def test_a_number_that_does_not_fit_its_kind_is_refused_in_words(
    kind: DocumentKind, typed: str, refusal: type[InvalidInput], words: str
) -> None:
    with pytest.raises(refusal, match=words):
        normalised_number(kind, typed, TODAY)


def test_every_kind_and_sex_has_a_chinese_label() -> None:
    assert set(identity.LABELS) == set(DocumentKind)
    assert set(identity.SEX_LABELS) == set(Sex)


@pytest.mark.parametrize(
    ("number", "public", "staff"),
    [
        (MAN, "9****************2", "990***********0012"),
        ("E00000001", "E*******1", "E*******1"),
        ("12345678901", "1*********1", "123****8901"),
        ("123", "1*3", "1*3"),
        ("12", "**", "**"),
        ("", "", ""),
    ],
)
def test_the_public_is_shown_less_than_the_counter(number: str, public: str, staff: str) -> None:
    assert (identity.masked_number(number), identity.counter_mask(number)) == (public, staff)


def test_a_resident_id_does_not_tell_its_number_to_the_logs() -> None:
    assert repr(parse_resident_id(MAN, TODAY)) == "ResidentId()"


@pytest.mark.parametrize(
    ("born_on", "sex", "found"),
    [
        (date(1975, 3, 7), Sex.MALE, ()),
        (None, None, ()),
        (date(1975, 3, 8), None, ("出生日期",)),
        (date(1975, 3, 8), Sex.FEMALE, ("出生日期", "性别")),
    ],
)
def test_a_birthday_or_sex_unlike_the_number_needs_a_reason(
    born_on: date | None, sex: Sex | None, found: tuple[str, ...]
) -> None:
    resident = parse_resident_id(MAN, TODAY)
    assert identity.contradictions(resident, born_on, sex) == found
    identity.check_birth_and_sex(resident, born_on, sex, "户口本登记与身份证不同，派出所已受理更正")
    if found:
        with pytest.raises(identity.ContradictsNumber, match="、".join(found)):
            identity.check_birth_and_sex(resident, born_on, sex, "  ")
        return
    identity.check_birth_and_sex(resident, born_on, sex)
