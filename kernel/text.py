"""文字: which characters a name may hold, and how text is folded into a search key.

Names are stored as they were typed, byte for byte; only search keys are folded. NFC is never
applied: it turns U+FA19 into another character.
"""

import re
import unicodedata

from kernel.errors import InvalidInput

NAME_LIMIT = 100
#: the dots people type between the parts of a Uyghur or Tibetan name; folding turns full-width
#: ones into these first, which is why the full stop of the keyboard is among them
DOTS = ".·‧•・∙⋅"
FORBIDDEN_CATEGORIES = {"Cc", "Cs", "Cn", "Zl", "Zp"}
#: Python's Unicode table is older than the newest rare name characters, which all lie here
NEWER_IDEOGRAPHS = re.compile("[\U00020000-\U0002fffd\U00030000-\U0003fffd]")
#: direction overrides and zero-width characters: invisible on screen, different in the database;
#: and the character that stands where some other program lost one
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff0-\ufffb\ufffd\U000e0000-\U000e00ff]"
)
_SPACES = re.compile(r"\s+")
#: what every column of numbers holds
_FEW_DIGITS = re.compile("[0-9]{1,9}")


def forbidden_character(text: str) -> str | None:
    """Return the first character that may stand in no stored text, or None.

    Line breaks and tabs are allowed; private-use characters are, because older ID card
    software put rare name characters there.
    """
    for character in text:
        if character in "\n\r\t" or NEWER_IDEOGRAPHS.match(character):
            continue
        if unicodedata.category(character) in FORBIDDEN_CATEGORIES or INVISIBLE.match(character):
            return character
    return None


def checked_text(text: str, limit: int = 2000) -> str:
    """Return `text` without its outer spaces, or refuse it with a sentence."""
    text = text.strip()
    bad = forbidden_character(text)
    if bad is not None:
        raise InvalidInput(sentence=f"里面有看不见的特殊字符（U+{ord(bad):04X}），请删去后重输。")
    if len(text) > limit:
        raise InvalidInput(sentence=f"最多{limit}个字，现在有{len(text)}个，请缩短。")
    return text


def checked_name(text: str) -> str:
    """Return a person's or body's name as typed, or refuse it with a sentence."""
    name = checked_text(text, NAME_LIMIT)
    if not name:
        raise InvalidInput(sentence="请填写姓名。")
    if any(character in "\n\r\t<>" for character in name):
        raise InvalidInput(sentence="姓名里不能有换行或尖括号，请改正。")
    return name


def whole_number(typed: str) -> int | None:
    """Return the number that up to nine plain digits are; None of anything else, however long."""
    plain = typed.strip()
    return int(plain) if _FEW_DIGITS.fullmatch(plain) else None


def folded(text: str) -> str:
    """Return the search key of `text`: half width, lower case, one kind of dot, no spaces."""
    text = _SPACES.sub("", unicodedata.normalize("NFKC", text)).lower()
    return "".join("·" if character in DOTS else character for character in text)


def masked_name(name: str) -> str:
    """Return a name for lists: 张*三, 王*."""
    if len(name) <= 2:
        return name[:1] + "*"
    return name[:1] + "*" * (len(name) - 2) + name[-1:]
