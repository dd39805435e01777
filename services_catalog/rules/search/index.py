"""搜索索引: the published items, ready to be found by what somebody typed; held in memory.

Every title and every everyday name is a line of its own, so that an item with many names is
not a long document: an item is as good as its best line. What a line is worth to a question
is told in scoring.py; here whole matches, typed pinyin and codes are added.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kernel.text import folded
from services_catalog.rules.search.concepts import concepts_of
from services_catalog.rules.search.lines import TITLE, Line, SearchEntry, lines_of
from services_catalog.rules.search.nearly import pairs_of
from services_catalog.rules.search.questions import (
    Question,
    Vocabulary,
    understood,
    unread,
    vocabulary,
    without_ages,
)
from services_catalog.rules.search.readings import (
    Reading,
    flat,
    is_spelled,
    read,
    syllables,
)
from services_catalog.rules.search.scoring import Scoring, damping_of, first_issues
from services_catalog.rules.search.synonyms import Synonyms
from services_catalog.rules.search.weights import postings
from services_catalog.rules.search.wishes import wishes_in

__all__ = ["Hit", "Index", "SearchEntry", "build"]

#: how much of the title's score a better everyday name is given on top, chosen on the tune half
SECOND = 0.2
#: a line worth less than this part of the best one answers by chance
FAINT = 0.05
#: whole matches
SAME, BEGINS, HOLDS, INSIDE = 200.0, 15.0, 15.0, 5.0
LONGEST_QUERY = 64
SHORTEST_CODE = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that answers a query; scores compare within one query only."""

    code: str
    score: float


@dataclass(frozen=True, slots=True)
class Index:
    """Everything needed to answer a query; built once for an edition of the catalogue."""

    codes: tuple[str, ...]
    scoring: Scoring
    by_key: Mapping[str, tuple[int, ...]]
    code_keys: tuple[tuple[str, int], ...]
    syllables: frozenset[str]
    vocabulary: Vocabulary

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return every title and everyday name."""
        return self.scoring.lines

    def find(self, query: str, limit: int = 10) -> list[Hit]:
        """Return the best items for what somebody typed, the best first."""
        key = folded(query)[:LONGEST_QUERY]
        if not key:
            return []
        question = self._question(key)
        scores = self.scoring.worded(question, wishes_in(key))
        for line, worth in self._whole(key, question.content):
            scores[line] = scores.get(line, 0.0) + worth
        items = self._by_item(scores)
        for item, worth in self._coded(key):
            items[item] = items.get(item, 0.0) + worth
        best = sorted(items, key=lambda item: (-items[item], self.codes[item]))[:limit]
        return [Hit(self.codes[item], round(items[item], 4)) for item in best]

    def _question(self, key: str) -> Question:
        if not is_spelled(key):
            reading = read(without_ages(key))
            question = understood(reading, self.vocabulary, self.scoring.places)
            return question if question.stretches else unread(reading)
        meant = self.vocabulary.by_initials.get(key)
        sounds = syllables(key, self.syllables)
        heard = understood(Reading(sounds, sounds), self.vocabulary, {})
        words = heard.words if meant is None else (*heard.words, meant)
        return Question(words, (Reading((key,), sounds),), ((False,) * len(sounds),))

    def _whole(self, key: str, content: str) -> Iterator[tuple[int, float]]:
        """Score lines that are the query, begin with it, hold it, or stand inside it."""
        for text in dict.fromkeys((key, content or key)):
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
        least = FAINT * max(scores.values(), default=0.0)
        for number, score in scores.items():
            if score < least:
                continue
            line = self.scoring.lines[number]
            best = titles if line.weight == TITLE else names
            best[line.item] = max(best.get(line.item, 0.0), score * line.weight)
        for item, name in names.items():
            title = titles.get(item, 0.0)
            titles[item] = max(title, name) + SECOND * min(title, name)
        return titles

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
    lines = tuple(lines_of(known, table.telling))
    by_key: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for number, line in enumerate(lines):
        by_key[line.key] += (number,)
    places = postings([line.reading for line in lines])
    concepts = concepts_of(table, places, len(lines))
    readings = [*(line.reading for line in lines), *map(read, concepts)]
    heard = {sound for reading in readings for sound in reading.sounds if sound.isalpha()}
    return Index(
        codes=tuple(entry.code for entry in known),
        scoring=Scoring(
            lines=lines,
            places=places,
            concepts=concepts,
            pairs=pairs_of(concepts),
            telling=table.telling,
            damping=damping_of(lines),
            first=first_issues(lines),
        ),
        by_key=dict(by_key),
        code_keys=tuple(sorted((folded(entry.code), item) for item, entry in enumerate(known))),
        syllables=frozenset(heard | {flat(sound) for sound in heard}),
        vocabulary=vocabulary(concepts, table.empty),
    )


def _inside(key: str, by_key: Mapping[str, tuple[int, ...]]) -> Iterator[int]:
    """Give the lines that stand, whole, somewhere in the query."""
    for start in range(len(key)):
        for end in range(start + 2, len(key) + 1):
            yield from by_key.get(key[start:end], ())


def _share(part: str, whole: str) -> float:
    worth = BEGINS if whole.startswith(part) else INSIDE
    return worth * len(part) / len(whole)
