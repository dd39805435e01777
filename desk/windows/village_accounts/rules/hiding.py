"""遮盖: numbers of documents, phones and bank accounts never stand on what everybody reads.

Source: practice 24; domain notes 4.4 (names shown, numbers never).
"""

import re

#: where a hidden number stood
HIDDEN = "＊"
#: seven digits or more, spaces and hyphens between them or not, are somebody's number
_NUMBER = re.compile(r"\d(?:[\s-]?\d){6,}[Xx]?")
_DAY = re.compile(r"20\d\d[01]\d[0-3]\d|20\d\d-[01]\d-[0-3]\d")


def without_numbers(text: str) -> str:
    """Return a text without numbers of documents, phones and accounts; days and sums stay."""

    def hidden(found: re.Match[str]) -> str:
        number = found[0]
        return number if _DAY.fullmatch(number) else number[:2] + HIDDEN * 4

    return _NUMBER.sub(hidden, text)
