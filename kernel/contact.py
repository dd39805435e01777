"""联系电话: telephone numbers as people write them, and as they are stored, shown and masked.

A phone is optional; who has none goes to the call list.
Source: practice 8; E.164 for what is stored; RFC 3966 for its extension.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from kernel.errors import InvalidInput
from kernel.text import INVISIBLE

#: how many digits a masked landline, and a masked short number, still shows
LANDLINE_SHOWN = 3
SHORT_SHOWN = 1
LOCAL_SHORTEST = 7

#: 010, 02x, 03xx to 09xx without the 0; 0000 is no place and stands in sample numbers
AREA = "(?:10|2[0-9]|000|[3-9][0-9]{2})"
LOCAL = "[2-9][0-9]{6,7}"
_MOBILE = re.compile("0?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(f"(0{AREA})?({LOCAL})")
#: 400 and 800 numbers belong to no place and have no form for abroad
_TOLL = re.compile("([48]00)([0-9]{3})([0-9]{4})")
_SHORT = re.compile("[0-9]{3,6}")

_CLUTTER = re.compile(r"[\s()]+")
_DASHES = re.compile("[‐-―−ー~_.·]")
_COUNTRY = re.compile(r"^(?:\+86|0086|86(?=1[3-9][0-9]{9}$))")
_SAID_EXTENSION = re.compile("(?:转|轉|分机号?|;?ext(?:ension)?[=:-]?|[#,:x])+-?([0-9]{1,6})$")
#: only after a whole number: 0579-87654321-801, while in 138-0000-0000 a dash is a pause
_DASHED_EXTENSION = re.compile(
    rf"((?:(?:(?:\+|00)86-?)?0?{AREA}-?)?{LOCAL}|[48]00-?[0-9]{{3}}-?[0-9]{{4}})-([0-9]{{1,6}})"
)


class PhoneKind(StrEnum):
    MOBILE = "mobile"
    LANDLINE = "landline"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Phone:
    """电话: one number. Its repr is silent, for logs are read."""

    kind: PhoneKind
    #: E.164 where one exists (+86…, landlines with ;ext=…), else the bare digits
    stored: str = field(repr=False)
    display: str = field(repr=False)


class PhoneMissing(InvalidInput):
    message = "请填写电话号码；没有电话的，请留空。"


class NotOnePhone(InvalidInput):
    message = "电话只写数字，分机写成“转801”，一栏只写一个号码，请改正。"


class PhoneAbroad(InvalidInput):
    message = "这里只登记境内电话，境外号码请写在备注里。"


class WrongMobileLength(InvalidInput):
    message = "手机号码应为11位，现在是{count}位，请核对。"


class WrongPhone(InvalidInput):
    message = "电话号码不对：手机11位，座机7至8位（可加区号），短号3至6位，请核对。"


class ExtensionUnexpected(InvalidInput):
    message = "手机和短号没有分机，请去掉分机，或改填座机。"


def parse_phone(text: str) -> Phone:
    """Read a mobile, a landline or a short number; what is stored reads back as the same.

    Raises: PhoneMissing, NotOnePhone, PhoneAbroad, WrongMobileLength, WrongPhone,
        ExtensionUnexpected.
    Source: practice 8.
    """
    main, extension = _split(text)
    digits = _national(main)
    _check_digits(digits)
    if _TOLL.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return _landline(digits, extension)
    if extension:
        raise ExtensionUnexpected
    if mobile := _MOBILE.fullmatch(digits):
        number = mobile[1]
        display = f"{number[:3]} {number[3:7]} {number[7:]}"
        return Phone(PhoneKind.MOBILE, f"+86{number}", display)
    return Phone(PhoneKind.SHORT, digits, digits)


def masked_phone(text: str) -> str:
    """Return a number for lists: 138****1234; of landlines the last 3, of short ones the last."""
    digits = _bare(text)
    if mobile := _MOBILE.fullmatch(digits):
        return f"{mobile[1][:3]}****{mobile[1][-4:]}"
    shown = LANDLINE_SHOWN if len(digits) >= LOCAL_SHORTEST else SHORT_SHOWN
    return "*" * (len(digits) - shown) + digits[-shown:]


def last_four(text: str) -> str:
    """Return the last four digits, the extension left aside."""
    return _bare(text)[-4:]


def _split(text: str) -> tuple[str, str]:
    """Return number and extension, in half width, without spaces and pauses."""
    folded = unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).lower()
    folded = _DASHES.sub("-", _CLUTTER.sub("", folded))
    extension = ""
    if said := _SAID_EXTENSION.search(folded):
        folded, extension = folded[: said.start()], said[1]
    elif dashed := _DASHED_EXTENSION.fullmatch(folded):
        folded, extension = dashed[1], dashed[2]
    return folded.replace("-", ""), extension


def _national(main: str) -> str:
    """Take the country code off and give a landline its leading 0 back."""
    digits, country = _COUNTRY.subn("", main)
    if not country or _MOBILE.fullmatch(digits) or _TOLL.fullmatch(digits):
        return digits
    return f"0{digits}" if _LANDLINE.fullmatch(f"0{digits}") else digits


def _bare(text: str) -> str:
    return re.sub("[^0-9]", "", _national(_split(text)[0]))


def _check_digits(digits: str) -> None:
    """Refuse what is no number of any kind, with the sentence that fits best."""
    if not digits:
        raise PhoneMissing
    if re.match(r"\+|00(?!00)", digits):
        raise PhoneAbroad
    if re.search("[^0-9]", digits):
        raise NotOnePhone
    if any(form.fullmatch(digits) for form in (_MOBILE, _LANDLINE, _TOLL, _SHORT)):
        return
    if re.match("1[3-9]", digits):
        raise WrongMobileLength(count=len(digits))
    raise WrongPhone


def _landline(digits: str, extension: str) -> Phone:
    said, stored = (f"转{extension}", f";ext={extension}") if extension else ("", "")
    if toll := _TOLL.fullmatch(digits):
        return Phone(PhoneKind.LANDLINE, digits + stored, "-".join(toll.groups()) + said)
    found = _LANDLINE.fullmatch(digits)
    area, local = found.groups() if found else (None, digits)
    if area is None:
        return Phone(PhoneKind.LANDLINE, local + stored, local + said)
    return Phone(PhoneKind.LANDLINE, f"+86{area[1:]}{local}{stored}", f"{area}-{local}{said}")
