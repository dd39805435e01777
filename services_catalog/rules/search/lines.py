"""索引行: the titles and everyday names of the catalogue, as the search sees them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kernel.text import folded
from services_catalog.rules.search.readings import Reading, read
from services_catalog.rules.search.wishes import wishes_met

TITLE, NAME = 1.0, 1.1
#: notes in titles that tell clerks who decides
_NOTES = re.compile(r"\([^()]*(?:[县市省]级|行使|权限|政府令|转链接)[^()]*\)")


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What is known of an item: its code, title and everyday names."""

    code: str
    title: str
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One title or everyday name."""

    item: int
    weight: float
    key: str
    reading: Reading
    spelled: str
    initials: str
    #: the telling words it has, a bit for each
    telling: int
    #: the wishes it meets, a bit for each
    met: int


def lines_of(entries: Sequence[SearchEntry], telling: Sequence[str]) -> Iterator[Line]:
    """Give every title and every everyday name as a line of its own."""
    for item, entry in enumerate(entries):
        for text, weight in ((entry.title, TITLE), *((name, NAME) for name in entry.names)):
            key = _NOTES.sub("", folded(text))
            reading = read(key)
            marks = told_in(key, telling), wishes_met(key)
            yield Line(item, weight, key, reading, reading.spelled, reading.initials, *marks)


def told_in(text: str, telling: Sequence[str]) -> int:
    """Return which telling words a text has, a bit for each."""
    return sum(1 << place for place, word in enumerate(telling) if word in text)
