"""近似词: everyday words that a question has most of, though nobody wrote them down so.

Who asks 火化要多少钱 has most of 火化费用: the table cannot hold every way to say a thing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from services_catalog.rules.search.questions import Question

#: so much of a word must stand in the question, and a word so long at least
SHARE, SHORTEST = 0.6, 3
#: what a whole one would be worth beside a word that was found as it is written
TRUST = 0.3

Pairs = Mapping[str, tuple[str, ...]]


def pairs_of(words: Iterable[str]) -> Pairs:
    """Return which words have each pair of neighbours."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for word in words:
        if len(word) >= SHORTEST:
            for pair in dict.fromkeys(_pairs(word)):
                found[pair] += (word,)
    return dict(found)


def nearly(question: Question, known: Pairs) -> dict[str, float]:
    """Return the words that share a pair with what nobody knows of a question, and their worth."""
    signs = set(question.content)
    found: dict[str, float] = {}
    for pair in _unknown(question):
        for word in known.get(pair, ()):
            if word not in found and word not in question.words:
                share = sum(map(signs.__contains__, word)) / len(word)
                found[word] = TRUST * share * share if share >= SHARE else 0.0
    return {word: worth for word, worth in found.items() if worth}


def _unknown(question: Question) -> Iterator[str]:
    """Give the pairs of neighbours that do not both belong to known words."""
    for stretch, covered in zip(question.stretches, question.covered, strict=True):
        for pair, known in zip(pairwise(stretch.units), pairwise(covered), strict=False):
            if not all(known):
                yield "".join(pair)


def _pairs(word: str) -> Iterator[str]:
    return map("".join, pairwise(word))
