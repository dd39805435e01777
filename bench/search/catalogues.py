"""清单: the starter's items and two real lists of titles, each searched for itself."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl

import services_catalog
from kernel.tables import read_csv
from services_catalog.rules.search.index import SearchEntry
from services_catalog.rules.search.synonyms import Synonyms, synonyms
from services_catalog.rules.sheets import read_sheet

STARTER = Path(services_catalog.__file__).parent / "starter"
SHARED = Path(__file__).parents[3] / "shared" / "data"
#: file and column of the titles
LISTS = {
    "guangan": ("items-guangan-1135.xlsx", "事项名称"),
    "guangdong": ("items-guangdong-2262.xlsx", "事项名称"),
}


def town_synonyms() -> Synonyms:
    """Return the starter's table of synonyms."""
    file = STARTER / "synonyms.csv"
    return synonyms(read_csv(file.name, file.read_bytes())[1:])


def starter(*, named: bool) -> list[SearchEntry]:
    """Return the starter's items, with their everyday names or without."""
    file = STARTER / "items.csv"
    entries = [row.entry for row in read_sheet(read_csv(file.name, file.read_bytes())).rows]
    return [
        SearchEntry(one.code, one.facts.title, (one.names or ()) if named else ())
        for one in entries
    ]


def catalogue(name: str, *, named: bool = True) -> list[SearchEntry] | None:
    """Return a catalogue's items; None where its file is absent.

    Items of one title (offices publish several) count as one; it is its own code.
    """
    if name == "starter":
        return starter(named=named)
    file, column = LISTS[name]
    if not (SHARED / file).exists():
        return None
    return [SearchEntry(title, title) for title in dict.fromkeys(_titles(SHARED / file, column))]


def _titles(file: Path, column: str) -> Iterator[str]:
    book = openpyxl.load_workbook(file, read_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    head: Sequence[object] = next(rows)
    place = head.index(column)
    for row in rows:
        yield str(row[place]).strip()
    book.close()
