"""查找: a question to 2,262 items of a province and the starter's, beside a scan of titles.

How well it finds is measured by `python -m bench.search`.
"""

import csv
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from bench.figures import Figure, percentile
from bench.search import catalogues
from bench.search.plain import scan
from services_catalog.rules.search.index import build

SHOWN = 20
ROUNDS = 3


def figures() -> list[Figure]:
    """Ask every labelled wording; return the median and the slowest hundredth."""
    entries = [*(catalogues.catalogue("guangdong") or ()), *catalogues.starter(named=True)]
    known = build(entries, catalogues.town_synonyms())
    ours = _times(lambda words: known.find(words, SHOWN))
    floor = _times(lambda words: scan(entries, words))
    return [
        Figure(
            f"search of {len(entries):,} items, p{share * 100:.0f}",
            percentile(ours, share),
            "ms",
            percentile(floor, share),
            "scan",
        )
        for share in (0.50, 0.99)
    ]


def _times(search: Callable[[str], object]) -> list[float]:
    """Return milliseconds, each wording's best of three: the machine does other work too."""
    return [min(_time(search, words) for _ in range(ROUNDS)) for words in _wordings()]


def _time(search: Callable[[str], object], words: str) -> float:
    begun = perf_counter()
    search(words)
    return (perf_counter() - begun) * 1000


def _wordings() -> list[str]:
    files = sorted(Path(catalogues.__file__).parent.glob("queries-*.csv"))
    return [row["query"] for file in files for row in csv.DictReader(file.open(encoding="utf-8"))]
