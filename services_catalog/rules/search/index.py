"""搜索索引: the published items, ready to be found by what somebody typed; held in memory.

Every title and every everyday name is a line of its own, so that an item with many names is
not a long document: an item is as good as its best line. A line is worth what it shares with
the question (known words of the town's table, characters, sounds), the more of the question
it answers and the less it says beyond.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kernel.text import folded
from services_catalog.rules.search.questions import (
    Question,
    Vocabulary,
    understood,
    vocabulary,
    without_ages,
)
from services_catalog.rules.search.readings import Reading, flat, is_spelled, read, syllables
from services_catalog.rules.search.synonyms import Synonyms
from services_catalog.rules.search.weights import (
    WORD,
    kind,
    matches,
    postings,
    rarity,
)

TITLE, NAME = 1.0, 1.1
#: how much of the title's score a better everyday name is given on top
SECOND = 0.2
#: how much answering all of the question counts, and saying nothing beyond it
ANSWERED, TO_THE_POINT = 0.5, 0.5
#: what is left of a line for each telling word that nobody asked for
UNASKED = 0.8
#: whole matches
SAME, BEGINS, HOLDS, INSIDE = 200.0, 30.0, 30.0, 10.0
LONGEST_QUERY = 64
SHORTEST_CODE = 4
#: notes in titles that tell clerks who decides
_NOTES = re.compile(r"\([^()]*(?:[县市省]级|行使|权限|政府令|转链接)[^()]*\)")


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
    #: the telling words it has
    telling: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Concept:
    """An everyday word: what it says, in which lines, and the telling words it asks for."""

    worth: float
    lines: tuple[tuple[int, float, float], ...]
    telling: frozenset[str]


@dataclass(frozen=True, slots=True)
class Index:
    """Everything needed to answer a query; built once for an edition of the catalogue."""

    codes: tuple[str, ...]
    lines: tuple[_Line, ...]
    places: Mapping[str, tuple[int, ...]]
    by_key: Mapping[str, tuple[int, ...]]
    code_keys: tuple[tuple[str, int], ...]
    syllables: frozenset[str]
    vocabulary: Vocabulary
    concepts: Mapping[str, _Concept]
    telling: tuple[str, ...]

    def find(self, query: str, limit: int = 10) -> list[Hit]:
        """Return the best items for what somebody typed, the best first."""
        key = folded(query)[:LONGEST_QUERY]
        if not key:
            return []
        question = self._question(key)
        scores = self._worded(question)
        for line, worth in self._whole(key, question.content):
            scores[line] = scores.get(line, 0.0) + worth
        items = self._by_item(scores)
        for item, worth in self._coded(key):
            items[item] = items.get(item, 0.0) + worth
        best = sorted(items, key=lambda item: (-items[item], self.codes[item]))[:limit]
        return [Hit(self.codes[item], round(items[item], 4)) for item in best]

    def _question(self, key: str) -> Question:
        if not is_spelled(key):
            return understood(read(without_ages(key)), self.vocabulary, self.places)
        meant = self.vocabulary.by_initials.get(key)
        sounds = syllables(key, self.syllables)
        heard = understood(Reading(sounds, sounds), self.vocabulary, {})
        words = heard.words if meant is None else (*heard.words, meant)
        return Question(words, (Reading((key,), sounds),), ((False,) * len(sounds),))

    def _worded(self, question: Question) -> dict[int, float]:
        """Score lines by what they share with the question."""
        scores: defaultdict[int, float] = defaultdict(float)
        explained: defaultdict[int, float] = defaultdict(float)
        asked = self._told(question, scores, explained)
        for word in question.words:
            concept = self.concepts[word]
            asked += concept.worth
            for line, part, length in concept.lines:
                scores[line] += concept.worth * part
                explained[line] += length
        wanted = self._wanted(question)
        return {
            line: self._judged(self.lines[line], score, score / asked, explained[line])
            * UNASKED ** len(self.lines[line].telling - wanted)
            for line, score in scores.items()
        }

    def _told(
        self,
        question: Question,
        scores: defaultdict[int, float],
        explained: defaultdict[int, float],
    ) -> float:
        """Count characters and sounds outside known words; return what all could give."""
        asked = 0.0
        for token in _literal(question):
            places = self.places.get(token, ())
            if not places:
                continue
            worth = rarity(len(places), len(self.lines)) * kind(token)
            asked += worth
            length = 1.5 if "+" in token else 0.0
            for line in places:
                scores[line] += worth
                explained[line] += length
        return asked

    def _wanted(self, question: Question) -> frozenset[str]:
        """Return the telling words that were asked for, in whatever words."""
        content = question.content
        said = frozenset(word for word in self.telling if word in content)
        return said.union(*(self.concepts[word].telling for word in question.words))

    def _judged(self, line: _Line, score: float, answered: float, explained: float) -> float:
        point = min(1.0, explained / max(len(line.reading.units), 1))
        return (
            score
            * (1 - ANSWERED + ANSWERED * min(1.0, answered))
            * (1 - TO_THE_POINT + TO_THE_POINT * point)
        )

    def _whole(self, key: str, content: str) -> Iterator[tuple[int, float]]:
        """Score lines that are the query, begin with it, hold it, or stand inside it."""
        for text in {key, content} - {""}:
            for number in _inside(text, self.by_key):
                share = len(self.lines[number].key) / len(text)
                yield number, SAME if share == 1 else HOLDS * share
        for number, line in enumerate(self.lines):
            if content and content in line.key:
                yield number, _share(content, line.key)
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


def build(entries: Iterable[SearchEntry], synonyms: Synonyms | None = None) -> Index:
    """Build the index of all published items, with the town's table of synonyms."""
    table = synonyms or Synonyms()
    known = list(entries)
    lines = tuple(_lines(known, table))
    by_key: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for number, line in enumerate(lines):
        by_key[line.key] += (number,)
    places = postings([line.reading for line in lines])
    readings = [*(line.reading for line in lines), *map(read, table.official)]
    heard = {sound for reading in readings for sound in reading.sounds if sound.isalpha()}
    return Index(
        codes=tuple(entry.code for entry in known),
        lines=lines,
        places=places,
        by_key=dict(by_key),
        code_keys=tuple(sorted((folded(entry.code), item) for item, entry in enumerate(known))),
        syllables=frozenset(heard | {flat(sound) for sound in heard}),
        vocabulary=vocabulary(table),
        concepts=_concepts(table, places, len(lines)),
        telling=table.telling,
    )


