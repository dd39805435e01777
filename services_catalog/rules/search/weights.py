"""字的分量: how much characters, pairs of them and sounds say about a line.

Source: Robertson & Zaragoza, The Probabilistic Relevance Framework (2009), §3: rare says more.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from math import log

from services_catalog.rules.search.readings import Reading, flat

#: what a match of each kind is worth
CHARACTER, PAIR, SOUND = 0.8, 1.0, 0.1
#: so many characters further on is still near
REACH = 4


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


def close(left: str, right: str) -> str:
    """Return the token of two units that stand near each other, in whichever order."""
    return f"{min(left, right)}~{max(left, right)}"


def close_tokens(reading: Reading) -> Iterator[str]:
    """Give the pairs of different units that stand near each other."""
    for place, left in enumerate(reading.units):
        for right in reading.units[place + 1 : place + 1 + REACH]:
            if left != right:
                yield close(left, right)


def postings(
    readings: Sequence[Reading], cut: Callable[[Reading], Iterable[str]] = tokens
) -> dict[str, tuple[int, ...]]:
    """Return which lines have each token."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, reading in enumerate(readings):
        for token in set(cut(reading)):
            found[token].append(number)
    return {token: tuple(places) for token, places in found.items()}
