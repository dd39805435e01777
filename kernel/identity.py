"""证件: which papers say who somebody is, and whether their numbers were copied right.

Every way of being wrong is a class of its own, so that the sentence tells what to look at.
Source: GB 11643-1999 (公民身份号码), GB 32100-2015 (统一社会信用代码); practice 7.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from string import digits

from kernel.errors import InvalidInput
from kernel.text import INVISIBLE, checked_text

#: ISO 7064 MOD 11-2, as GB 11643 prints it
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
#: GB 32100: the digits and the letters without I, O, S, V, Z
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
#: nobody with an 18-digit number was born earlier; a smaller year is a slip of the finger
EARLIEST_YEAR = 1800
#: a staff list that hides fewer characters than this hides nothing
LEAST_HIDDEN = 4

_SPACES = re.compile(r"\s+")
_DASHES = re.compile("[-_‐-―−]")
_RESIDENT_LETTERS = re.compile("[0-9]{17}[0-9X]|[0-9]{15}")


class DocumentKind(StrEnum):
    """What somebody showed at the counter."""

    RESIDENT_ID = "resident_id"
    PERMANENT_RESIDENCE = "permanent_residence"
    PASSPORT = "passport"
    BIRTH_CERTIFICATE = "birth_certificate"
    CREDIT_CODE = "credit_code"
    OTHER = "other"
    NONE = "none"


LABELS: dict[DocumentKind, str] = {
    DocumentKind.RESIDENT_ID: "居民身份证",
    DocumentKind.PERMANENT_RESIDENCE: "外国人永久居留身份证",
    DocumentKind.PASSPORT: "护照",
    DocumentKind.BIRTH_CERTIFICATE: "出生医学证明",
    DocumentKind.CREDIT_CODE: "统一社会信用代码",
    DocumentKind.OTHER: "其他证件",
    DocumentKind.NONE: "暂无证件",
}


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


SEX_LABELS: dict[Sex, str] = {Sex.MALE: "男", Sex.FEMALE: "女"}


@dataclass(frozen=True, slots=True)
class ResidentId:
    """公民身份号码: 18 characters and what they say. Its repr is silent, for logs are read."""

    number: str = field(repr=False)
    born_on: date = field(repr=False)
    sex: Sex = field(repr=False)


class NumberMissing(InvalidInput):
    message = "请填写证件号码；没有证件的，证件种类请选“暂无证件”。"


class WrongLength(InvalidInput):
    message = "号码应为{wanted}，现在是{count}位，请对照证件核对。"


class WrongLetters(InvalidInput):
    message = "号码第{place}位不是数字（只有18位号码的末位可以是X），请对照证件改正。"


class WrongCheckDigit(InvalidInput):
    message = "校验位不对，请对照证件逐位核对。"


class NoSuchBirthday(InvalidInput):
    message = "号码里的出生日期不存在，请对照证件核对。"


class BornInFuture(InvalidInput):
    message = "号码里的出生日期晚于今天，请对照证件核对。"


class WrongCreditLetters(InvalidInput):
    message = "统一社会信用代码第{place}位不对：只用数字和大写字母，不用I、O、S、V、Z，请核对。"


class WrongForm(InvalidInput):
    message = "{label}的号码应为{words}，请对照证件核对，或改选证件种类。"


class NumberUnexpected(InvalidInput):
    message = "选了“暂无证件”就不填号码；有号码的，请改选证件种类。"


class ContradictsNumber(InvalidInput):
    message = "所填的{what}与身份证号码不一致，请核对；确实不同的，请写明理由。"


#: what the kinds without a check digit look like, and the same in words
FORMS: dict[DocumentKind, tuple[re.Pattern[str], str]] = {
    DocumentKind.PERMANENT_RESIDENCE: (
        re.compile("9[0-9]{16}[0-9X]|[A-Z]{3}[0-9]{12}"),
        "9开头的18位，旧证为3个字母加12位数字",
    ),
    DocumentKind.PASSPORT: (re.compile("[0-9A-Z]{5,20}"), "5至20位字母或数字"),
    DocumentKind.BIRTH_CERTIFICATE: (re.compile("[A-Z][0-9]{9}"), "1个字母加9位数字"),
    DocumentKind.OTHER: (re.compile(".{1,40}"), "1至40个字"),
}


def check_character(first17: str) -> str:
    """Return the 18th character of a resident ID. Source: GB 11643-1999 §4.2."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first17, strict=True))
    return CHECK_CHARACTERS[total % 11]


