"""搜索索引: BM25 over characters and sounds of titles and everyday names, held in memory.

Every title and every everyday name is a line of its own, so that an item with many names is
not a long document: an item is as good as its best line.
Source: Robertson & Zaragoza, The Probabilistic Relevance Framework (2009), §3.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from kernel.text import folded
from services_catalog.rules.search.readings import Reading, flat, is_spelled, read, syllables
from services_catalog.rules.search.words import official

#: BM25: how soon repetition stops to count, how much length does
K1, B = 1.2, 0.5
#: what a match of each kind is worth
CHARACTER, PAIR, SOUND = 0.3, 1.0, 0.35
TITLE, NAME = 1.0, 1.1
#: how much of the title's score a better everyday name is given on top
SECOND = 0.2
#: the offices' word for what was asked in everyday ones
TRANSLATED = 0.5
#: whole matches, far above what words can collect
SAME, BEGINS, HOLDS, INSIDE = 200.0, 60.0, 60.0, 20.0
LONGEST_QUERY = 64
SHORTEST_CODE = 4


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What is known of an item: its code, title and everyday names."""

    code: str
    title: str
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that answers a query; scores compare within one query only."""

    code: str
    score: float


@dataclass(frozen=True, slots=True)
class _Line:
    """One title or everyday name."""

    item: int
    weight: float
    key: str
    reading: Reading
    spelled: str
    initials: str


@dataclass(frozen=True, slots=True)
class Index:
    """Everything needed to answer a query; built once for an edition of the catalogue."""

    codes: tuple[str, ...]
    lines: tuple[_Line, ...]
    #: token → line and what it adds to that line's score
    postings: Mapping[str, tuple[tuple[int, float], ...]]
    by_key: Mapping[str, tuple[int, ...]]
    code_keys: tuple[tuple[str, int], ...]
    syllables: frozenset[str]

    def find(self, query: str, limit: int = 10) -> list[Hit]:
        """Return the best items for what somebody typed, the best first."""
        key = folded(query)[:LONGEST_QUERY]
        if not key:
            return []
        scores = self._worded(key)
        for line, worth in self._whole(key):
            scores[line] = scores.get(line, 0.0) + worth
        items = self._by_item(scores)
        for item, worth in self._coded(key):
            items[item] = items.get(item, 0.0) + worth
        best = sorted(items, key=lambda item: (-items[item], self.codes[item]))[:limit]
        return [Hit(self.codes[item], round(items[item], 4)) for item in best]

    def _worded(self, key: str) -> dict[int, float]:
        """Score lines by the words, characters and sounds they share with the query."""
        scores: defaultdict[int, float] = defaultdict(float)
        for token, weight in self._asked(key).items():
            for line, worth in self.postings.get(token, ()):
                scores[line] += weight * worth
        return scores

    def _asked(self, key: str) -> dict[str, float]:
        asked: dict[str, float] = {}
        for word in official(key):
            asked |= dict.fromkeys(_tokens(read(word)), TRANSLATED)
        reading = read(key)
        if is_spelled(key):
            reading = Reading(reading.units, syllables(key, self.syllables))
        return asked | dict.fromkeys(_tokens(reading), 1.0)

    def _whole(self, key: str) -> Iterator[tuple[int, float]]:
        """Score lines that are the query, begin with it, hold it, or stand inside it."""
        for number in _inside(key, self.by_key):
            share = len(self.lines[number].key) / len(key)
            yield number, SAME if share == 1 else HOLDS * share
        for number, line in enumerate(self.lines):
            if key in line.key:
                yield number, _share(key, line.key)
        if is_spelled(key):
            yield from self._spelled(key)

    def _spelled(self, letters: str) -> Iterator[tuple[int, float]]:
        for number, line in enumerate(self.lines):
            if letters in line.spelled:
                yield number, _share(letters, line.spelled)
            elif len(letters) > 1 and letters in line.initials:
                yield number, _share(letters, line.initials)

    def _by_item(self, scores: Mapping[int, float]) -> dict[int, float]:
        titles: dict[int, float] = {}
        names: dict[int, float] = {}
        for number, score in scores.items():
            line = self.lines[number]
            kind = titles if line.weight == TITLE else names
            kind[line.item] = max(kind.get(line.item, 0.0), score * line.weight)
        return {
            item: max(titles.get(item, 0.0), names.get(item, 0.0))
            + SECOND * min(titles.get(item, 0.0), names.get(item, 0.0))
            for item in titles.keys() | names.keys()
        }

    def _coded(self, key: str) -> Iterator[tuple[int, float]]:
        """Score items whose code begins with the query."""
        if len(key) < SHORTEST_CODE:
            return
        for code, item in self.code_keys[bisect_left(self.code_keys, (key, -1)) :]:
            if not code.startswith(key):
                return
            yield item, SAME if code == key else BEGINS


def build(entries: Iterable[SearchEntry]) -> Index:
    """Build the index of all published items."""
    known = list(entries)
    lines = tuple(_lines(known))
    by_key: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for number, line in enumerate(lines):
        by_key[line.key] += (number,)
    heard = {sound for line in lines for sound in line.reading.sounds if sound.isalpha()}
    return Index(
        codes=tuple(entry.code for entry in known),
        lines=lines,
        postings=_postings(lines),
        by_key=dict(by_key),
        code_keys=tuple(sorted((folded(entry.code), item) for item, entry in enumerate(known))),
        syllables=frozenset(heard | {flat(sound) for sound in heard}),
    )


def _lines(entries: Sequence[SearchEntry]) -> Iterator[_Line]:
    for item, entry in enumerate(entries):
        for text, weight in ((entry.title, TITLE), *((name, NAME) for name in entry.names)):
            key = folded(text)
            reading = read(key)
            yield _Line(item, weight, key, reading, reading.spelled, reading.initials)


def _postings(lines: Sequence[_Line]) -> dict[str, tuple[tuple[int, float], ...]]:
    """Work out once what each token adds to each line's score."""
    counted = [Counter(_tokens(line.reading)) for line in lines]
    found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    mean = sum(len(line.reading.units) for line in lines) / max(len(lines), 1)
    for number, (line, tokens) in enumerate(zip(lines, counted, strict=True)):
        damping = K1 * (1 - B + B * len(line.reading.units) / max(mean, 1))
        for token, times in tokens.items():
            found[token].append((number, times * (K1 + 1) / (times + damping)))
    return {
        token: tuple(
            (line, worth * _rarity(len(places), len(lines)) * _kind(token))
            for line, worth in places
        )
        for token, places in found.items()
    }


def _tokens(reading: Reading) -> Iterator[str]:
    """Give single units, pairs of units, and pairs of sounds (marked by the space between)."""
    yield from reading.units
    for left, right in pairwise(reading.units):
        yield f"{left}+{right}"
    for left, right in pairwise(reading.sounds):
        yield f"{flat(left)} {flat(right)}"


def _kind(token: str) -> float:
    if " " in token:
        return SOUND
    return PAIR if "+" in token else CHARACTER


def _rarity(places: int, lines: int) -> float:
    return log(1 + (lines - places + 0.5) / (places + 0.5))


def _inside(key: str, by_key: Mapping[str, tuple[int, ...]]) -> Iterator[int]:
    """Give the lines that stand, whole, somewhere in the query."""
    for start in range(len(key)):
        for end in range(start + 2, len(key) + 1):
            yield from by_key.get(key[start:end], ())


def _share(part: str, whole: str) -> float:
    worth = BEGINS if whole.startswith(part) else INSIDE
    return worth * len(part) / len(whole)
