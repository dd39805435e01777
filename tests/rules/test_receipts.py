"""受理编号与查询码: read as people say, type and scan them; no slip of one digit passes."""

from collections.abc import Callable
from string import ascii_uppercase, digits

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.cases.rules.receipts import (
    PREFIX,
    check_digit,
    read_lookup_code,
    read_number,
    receipt_number,
)
from kernel.vault import CROCKFORD, Vault
from services_catalog.rules.items import Window

NUMBERS = st.builds(
    receipt_number,
    st.sampled_from(Window),
    st.integers(2024, 2099),
    st.integers(1, 9_999_999),
)


@pytest.mark.parametrize(
    ("window", "year", "serial", "number"),
    [
        (Window.GENERAL, 2026, 17, "Z26-00017-8"),
        (Window.GENERAL, 2026, 1, "Z26-00001-4"),
        (Window.ENTERPRISE, 2026, 1, "Q26-00001-5"),
        (Window.VILLAGE_ACCOUNTS, 2027, 99_999, "C27-99999-3"),
        (Window.PETITIONS, 2100, 100_000, "X00-100000-4"),
    ],
)
def test_a_number_names_window_year_and_serial(
    window: Window, year: int, serial: int, number: str
) -> None:
    assert receipt_number(window, year, serial) == number


@pytest.mark.parametrize(
    ("number", "digit"),
    [("0794", "5"), ("00200667308", "5"), ("79462", "3")],
)
def test_the_check_digit_is_that_of_the_standard(number: str, digit: str) -> None:
    """The first is the example of ISO/IEC 7064; a letter stands for its two leading figures."""
    place = int(number[:2])
    if place < len(ascii_uppercase):
        assert check_digit(ascii_uppercase[place], number[2:]) == digit
    assert _by_the_text_of_the_standard(number) == digit


def _by_the_text_of_the_standard(number: str) -> str:
    """Find the figure that makes the whole number come out as 1."""
    carried = 10
    for figure in number:
        carried = 2 * ((carried + int(figure)) % 10 or 10) % 11
    return next(figure for figure in digits if (carried + int(figure)) % 10 == 1)


@settings(max_examples=30)
@given(NUMBERS)
def test_every_number_bears_the_digit_of_the_standard(number: str) -> None:
    letter, rest = number[0], number[1:].replace("-", "")
    figures = f"{ascii_uppercase.index(letter):02d}{rest}"
    assert _by_the_text_of_the_standard(figures[:-1]) == figures[-1]


@settings(max_examples=30)
@given(NUMBERS)
def test_a_number_is_read_as_it_was_given(number: str) -> None:
    assert read_number(number) == number


WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@settings(max_examples=30)
@given(NUMBERS)
def test_a_number_is_read_however_it_was_typed(number: str) -> None:
    bare = number.replace("-", "")
    for typed in (
        number.lower(),
        bare,
        bare.lower(),
        number.translate(WIDE),
        bare.lower().translate(WIDE),
        number.replace("-", "—"),
        number.replace("-", "——"),
        number.replace("-", "–"),
        number.replace("-", "−"),
        number.replace("-", " "),
        number.replace("-", "　"),
        f"  {number}\n",
        " ".join(bare),
    ):
        assert read_number(typed) == number, typed


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "Z26-00017",
        "Z26-00017-5",
        "A26-00017-8",
        "26-00017-8",
        "Z26-0017-8",
        "Z26-00017-8-8",
        "Z２６-０００１七-5",
        "Z26/00017/8",
        "张三",
        "Z26-00017-8；",
        "Z٢٦-٠٠٠١٧-٨",
    ],
)
def test_what_is_no_number_is_not_read_as_one(typed: str) -> None:
    assert read_number(typed) is None


def _slips(number: str) -> list[str]:
    """Return the number with each digit replaced by each other one."""
    return [
        number[:place] + other + number[place + 1 :]
        for place, digit in enumerate(number)
        if digit.isdecimal()
        for other in digits
        if other != digit
    ]


def _swaps_of_the_letter(number: str) -> list[str]:
    return [other + number[1:] for other in PREFIX.values() if other != number[0]]


@settings(max_examples=30)
@given(NUMBERS)
def test_one_wrong_digit_never_passes(number: str) -> None:
    assert [slip for slip in _slips(number) if read_number(slip)] == []


@settings(max_examples=30)
@given(NUMBERS)
def test_another_windows_letter_never_passes(number: str) -> None:
    assert [slip for slip in _swaps_of_the_letter(number) if read_number(slip)] == []


def _misses(check: Callable[[str, str], str]) -> int:
    """Return how many slips of one digit, or of the letter, a check digit would let pass."""
    missed = 0
    for serial in range(1, 200):
        letter, body = "Z", f"26{serial:05d}"
        sound = check(letter, body)
        missed += sum(check(letter, slip) == sound for slip in _slips(body))
        missed += sum(check(other, body) == sound for other in "QCX")
    return missed


def test_a_weaker_check_digit_would_let_some_pass() -> None:
    def remainder_of_nine(letter: str, body: str) -> str:
        return str((ord(letter) + sum(int(figure) for figure in body)) % 9)

    assert _misses(remainder_of_nine) > 0
    assert _misses(check_digit) == 0


TOKEN = Vault(bytes(32)).token("case", "1")


@pytest.mark.parametrize(
    "typed",
    [
        "{code}",
        " {code}\n",
        "https://desk.test/c/{code}",
        "https://desk.test/C/{code}",
        "HTTPS://DESK.TEST/C/{code}",
        "https://desk.test:8000/c/{code}",
        "/c/{code}",
    ],
)
def test_a_slip_is_read_with_or_without_its_address_in_both_letter_cases(typed: str) -> None:
    for scanned in (typed.format(code=TOKEN), typed.format(code=TOKEN).lower()):
        assert read_lookup_code(scanned) == TOKEN
        assert read_lookup_code(scanned.translate(WIDE)) == TOKEN


@pytest.mark.parametrize("letter", [*sorted(set(ascii_uppercase + digits) - set(CROCKFORD)), "中"])
def test_a_letter_that_no_code_has_is_not_read(letter: str) -> None:
    assert read_lookup_code(TOKEN[:-1] + letter) is None


def test_a_code_has_neither_more_nor_fewer_characters() -> None:
    assert [read_lookup_code(typed) for typed in ("", TOKEN[1:], TOKEN + "0")] == [None] * 3


def test_no_code_is_taken_for_a_number_and_no_number_for_a_code() -> None:
    assert read_number(TOKEN) is None
    assert read_lookup_code("Z26-00017-8") is None
