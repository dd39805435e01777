"""表格文件: a spreadsheet or CSV file, in any encoding an office saves, as rows of cells."""

import csv
import io
import warnings
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree.ElementTree import ParseError  # nosec B405
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from kernel.errors import Refusal

EXCEL_97 = b"\xd0\xcf\x11\xe0"
EXCEL = b"PK\x03\x04"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
#: integers above this lose digits in a spreadsheet
EXACT = 10**15
#: what a cell of a spreadsheet holds at most, and the type that is never a formula
LONGEST_CELL, TEXT = 32_767, "s"

#: what openpyxl raises for a file that is only partly a workbook
_BROKEN = (BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, OSError)


class UnreadableFile(Refusal):
    message = "“{name}”打不开，请用表格软件打开后另存为 .xlsx 或 UTF-8 的 .csv 再导入。"
    status = 422


class OldWorkbook(UnreadableFile):
    message = "“{name}”是旧版 .xls 格式，请用表格软件另存为 .xlsx 再导入。"


class CellTooLong(Refusal):
    message = "“{text}…”超过{limit}个字，表格放不下，请先缩短再导出。"
    status = 422


class NoSuchFile(UnreadableFile):
    message = "找不到文件“{name}”，请核对路径。"


def read_table(name: str, raw: bytes) -> list[list[str]]:
    """Return the cells of the first sheet, or of a CSV file; the content decides, not the name.

    Raises: UnreadableFile, OldWorkbook.
    """
    if raw.startswith(EXCEL_97):
        raise OldWorkbook(name=name)
    return _read_workbook(name, raw) if raw.startswith(EXCEL) else read_csv(name, raw)


def _read_workbook(name: str, raw: bytes) -> list[list[str]]:
    with warnings.catch_warnings():
        #: styles and validations that openpyxl does not keep are no concern of a reader
        warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
        try:
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            #: some programs write a wrong size into the file: read until the rows end
            sheet.reset_dimensions()
            return [[cell_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        except (*_BROKEN, IndexError) as broken:
            raise UnreadableFile(name=name) from broken


def read_csv(name: str, raw: bytes) -> list[list[str]]:
    """Return the rows of a CSV file in UTF-8, GB18030 or a spreadsheet's "Unicode text".

    Raises: UnreadableFile.
    """
    text = _decoded(name, raw)
    first = text.partition("\n")[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as broken:
        raise UnreadableFile(name=name) from broken


def _decoded(name: str, raw: bytes) -> str:
    encodings = ("utf-16",) if raw.startswith(_UTF_16) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(name=name)


def cell_text(value: object) -> str:
    """Return a spreadsheet's value as the text people see in the cell."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    return str(value)


def workbook(title: str, rows: Iterable[Sequence[str]], by: str = "") -> bytes:
    """Return an .xlsx file of one sheet whose cells are all text: nothing in it is a formula.

    The file's own properties say who took it out of the house (`by`).

    Raises: CellTooLong, for a spreadsheet would cut the text off in silence.
    """
    book = Workbook(write_only=True)
    book.properties.creator = book.properties.lastModifiedBy = by or None
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_text_cell(sheet, text) for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet: Any, text: str) -> object:
    if not text:
        return None
    if len(text) > LONGEST_CELL:
        raise CellTooLong(text=text[:20], limit=LONGEST_CELL)
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = TEXT  # what begins with = would be a formula
    return cell
