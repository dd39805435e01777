"""导出清单: an item as the row of a sheet that, imported again, changes nothing."""

from collections.abc import Iterable, Iterator

from services_catalog.rules.cells import NO_MATERIALS
from services_catalog.rules.columns import COLUMNS
from services_catalog.rules.items import (
    HANDLING_NAMES,
    WINDOW_NAMES,
    Entry,
    MaterialFacts,
)
from services_catalog.rules.limits import UNANSWERED, TimeLimit, spoken

SHEET_NAME = "事项清单"
FILE_NAME = "事项清单-{day}.xlsx"
EXPORTED = "已导出{count}项到{file}。"
NOTHING = "无"
BETWEEN_PARTS, BETWEEN_NAMES = "｜", "、"
HEADER = tuple(names[0] for names in COLUMNS.values())
#: fields that are not kept as the text of the same name
_READ = ("code", "names", "window", "handling", "statutory", "promised", "materials")


def sheet(entries: Iterable[Entry]) -> Iterator[tuple[str, ...]]:
    """Give the header and a row for every entry."""
    yield HEADER
    for entry in entries:
        yield tuple(cells_of(entry).values())


def cells_of(entry: Entry) -> dict[str, str]:
    """Return what an importer reads as this entry, by field."""
    facts = entry.facts
    told = {
        "code": entry.code,
        "names": BETWEEN_NAMES.join(entry.names or ()),
        "window": WINDOW_NAMES[entry.window] if entry.window else "",
        "handling": HANDLING_NAMES[facts.handling],
        "statutory": limit_cell(facts.statutory),
        "promised": limit_cell(facts.promised),
        "materials": materials_cell(facts.materials),
    }
    texts = {field: getattr(facts, field) for field in COLUMNS if field not in _READ}
    return {field: told[field] if field in told else texts[field] for field in COLUMNS}


def limit_cell(limit: TimeLimit) -> str:
    """Return a limit as it is typed; an unanswered one is an empty cell."""
    return "" if limit == UNANSWERED else spoken(limit)


def materials_cell(papers: tuple[MaterialFacts, ...] | None) -> str:
    """Return papers as they are typed, one a line; 无 is an answer, an empty cell is none."""
    if papers is None:
        return ""
    lines = "\n".join(map(material_line, papers))
    return lines + BETWEEN_PARTS if lines.rstrip("。") in NO_MATERIALS else lines or NOTHING


def material_line(paper: MaterialFacts) -> str:
    """Return one paper as `名称｜份数｜来源｜说明`, without empty parts at its end."""
    parts = (paper.name, paper.copies, paper.source, paper.note)
    return BETWEEN_PARTS.join(parts).rstrip(BETWEEN_PARTS)
