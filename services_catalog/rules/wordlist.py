"""全乡词表: how the town's table of words is kept: one row a word, everything it means beside it.

The search knows three kinds of rows (synonyms, empty words, telling words); the stored table
has one row for each word, so an empty or a telling one is marked among its meanings.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from kernel.errors import InvalidInput
from kernel.text import checked_text, folded
from services_catalog.rules.search.synonyms import Kind

BETWEEN = "、"
MARKS = {Kind.EMPTY: "〔虚词〕", Kind.TELLING: "〔特指〕"}
LOADED = "词表新增{count}个词。"
LONGEST_WORD, LONGEST_MEANINGS = 20, 300
_BETWEEN_MEANINGS = re.compile(r"[、，,;；\n]")


def stored_words(rows: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return word → meanings from rows of 百姓词, 规范词, 种类; a word has one of them."""
    known: dict[str, list[str]] = {}
    for word, words, kind in (row[:3] for row in rows if len(row) >= 3):
        mark = MARKS.get(Kind(kind.strip())) if kind.strip() in set(Kind) else None
        meanings = [mark] if mark else words.split(BETWEEN)
        known.setdefault(folded(word), []).extend(one.strip() for one in meanings)
    return {
        word: BETWEEN.join(dict.fromkeys(filter(None, meanings)))
        for word, meanings in known.items()
        if word and any(meanings)
    }


def table_rows(stored: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Give the rows the search reads, from the stored ones."""
    for word, meanings in stored:
        listed = meanings.split(BETWEEN)
        for kind, mark in MARKS.items():
            if mark in listed:
                yield word, "", kind
        words = [one for one in listed if one not in MARKS.values()]
        if words:
            yield word, BETWEEN.join(words), Kind.SYNONYM


def checked_word(typed: str) -> str:
    """Return a word as the table keeps it. Raises InvalidInput."""
    word = folded(checked_text(typed, LONGEST_WORD))
    if not word:
        raise InvalidInput(sentence="请填写老百姓的说法，例如“低保”。")
    return word


def checked_meanings(typed: str) -> str:
    """Return what a word means, with 、 between. Raises InvalidInput."""
    parts = (one.strip() for one in _BETWEEN_MEANINGS.split(checked_text(typed, LONGEST_MEANINGS)))
    meanings = BETWEEN.join(dict.fromkeys(filter(None, parts)))
    if not meanings:
        raise InvalidInput(sentence="请填写对应的规范说法，几个的用“、”隔开。")
    return meanings
