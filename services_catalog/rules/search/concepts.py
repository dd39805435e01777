"""概念: which lines of the catalogue mean what an everyday word says.

An everyday word is worth what is rare about its meaning, however many official words that has:
a line that has several of them has said the same thing several times.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services_catalog.rules.search.lines import told_in
from services_catalog.rules.search.readings import units_of
from services_catalog.rules.search.synonyms import Synonyms
from services_catalog.rules.search.weights import rarity

#: a known word says more than a pair of characters
WORD = 2.6
#: each further official word of an everyday one is a little less likely
NEXT = 0.96
#: less than this part of a word is not the word; from the second on it counts as found
PART, FOUND = 0.6, 0.8
#: the everyday word itself, where a title has it
SELF = 1.1

Places = Mapping[str, Sequence[int]]
#: line, how well it has a word (0 to 1), how many of the line's characters that explains
Match = tuple[int, float, float]


@dataclass(frozen=True, slots=True)
class Concept:
    """An everyday word: what it says, in which lines, and the telling words it asks for."""

    worth: float
    lines: tuple[Match, ...]
    telling: int


def concepts_of(table: Synonyms, places: Places, lines: int) -> dict[str, Concept]:
    """Return the everyday words that this catalogue can answer to."""
    said = set(table.official).union(*table.official.values())
    places_of = {word: tuple(_having(word, places, lines)) for word in said}
    found: dict[str, Concept] = {}
    for word, words in table.official.items():
        having = _best(places_of[one] for one in (word, *words))
        if not having:
            continue
        whole = sum(part >= FOUND for part, _ in having.values())
        found[word] = Concept(
            worth=WORD * rarity(whole or len(having), lines),
            lines=tuple((line, part, length) for line, (part, length) in having.items()),
            telling=told_in(" ".join((word, *words)), table.telling),
        )
    return found


def _best(ranked: Iterable[Iterable[Match]]) -> dict[int, tuple[float, float]]:
    """Return the lines that have one of some words, whole or nearly, each with its best."""
    best: dict[int, tuple[float, float]] = {}
    for rank, found in enumerate(ranked):
        trust = SELF if rank == 0 else NEXT ** (rank - 1)
        for line, part, explained in found:
            if part * trust > best.get(line, (0.0, 0.0))[0]:
                best[line] = (part * trust, explained)
    return best


def _having(word: str, places: Places, lines: int) -> Iterator[Match]:
    """Give the lines that have most of a word."""
    units = units_of(word)
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
