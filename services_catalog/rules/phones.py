"""电话只在一处改: a number that is in the directory is kept in an item as a reference to it.

`0000-8000302、12345` becomes `{U03}、12345` where U03 is the unit with that number; whoever reads
the item sees what the directory says today.
"""

import re
from collections.abc import Mapping

#: fields of ItemFacts that hold telephone numbers
PHONE_FIELDS = ("phone", "complaint_phone")
_REFERENCE = re.compile(r"\{([0-9A-Za-z_-]{1,32})\}")


def link_phones(text: str, directory: Mapping[str, str]) -> str:
    """Return `text` with every whole number of the directory (code → number) as its reference.

    Of two units with one number the first is meant; of overlapping numbers the longest.
    """
    codes = {number: code for code, number in reversed(list(directory.items())) if number}
    if not codes:
        return text
    longest_first = sorted(codes, key=len, reverse=True)
    numbers = re.compile(
        rf"(?<![0-9{{-])(?:{'|'.join(map(re.escape, longest_first))})(?![0-9}}]|[-转][0-9])"
    )
    return numbers.sub(lambda found: reference(codes[found[0]]), text)


def resolve_phones(text: str, directory: Mapping[str, str]) -> str:
    """Return `text` as people see it; a reference to a unit that is not there stays as it is."""
    return _REFERENCE.sub(lambda found: directory.get(found[1], found[0]), text)


def reference(code: str) -> str:
    """Return what stands in an item's text for a unit's number."""
    return f"{{{code}}}"


def referred(text: str) -> frozenset[str]:
    """Return the codes of the units that a text refers to."""
    return frozenset(_REFERENCE.findall(text))