def _lines(entries: Sequence[SearchEntry], table: Synonyms) -> Iterator[_Line]:
    for item, entry in enumerate(entries):
        for text, weight in ((entry.title, TITLE), *((name, NAME) for name in entry.names)):
            key = _NOTES.sub("", folded(text))
            reading = read(key)
            telling = frozenset(word for word in table.telling if word in key)
            yield _Line(item, weight, key, reading, reading.spelled, reading.initials, telling)


def _concepts(
    table: Synonyms, places: Mapping[str, tuple[int, ...]], lines: int
) -> dict[str, _Concept]:
    found: dict[str, _Concept] = {}
    for word, words in table.official.items():
        having = matches((word, *words), places, lines)
        whole = sum(part >= 0.8 for part, _ in having.values())
        asked = frozenset(one for one in table.telling for said in (word, *words) if one in said)
        found[word] = _Concept(
            worth=WORD * rarity(whole or len(having), lines) if having else 0.0,
            lines=tuple((line, part, length) for line, (part, length) in having.items()),
            telling=asked,
        )
    return found


def _literal(question: Question) -> set[str]:
    """Return the tokens of a question that no known word stands for."""
    found: set[str] = set()
    for stretch, covered in zip(question.stretches, question.covered, strict=True):
        single = zip(stretch.units, covered, strict=False)
        found.update(unit for unit, known in single if not known)
        for left, pair in enumerate(pairwise(covered)):
            if not all(pair):
                found.update(_joined(stretch, left))
    return found


def _joined(stretch: Reading, left: int) -> Iterator[str]:
    """Give a pair of neighbours as units and as sounds; of typed pinyin there are only sounds."""
    if len(stretch.units) == len(stretch.sounds):
        yield "+".join(stretch.units[left : left + 2])
    yield " ".join(map(flat, stretch.sounds[left : left + 2]))


def _inside(key: str, by_key: Mapping[str, tuple[int, ...]]) -> Iterator[int]:
    """Give the lines that stand, whole, somewhere in the query."""
    for start in range(len(key)):
        for end in range(start + 2, len(key) + 1):
            yield from by_key.get(key[start:end], ())


def _share(part: str, whole: str) -> float:
    worth = BEGINS if whole.startswith(part) else INSIDE
    return worth * len(part) / len(whole)
