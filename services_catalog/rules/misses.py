"""没找到: which searches are kept for the staff to learn from, and in what shape.

Source: house rule: a villager may type a number that belongs to somebody into any field; what
holds a long run of digits is not kept at all.
"""

import re

from kernel.text import folded, forbidden_character

LONGEST, SHORTEST = 40, 2
#: more rows than this and the rarest, oldest ones make room
MOST_ROWS = 2000
#: a best hit worth less than this answers by chance (of 206 tuning questions answered right 17 are
#: worth less; of 180 about other matters, asked of the starter's items, 54 are worth more)
WEAK = 13.0
#: kept as a row nobody is shown: these words were looked at, and they need nothing
IGNORED = 0
_PAUSES = re.compile(r"[-—－_.·*、,，/]")
_LONG_NUMBER = re.compile(r"\d{5}")
_ONLY_SIGNS = re.compile(r"[\W\d_]+")


def kept_words(typed: str) -> str:
    """Return the words as they are kept, or nothing where they are not to be kept."""
    words = folded(typed)
    if _LONG_NUMBER.search(_PAUSES.sub("", words)) or _ONLY_SIGNS.fullmatch(words):
        return ""
    if forbidden_character(words) is not None:
        return ""
    words = words[:LONGEST]
    return words if len(words) >= SHORTEST else ""
