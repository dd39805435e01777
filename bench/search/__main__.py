"""搜索跑分: top-1, top-3 and MRR on each part of the labelled set, and the time of a query.

python -m bench.search          the figures
python -m bench.search misses   what the tune parts miss; those of the others are not shown
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import NamedTuple

from bench.search.catalogues import LISTS, catalogue, town_synonyms
from bench.search.plain import Plain, scan
from services_catalog.rules.search.index import SearchEntry, build

HERE = Path(__file__).parent
PARTS = ("tune", "more", "test", "drawn", "lot-tune", "lot-test", "lot-held", "lot-late")
TUNED = ("tune", "more", "lot-tune")
SHOWN = 10
Search = Callable[[str], Sequence[str]]


class Label(NamedTuple):
    """A wording, and the titles that answer it."""

    catalogue: str
    query: str
    titles: tuple[str, ...]


class WrongLabel(ValueError):
    """A label names no item of its catalogue."""


def main() -> None:
    halves = {part: _labels(part) for part in PARTS}
    for named in (True, False):
        print("with everyday names" if named else "titles only")
        for part, labels in halves.items():
            _report(part, labels, named=named)
    _time([label.query for label in chain(*halves.values())])


def misses() -> None:
    """Print what the tune parts do not find first."""
    known = [label for part in TUNED for label in _labels(part)]
    for name, labels in _by_catalogue(known).items():
        entries = catalogue(name, named=False) or []
        titles = {entry.code: entry.title for entry in entries}
        search = _ours(entries)
        for label in labels:
            found = [titles[code] for code in search(label.query)]
            place = _place(found, label)
            if place != 1:
                print(name, label.query, place, label.titles[0], "|", *found[:3])


def _report(part: str, labels: Sequence[Label], *, named: bool) -> None:
    ours: list[int] = []
    plain: list[int] = []
    for name, some in _by_catalogue(labels).items():
        entries = catalogue(name, named=named)
        if entries is None:
            print(f"  {part:9}{name}: no file, {len(some)} wordings skipped")
            continue
        _check(entries, some)
        here = _places(_ours(entries), entries, some)
        below = _places(_plain(entries), entries, some)
        print(f"  {part:9}{name:10}{_figures(here)}   characters {_figures(below)}")
        ours += here
        plain += below
    print(f"  {part:9}{'all':10}{_figures(ours)}   characters {_figures(plain)}")


def _ours(entries: Sequence[SearchEntry]) -> Search:
    index = build(entries, town_synonyms())
    return lambda query: [hit.code for hit in index.find(query, SHOWN)]


def _plain(entries: Sequence[SearchEntry]) -> Search:
    floor = Plain(entries)
    return lambda query: floor.find(query, SHOWN)


def _places(search: Search, entries: Sequence[SearchEntry], labels: Sequence[Label]) -> list[int]:
    titles = {entry.code: entry.title for entry in entries}
    return [_place([titles[code] for code in search(one.query)], one) for one in labels]


def _figures(places: Sequence[int]) -> str:
    count = max(len(places), 1)
    first = sum(place == 1 for place in places) / count
    third = sum(1 <= place <= 3 for place in places) / count
    mean = sum(1 / place for place in places if place) / count
    return f"{len(places):4} wordings  top-1 {first:.3f}  top-3 {third:.3f}  MRR {mean:.3f}"


def _time(queries: Sequence[str]) -> None:
    for name in LISTS:
        entries = catalogue(name)
        if entries is None:
            continue
        entries += catalogue("starter") or []
        start = perf_counter()
        search = _ours(entries)
        took = perf_counter() - start
        print(f"{name} and the starter, {len(entries)} items: built in {took:.2f} s")
        print(f"  search {_latency(search, queries)}")
        print(f"  scan   {_latency(partial(scan, entries), queries)}")


def _latency(search: Search, queries: Sequence[str]) -> str:
    """Time every query, the best of three: the machine does other work meanwhile."""
    times: list[float] = []
    for query in queries:
        times.append(min(_once(search, query) for _ in range(3)))
    cuts = quantiles(times, n=100)
    return f"p50 {cuts[49]:.2f} ms  p99 {cuts[98]:.2f} ms"


def _once(search: Search, query: str) -> float:
    start = perf_counter()
    search(query)
    return (perf_counter() - start) * 1000


def _labels(part: str) -> list[Label]:
    with (HERE / f"queries-{part}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Label(row["catalogue"], row["query"], tuple(row["answers"].split(" | ")))
            for row in csv.DictReader(file)
        ]


def _by_catalogue(labels: Sequence[Label]) -> dict[str, list[Label]]:
    found: defaultdict[str, list[Label]] = defaultdict(list)
    for label in labels:
        found[label.catalogue].append(label)
    return found


def _place(found: Sequence[str], label: Label) -> int:
    """Return the place of the first right title, 0 for none."""
    for place, title in enumerate(found, 1):
        if any(_is(title, wanted) for wanted in label.titles):
            return place
    return 0


def _is(title: str, wanted: str) -> bool:
    return title == wanted or ("*" in wanted and fnmatchcase(title, wanted))


def _check(entries: Sequence[SearchEntry], labels: Sequence[Label]) -> None:
    titles = {entry.title for entry in entries}
    for label in labels:
        for wanted in label.titles:
            if not any(_is(title, wanted) for title in titles):
                raise WrongLabel(label.query, wanted)


if __name__ == "__main__":
    (misses if sys.argv[1:] == ["misses"] else main)()
