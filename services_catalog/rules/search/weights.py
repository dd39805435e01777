"""词的分量: how much characters, pairs of them, sounds and known words say about a line.

Source: Robertson & Zaragoza, The Probabilistic Relevance Framework (2009), §3: rare says more.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log

from services_catalog.rules.search.readings import Reading, flat, read

#: what a match of each kind is worth
CHARACTER, PAIR, SOUND = 0.15, 1.0, 0.3
#: a known word says more than a pair of characters
WORD = 2.0
#: each further official word of an everyday one is a little less likely
NEXT = 0.96
#: less than this part of a word is not the word
PART = 0.6
#: the everyday word itself, where a title has it
SELF = 1.1

#: line, how well it has the word (0 to 1), how many of the line's characters that explains
Match = tuple[int, float, float]


def tokens(reading: Reading) -> Iterator[str]:
    """Give single units, pairs of units, and pairs of sounds (marked by the space between)."""
    yield from reading.units
    for left, right in pairwise(reading.units):
        yield f"{left}+{right}"
    for left, right in pairwise(reading.sounds):
        yield f"{flat(left)} {flat(right)}"


def kind(token: str) -> float:
    """Return what a token of this kind is worth."""
    if " " in token:
        return SOUND
    return PAIR if "+" in token else CHARACTER


def rarity(places: int, lines: int) -> float:
    """Return how much a token says that so many of all lines have."""
    return log(1 + (lines - places + 0.5) / (places + 0.5))


def postings(readings: Sequence[Reading]) -> dict[str, tuple[int, ...]]:
    """Return which lines have each token."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, reading in enumerate(readings):
        for token in set(tokens(reading)):
            found[token].append(number)
    return {token: tuple(places) for token, places in found.items()}


def matches(
    words: Iterable[str], places: Mapping[str, Sequence[int]], lines: int
) -> dict[int, tuple[float, float]]:
    """Return the lines that have one of some words, whole or nearly, each with its best."""
    best: dict[int, tuple[float, float]] = {}
    for rank, word in enumerate(words):
        trust = SELF if rank == 0 else NEXT ** (rank - 1)
        for line, part, explained in _having(word, places, lines):
            if part * trust > best.get(line, (0.0, 0.0))[0]:
                best[line] = (part * trust, explained)
    return best


def _having(word: str, places: Mapping[str, Sequence[int]], lines: int) -> Iterator[Match]:
    """Give the lines that have most of a word."""
    units = read(word).units
    wanted = [f"{a}+{b}" for a, b in pairwise(units)] or list(units)
    worth = {token: rarity(len(places.get(token, ())), lines) for token in wanted}
    whole = sum(worth.values())
    sums: defaultdict[int, float] = defaultdict(float)
    for token, value in worth.items():
        for line in places.get(token, ()):
            sums[line] += value
    for line, value in sums.items():
        if value >= PART * whole:
            part = value / whole
            yield line, part * part, len(units) * part
