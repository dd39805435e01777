"""电话簿的规矩: one number has one owner and is rung once a year; what a unit's entry may say."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kernel.contact import parse_phone
from kernel.errors import Conflict, InvalidInput
from kernel.text import checked_text
from kernel.town.rules import DIRECTORY_GROUPS


class CheckResult(StrEnum):
    """What came of ringing a number."""

    RIGHT = "right"  # 打通，号码对
    NO_ANSWER = "no_answer"  # 没人接
    WRONG = "wrong"  # 号码不对


CHECK_NAMES = {
    CheckResult.RIGHT: "打通，号码对",
    CheckResult.NO_ANSWER: "没人接",
    CheckResult.WRONG: "号码不对",
}
#: a number nobody rang for longer than this is marked (practice: a yearly check by calling)
CHECKED_FOR = timedelta(days=365)
BETWEEN_NUMBERS = "、"
LONGEST_LINE, LONGEST_NAME = 300, 60
_UNIT_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,31}")
_SEPARATORS = re.compile(r"[、，,;；/\n]+")


class BadUnitCode(InvalidInput):
    message = "编号只用字母、数字和横线，例如 U71。"
    field = "code"


class UnitCodeTaken(InvalidInput):
    message = "编号“{code}”已经是“{name}”的，请换一个。"
    field = "code"


class UnitChanged(Conflict):
    message = "这个单位刚刚被他人改动，您填写的内容都还在下面；请先对照最新内容，再按一次。"


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What the directory says of one unit."""

    code: str
    group: str
    name: str
    business: str
    place: str
    hours: str
    phone: str
    owner: str


def checked_unit_code(typed: str) -> str:
    """Return a unit's code. Raises BadUnitCode."""
    code = checked_text(typed, 32)
    if not _UNIT_CODE.fullmatch(code):
        raise BadUnitCode
    return code


def checked_numbers(typed: str) -> str:
    """Return the telephone numbers of a unit, with 、 between. Raises InvalidInput."""
    numbers = [one.strip() for one in _SEPARATORS.split(checked_text(typed, LONGEST_LINE))]
    for number in filter(None, numbers):
        parse_phone(number)
    if not any(numbers):
        raise InvalidInput(sentence="请填写电话号码；电话簿里没有号码的单位没有用。")
    return BETWEEN_NUMBERS.join(filter(None, numbers))


def checked_name(typed: str) -> str:
    """Return a unit's name. Raises InvalidInput."""
    name = checked_text(typed, LONGEST_NAME)
    if not name:
        raise InvalidInput(sentence="请填写单位名称。")
    return name


def checked_group(typed: str) -> str:
    """Return a group of the directory by its key or its name. Raises InvalidInput."""
    by_name = {name: key for key, name in DIRECTORY_GROUPS.items()}
    group = by_name.get(typed.strip(), typed.strip())
    if group not in DIRECTORY_GROUPS:
        known = BETWEEN_NUMBERS.join(DIRECTORY_GROUPS.values())
        raise InvalidInput(sentence=f"分类请写{known}中的一个。")
    return group


def needs_check(checked_on: date | None, today: date) -> bool:
    """Say whether somebody should ring the number again."""
    return checked_on is None or today - checked_on > CHECKED_FOR


def shared_numbers(units: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the numbers that several units (name, numbers) have, with the units' names."""
    holders: dict[str, list[str]] = {}
    for name, numbers in units:
        for number in dict.fromkeys(filter(None, numbers.split(BETWEEN_NUMBERS))):
            holders.setdefault(number, []).append(name)
    return {number: names for number, names in holders.items() if len(names) > 1}
