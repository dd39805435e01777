"""密码与动态码的规矩: what is soon guessed here, and what a code looks like."""

from datetime import UTC, datetime, timedelta

import pytest

from kernel.access import Role
from kernel.errors import InvalidInput
from kernel.staff.rules import (
    ABSOLUTE,
    RolesClash,
    WrongSecret,
    check_password,
    check_roles,
    check_secret,
    is_over,
    plain_digits,
)

WORDS = ["示例乡", "示例乡便民服务中心", "示例乡便民中心", "wang_fang", "示例王方"]


@pytest.mark.parametrize(
    "password",
    [
        "示例乡示例乡示例乡",
        "示例乡20260302",
        "shilixiang",
        "ShiLiXiang1",
        "shili123",
        "shilixiangbianmin",
        "wang_fang",
        "WANG_FANG1",
        "shiliwangfang",
        "bianmin123",
        "zhengwufuwu",
        "xiangzhengfu1",
        "woaini520",
        "5201314520",
        "admin@123",
        "12345678",
        "11111111",
        "qwer1234",
        "1qaz2wsx",
        "password",
        "19900101",
        "abcdefgh",
    ],
)
def test_what_somebody_in_this_hall_would_try_first_is_refused(password: str) -> None:
    with pytest.raises(InvalidInput, match="太容易猜"):
        check_password(password, WORDS)


@pytest.mark.parametrize(("length", "is_fit"), [(7, False), (8, True), (128, True), (129, False)])
def test_a_password_has_8_to_128_characters(length: int, is_fit: bool) -> None:
    password = ("k7#Vq2!mZ9 江" * 20)[:length]
    if is_fit:
        check_password(password, WORDS)
        return
    with pytest.raises(InvalidInput, match="8到128个字符"):
        check_password(password, WORDS)


@pytest.mark.parametrize(
    "password", ["九月的桂花落在旧船上", "correct horse battery", "k7#Vq2!m", "鹅 灯 桥 雾 3"]
)
def test_words_that_have_nothing_to_do_with_each_other_are_fit(password: str) -> None:
    check_password(password, WORDS)


def test_another_towns_name_may_be_used_here() -> None:
    """The control: it is this town's words that are known, not any."""
    check_password("lvshuiqiao2031", WORDS)
    with pytest.raises(InvalidInput):
        check_password("lvshuiqiao2031", [*WORDS, "绿水桥镇"])


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("123456", "123456"),
        ("１２３４５６", "123456"),
        (" 123 456 ", "123456"),
        ("123-456", "123456"),
        ("٣٤٥", "345"),
        ("²", ""),
        ("一二三", ""),
        ("\x00\ud800", ""),
        ("", ""),
    ],
)
def test_a_code_is_read_as_it_is_typed(typed: str, digits: str) -> None:
    assert plain_digits(typed) == digits


@pytest.mark.parametrize("secret", ["", "A" * 31, "A" * 33, "a" * 32, "A" * 31 + "1", "密" * 32])
def test_a_secret_we_did_not_make_is_none(secret: str) -> None:
    with pytest.raises(WrongSecret):
        check_secret(secret)
    check_secret("A" * 30 + "27")


@pytest.mark.parametrize(
    "roles",
    [
        frozenset(Role) - {Role.DISCIPLINE},
        {Role.BOOKKEEPER, Role.CASHIER, Role.HEAD},
    ],
)
def test_who_books_does_not_hold_the_money(roles: frozenset[Role]) -> None:
    with pytest.raises(RolesClash, match="管账不管钱"):
        check_roles(frozenset(roles))
    check_roles(frozenset(roles) - {Role.CASHIER})


def test_who_hands_out_accounts_does_not_read_what_is_reported() -> None:
    with pytest.raises(RolesClash, match="不看举报"):
        check_roles(frozenset({Role.ADMIN, Role.DISCIPLINE}))


@pytest.mark.parametrize(
    ("opened", "seen", "is_done"),
    [
        (timedelta(0), timedelta(0), False),
        (timedelta(minutes=30), timedelta(minutes=30), False),
        (timedelta(minutes=31), timedelta(minutes=31), True),
        (ABSOLUTE, timedelta(0), False),
        (ABSOLUTE + timedelta(seconds=1), timedelta(0), True),
    ],
)
def test_a_session_ends_by_idling_or_by_age(
    opened: timedelta, seen: timedelta, is_done: bool
) -> None:
    now = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    assert is_over(now - opened, now - seen, now, timedelta(minutes=30)) is is_done
