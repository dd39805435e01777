"""字的分量: how much characters, pairs of them and sounds say about a line.

Source: Robertson & Zaragoza, The Probabilistic Relevance Framework (2009), §3: rare says more.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log

from services_catalog.rules.search.readings import Reading, flat

#: what a match of each kind is worth
CHARACTER, PAIR, SOUND = 0.8, 1.0, 0.1
#: the sound of a pair that stands nowhere in the catalogue: it may hold a wrong character
MISTYPED = 0.6


def tokens(reading: Reading) -> Iterator[str]:
    """Give single units, pairs of units, and pairs of sounds (marked by the space between)."""
    yield from reading.units
    for left, right in pairwise(reading.units):
        yield f"{left}+{right}"
    for left, right in pairwise(reading.sounds):
        yield f"{flat(left)} {flat(right)}"


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
