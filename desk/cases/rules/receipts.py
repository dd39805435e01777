"""受理编号: the number a person says aloud. It is guessable, so it opens nothing by itself.

`Z26-00017-8`: window, year, serial without gaps, and a check digit (ISO/IEC 7064 MOD 11,10)
that catches every single wrong digit. Numbers run per window and year.
"""

import re
import unicodedata

from services_catalog.rules.items import Window

PREFIX = {
    Window.GENERAL: "Z",
    Window.ENTERPRISE: "Q",
    Window.VILLAGE_ACCOUNTS: "C",
    Window.PETITIONS: "X",
}
_SHAPE = re.compile("([ZQCX])([0-9]{2})([0-9]{5,})([0-9])")
#: people write spaces for dashes, and a Chinese keyboard has dashes of its own
_PAUSES = re.compile(r"[-\s_·~ー‐-―−]+")
_TOKEN = re.compile(r"(?:.*/C/)?([0-9A-HJKMNP-TV-Z]{26})")


def receipt_number(window: Window, year: int, serial: int) -> str:
    """Return the number of the `serial`-th case (1, 2, 3…) of a window in a civil year."""
    body = f"{year % 100:02d}{serial:05d}"
    letter = PREFIX[window]
    return f"{letter}{body[:2]}-{body[2:]}-{check_digit(letter, body)}"


def read_number(typed: str) -> str | None:
    """Return the number somebody typed or scanned, well formed and with the right check digit."""
    found = _SHAPE.fullmatch(_PAUSES.sub("", _plain(typed)))
    if found is None or check_digit(found[1], found[2] + found[3]) != found[4]:
        return None
    return f"{found[1]}{found[2]}-{found[3]}-{found[4]}"


def read_lookup_code(typed: str) -> str | None:
    """Return the 26 characters of a slip's QR, with or without the address around them."""
    found = _TOKEN.fullmatch(_plain(typed))
    return found[1] if found else None


def check_digit(letter: str, body: str) -> str:
    """Return the ISO/IEC 7064 MOD 11,10 check digit; the letter counts as its place in A–Z."""
    product = 10
    for digit in f"{ord(letter) - ord('A'):02d}{body}":
        total = (product + int(digit)) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).strip().upper()
