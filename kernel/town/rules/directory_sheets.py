"""电话簿的表格: the directory as rows of a sheet, read and written without loss."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date

from kernel.errors import InvalidInput, Refusal
from kernel.text import checked_text, folded
from kernel.town.rules import DIRECTORY_GROUPS
from kernel.town.rules.directory import (
    LONGEST_LINE,
    UnitFacts,
    checked_group,
    checked_name,
    checked_numbers,
    checked_unit_code,
)

SHEET_NAME, FILE_NAME = "电话簿", "电话簿-{day}.xlsx"
COLUMNS = {
    "code": "编号",
    "group": "分类",
    "name": "单位名称",
    "business": "办什么事",
    "place": "地点",
    "hours": "时间",
    "phone": "电话",
    "owner": "责任岗位",
    "checked_on": "核对日期",
    "checked_note": "核对结果",
    "closed_on": "停用日",
}
NEEDED = ("code", "name", "phone")
#: what a header was called in sheets that were handed out before
OLD_NAMES = {"停用日(只在网页上改)": "closed_on"}
#: as many codes as a sentence bears
MOST_NAMED = 8
#: titles may stand above the header
_HEADER_WITHIN = 10
_FACTS = frozenset(one.name for one in fields(UnitFacts))
_CHECKS: dict[str, Callable[[str], str]] = {
    "code": checked_unit_code,
    "group": checked_group,
    "name": checked_name,
    "phone": checked_numbers,
}


class NoDirectoryHeader(Refusal):
    message = "没有找到表头：要有编号、单位名称、电话三列；先导出一份，照着改最稳当。"
    status = 422
    field = "file"


class ClosedOtherwise(Refusal):
    message = (
        "没有导入：{codes}的停用日和系统里的不一样。停用、恢复要在它自己的页上办，那里会先核对"
        "还有哪些事项写着它的电话；办好后，或把表里的停用日清空，再导入。"
    )
    status = 422
    field = "file"


class RowsRefused(Refusal):
    message = "没有导入，请改好再试：{sentences}"
    status = 422
    field = "file"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as a sheet has it, with when it was last rung; None: the sheet does not say."""

    facts: UnitFacts
    checked_on: date | None = None
    checked_note: str | None = None
    #: None too where the sheet does not say; a unit that is known is retired on its own page only
    closed_on: date | None = None


@dataclass(slots=True)
class _Reading:
    rows: dict[str, UnitRow] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)


def sheet(units: Iterable[UnitRow]) -> Iterator[tuple[str, ...]]:
    """Give the header and a row for every unit."""
    yield tuple(COLUMNS.values())
    for unit in units:
        cells = asdict(unit.facts) | {"group": DIRECTORY_GROUPS[unit.facts.group]}
        cells["checked_on"] = f"{unit.checked_on or ''}"
        cells["checked_note"] = unit.checked_note or ""
        cells["closed_on"] = f"{unit.closed_on or ''}"
        yield tuple(cells[name] for name in COLUMNS)


def read_directory(table: Sequence[Sequence[str]]) -> list[UnitRow]:
    """Read a sheet, whole or not at all. Raises NoDirectoryHeader, RowsRefused."""
    top, places = _header(table)
    reading = _Reading()
    for number, cells in enumerate(table[top + 1 :], start=top + 2):
        if any(cell.strip() for cell in cells):
            said = {name: cells[at] if at < len(cells) else "" for name, at in places.items()}
            _read(reading, number, said)
    if reading.sentences:
        raise RowsRefused(sentences=" ".join(reading.sentences[:20]))
    return list(reading.rows.values())


def _header(table: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    keys = {folded(name): key for key, name in COLUMNS.items()} | OLD_NAMES
    for top, row in enumerate(table[:_HEADER_WITHIN]):
        known = {keys[folded(cell)]: at for at, cell in enumerate(row) if folded(cell) in keys}
        if known.keys() >= set(NEEDED):
            return top, known
    raise NoDirectoryHeader


def _read(reading: _Reading, number: int, said: Mapping[str, str]) -> None:
    try:
        row = _unit(said)
        if row.facts.code in reading.rows:
            raise InvalidInput(sentence=f"编号{row.facts.code}上面已经有了。")
    except Refusal as no:
        reading.sentences.append(f"第{number}行：{no.sentence}")
    else:
        reading.rows[row.facts.code] = row


def _unit(said: Mapping[str, str]) -> UnitRow:
    facts = UnitFacts(
        **{name: _CHECKS.get(name, _line)(said.get(name, "")) for name in COLUMNS if name in _FACTS}
    )
    note = _line(said["checked_note"]) if "checked_note" in said else None
    return UnitRow(facts, _day(said, "checked_on"), note, _day(said, "closed_on"))


def _line(text: str) -> str:
    return checked_text(text, LONGEST_LINE)


def _day(said: Mapping[str, str], column: str) -> date | None:
    """Return a day as a sheet or a spreadsheet's date cell writes it."""
    text = said.get(column, "")
    plain = text.strip().split(" ")[0].split("T")[0].replace("/", "-").replace(".", "-")
    if not plain:
        return None
    try:
        year, month, day = map(int, plain.split("-"))
        return date(year, month, day)
    except ValueError as wrong:
        raise InvalidInput(sentence=f"{COLUMNS[column]}“{text}”请写成 2026-11-22 这样。") from wrong
