"""基准: plain BM25 over the characters of titles and names, which knows nothing of villagers."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log

from kernel.text import folded
from services_catalog.rules.search.index import SearchEntry

K1, B = 1.2, 0.75


class Plain:
    """Robertson's BM25, every character a term, every item one document."""

    def __init__(self, entries: Sequence[SearchEntry]) -> None:
        self._codes = [entry.code for entry in entries]
        texts = [Counter(folded("".join((one.title, *one.names)))) for one in entries]
        mean = sum(text.total() for text in texts) / len(texts)
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, text in enumerate(texts):
            damping = K1 * (1 - B + B * text.total() / mean)
            for character, times in text.items():
                worth = times * (K1 + 1) / (times + damping)
                self._postings[character].append((number, worth))

    def find(self, query: str, limit: int) -> list[str]:
        """Return the codes of the best items."""
        scores: defaultdict[int, float] = defaultdict(float)
        for character in set(folded(query)):
            places = self._postings.get(character, [])
            rarity = log(1 + (len(self._codes) - len(places) + 0.5) / (len(places) + 0.5))
            for number, worth in places:
                scores[number] += rarity * worth
        best = sorted(scores, key=lambda number: (-scores[number], self._codes[number]))
        return [self._codes[number] for number in best[:limit]]


def scan(entries: Sequence[SearchEntry], query: str) -> list[str]:
    """Return every item that has the query in its title or a name: the floor of speed."""
    return [
        one.code for one in entries if query in one.title or any(map(query.__contains__, one.names))
    ]