def credit_check_character(first17: str) -> str:
    """Return the 18th character of a credit code. Source: GB 32100-2015 §4.3."""
    values = (CREDIT_ALPHABET.index(character) for character in first17)
    total = sum(value * pow(3, place, 31) for place, value in enumerate(values))
    return CREDIT_ALPHABET[-total % 31]


def parse_resident_id(text: str, today: date = date.max) -> ResidentId:
    """Read a resident ID as people type it; an old 15-digit number becomes its 18-digit form.

    No region is refused: codes get abolished, 81 to 83 are 港澳台居住证, 9 is a foreigner's card.

    Raises: WrongLength, WrongLetters, WrongCheckDigit, NoSuchBirthday, BornInFuture.
    """
    number = _eighteen(_compact(text))
    if number[-1] != check_character(number[:-1]):
        raise WrongCheckDigit
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return ResidentId(number, _birthday(number, today), sex)


def parse_credit_code(text: str) -> str:
    """Return a body's credit code in capitals. Source: GB 32100-2015."""
    code = _compact(text)
    if len(code) != 18:
        raise WrongLength(wanted="18位", count=len(code))
    for place, character in enumerate(code, start=1):
        if character not in CREDIT_ALPHABET:
            raise WrongCreditLetters(place=place)
    if code[-1] != credit_check_character(code[:-1]):
        raise WrongCheckDigit
    return code


def normalised_number(kind: DocumentKind, text: str, today: date = date.max) -> str:
    """Return the number as it is stored and looked up: one text for every way of typing it."""
    if kind is DocumentKind.NONE:
        if _folded(text):
            raise NumberUnexpected
        return ""
    if kind is DocumentKind.RESIDENT_ID:
        return parse_resident_id(text, today).number
    if kind is DocumentKind.CREDIT_CODE:
        return parse_credit_code(text)
    number = _formed(kind, text)
    if kind is DocumentKind.PERMANENT_RESIDENCE and number[0] == "9":
        return parse_resident_id(number, today).number
    return number


def contradictions(resident: ResidentId, born_on: date | None, sex: Sex | None) -> tuple[str, ...]:
    """Return what was typed differently from what the number says; None was not typed."""
    typed = (("出生日期", born_on, resident.born_on), ("性别", sex, resident.sex))
    return tuple(what for what, said, known in typed if said is not None and said != known)


def check_birth_and_sex(
    resident: ResidentId, born_on: date | None, sex: Sex | None, reason: str = ""
) -> None:
    """Refuse what contradicts the number without a reason: wrong numbers exist, and are valid."""
    found = contradictions(resident, born_on, sex)
    if found and not checked_text(reason):
        raise ContradictsNumber(what="、".join(found))


def masked_number(text: str) -> str:
    """Return a number for the public: its first and last character."""
    return text[:1] + "*" * (len(text) - 2) + text[-1:] if len(text) > 2 else "*" * len(text)


def counter_mask(text: str) -> str:
    """Return a number for staff lists: its first 3 and last 4, of short numbers 1 and 1."""
    hidden = len(text) - 3 - 4
    return text[:3] + "*" * hidden + text[-4:] if hidden >= LEAST_HIDDEN else masked_number(text)


def _folded(text: str) -> str:
    """Invisible characters come along when a number is copied from a chat; they mean nothing."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).upper())


def _compact(text: str) -> str:
    number = _DASHES.sub("", _folded(text))
    if not number:
        raise NumberMissing
    return number


def _eighteen(number: str) -> str:
    if len(number) not in {15, 18}:
        raise WrongLength(wanted="18位（老证15位）", count=len(number))
    if not _RESIDENT_LETTERS.fullmatch(number):
        raise WrongLetters(place=1 + len(number) - len(number.lstrip(digits)))
    if len(number) == 18:
        return number
    first17 = f"{number[:6]}19{number[6:]}"
    return first17 + check_character(first17)


def _birthday(number: str, today: date) -> date:
    try:
        born_on = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise NoSuchBirthday from None
    if born_on.year < EARLIEST_YEAR:
        raise NoSuchBirthday
    if born_on > today:
        raise BornInFuture
    return born_on


def _formed(kind: DocumentKind, text: str) -> str:
    """Dashes stay in 其他证件: nobody knows what they mean there."""
    number = _compact(text)
    if kind is DocumentKind.OTHER:
        number = checked_text(_folded(text))
    pattern, words = FORMS[kind]
    if not pattern.fullmatch(number):
        raise WrongForm(label=LABELS[kind], words=words)
    return number
