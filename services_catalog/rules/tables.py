"""表格文件: the bytes of a CSV file as rows of cells, in any encoding an office saves."""

import csv
import io

from kernel.errors import Refusal

EXCEL_97 = b"\xd0\xcf\x11\xe0"
EXCEL = b"PK\x03\x04"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
#: integers above this lose digits in a spreadsheet
EXACT = 10**15


class UnreadableFile(Refusal):
    message = "“{name}”打不开，请用表格软件打开后另存为 .xlsx 或 UTF-8 的 .csv 再导入。"
    status = 422


class OldWorkbook(UnreadableFile):
    message = "“{name}”是旧版 .xls 格式，请用表格软件另存为 .xlsx 再导入。"


class NoSuchFile(UnreadableFile):
    message = "找不到文件“{name}”，请核对路径。"


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
