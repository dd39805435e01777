"""事项清单: an office's sheet read row by row: what it says, or why it cannot be read."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kernel.errors import Refusal
from kernel.text import folded
from services_catalog.rules.cells import (
    clean,
    one_line,
    read_handling,
    read_limit,
    read_materials,
    read_names,
    read_window,
)
from services_catalog.rules.columns import COLUMNS, find_header
from services_catalog.rules.items import OTHER_SECTION, Entry, ItemFacts
from services_catalog.rules.limits import is_range

#: fields that are plain text, kept as they are typed
_TEXTS = ("audience", "conditions", "steps", "fee", "place", "hours", "phone", "complaint_phone")
_MORE_TEXTS = ("faq", "level", "visits", "themes", "joint_bodies", "limit_note")
#: names and codes: a line break inside is a narrow column's doing
_ONE_LINE = ("title", "code", "body", "item_type", "section", "basic_code")
_LIMITS = ("statutory", "promised")
#: what codes made here begin with (自编)
OWN_CODE = "ZB-"
LONGEST_TITLE = 200
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+\d+")


class RowWithoutTitle(Refusal):
    message = "没有事项名称。"
    status = 422


class TitleTooLong(Refusal):
    message = "事项名称超过{limit}个字，请检查是否填错了列。"
    status = 422


class RowWithoutCode(Refusal):
    message = "“{title}”没有编码，也没有实施主体，无法认定是哪个事项。"
    status = 422


class BadCode(Refusal):
    message = "编码“{code}”里有不能用的字符，只能用字母、数字、点和横线，最多64个。"
    status = 422


class CodeInScientific(Refusal):
    message = "编码“{code}”被表格软件改成了科学计数法，请把该列设为文本后重填。"
    status = 422


class RepeatedCode(Refusal):
    message = "“{title}”与第{earlier}行重复（编码{code}），没有导入这一行。"
    status = 422


@dataclass(frozen=True, slots=True)
class Row:
    """A row that could be read, under the number it has in the sheet."""

    number: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken in, and why."""

    number: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet, read."""

    rows: tuple[Row, ...]
    refused: tuple[RefusedRow, ...]
    unknown_columns: tuple[str, ...]


def read_sheet(table: Sequence[Sequence[str]]) -> Sheet:
    """Read a table of cells; rows are numbered as the spreadsheet numbers them.

    Raises: NoHeader, NoTitleColumn, NoCodeColumn.
    """
    top, header = find_header(table)
    rows: dict[str, Row] = {}
    refused: list[RefusedRow] = []
    for number, cells in enumerate(table[top + 1 :], start=top + 2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            entry = read_row(header.cells(cells))
            if entry.code in rows:
                raise _repeated(entry, rows[entry.code])
        except Refusal as no:
            refused.append(RefusedRow(number, no.sentence))
        else:
            rows[entry.code] = Row(number, entry)
    return Sheet(tuple(rows.values()), tuple(refused), header.unknown)


def _repeated(entry: Entry, earlier: Row) -> RepeatedCode:
    return RepeatedCode(title=entry.facts.title, code=entry.code, earlier=earlier.number)


def read_row(cells: Mapping[str, str]) -> Entry:
    """Read one row, by field, into an entry. Raises a Refusal that says what is wrong.

    A field without a column is left as unspoken of; names and window are then None.
    """
    said = {field: clean(text, field) for field, text in cells.items()}
    said |= {field: one_line(said[field]) for field in _ONE_LINE if field in said}
    code, is_coded = _code(said)
    texts = {field: said.get(field, "") for field in _TEXTS + _MORE_TEXTS + _ONE_LINE}
    texts["limit_note"] = _limit_note(said)
    texts["section"] = texts["section"] or OTHER_SECTION
    del texts["code"]
    facts = ItemFacts(
        handling=read_handling(said.get("handling", "")),
        statutory=read_limit(said.get("statutory", "")),
        promised=read_limit(said.get("promised", "")),
        materials=read_materials(said.get("materials", "")),
        **texts,
    )
    names = read_names(said["names"]) if "names" in said else None
    return Entry(code, facts, names, read_window(said.get("window", "")), is_coded)


def _code(said: Mapping[str, str]) -> tuple[str, bool]:
    """Return the row's code, and whether it is the office's own."""
    title, code, body = (said.get(field, "") for field in ("title", "code", "body"))
    if not title:
        raise RowWithoutTitle
    if len(title) > LONGEST_TITLE:
        raise TitleTooLong(limit=LONGEST_TITLE)
    if code:
        return checked_code(code), True
    if not body:
        raise RowWithoutCode(title=title)
    return own_code(body, title), False


def own_code(body: str, title: str) -> str:
    """Return a code for a row that has none: the same department and title, the same code.

    `ZB-` and the first twelve hex digits of SHA-256 over both, folded, with a line feed between.
    """
    said = f"{folded(body)}\n{folded(title)}".encode()
    return OWN_CODE + hashlib.sha256(said).hexdigest()[:12].upper()


def checked_code(code: str) -> str:
    """Return a code as it is stored. Raises CodeInScientific, BadCode."""
    if _SCIENTIFIC.fullmatch(code):
        raise CodeInScientific(code=code)
    if not _CODE.fullmatch(code):
        raise BadCode(code=code)
    return code


def _limit_note(said: Mapping[str, str]) -> str:
    """Keep the original words of a range beside the number that was read from it.

    Source: practice.md 3.
    """
    ranges = [
        f"{COLUMNS[field][0]}原文：{said[field]}"
        for field in _LIMITS
        if is_range(said.get(field, ""))
    ]
    return "\n".join([*filter(None, [said.get("limit_note", "")]), *ranges])
