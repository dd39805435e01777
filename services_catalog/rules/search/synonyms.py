"""同义词表: what the whole town means by its words, beside each item's own everyday names.

A table of three kinds of rows. A synonym says which words of offices an everyday word means; an
empty word (虚词) says nothing about what is wanted; a telling word (特指) marks, in a title, an
item for those who ask for just that: nobody who wants 结婚登记 means 结婚登记注销.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kernel.text import folded


class Kind(StrEnum):
    """What a row of the table says."""

    SYNONYM = "同义"
    EMPTY = "虚词"
    TELLING = "特指"


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The town's table, folded for searching."""

    #: everyday word → the words of offices, the likeliest first
    official: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    telling: tuple[str, ...] = ()


def synonyms(rows: Iterable[Sequence[str]]) -> Synonyms:
    """Read rows of 百姓词, 规范词 (with 、 between), 种类; a row of another kind is left out.

    Two rows for one word count together.
    """
    official: dict[str, tuple[str, ...]] = {}
    empty: set[str] = set()
    telling: dict[str, None] = {}
    for word, words, kind in ((folded(row[0]), row[1], row[2].strip()) for row in rows):
        if kind == Kind.EMPTY:
            empty.add(word)
        elif kind == Kind.TELLING:
            telling[word] = None
        elif kind == Kind.SYNONYM:
            known = official.get(word, ())
            official[word] = tuple(dict.fromkeys((*known, *_words(words))))
    return Synonyms(official, frozenset(empty - {""}), tuple(word for word in telling if word))


def _words(listed: str) -> tuple[str, ...]:
    return tuple(word for word in map(folded, listed.split("、")) if word)
