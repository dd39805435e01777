"""清单上传: a spreadsheet or CSV file, as it comes in, turned into rows of cells."""

import io
import warnings
from xml.etree.ElementTree import ParseError  # nosec B405
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from services_catalog.rules.tables import (
    EXCEL,
    EXCEL_97,
    OldWorkbook,
    UnreadableFile,
    cell_text,
    read_csv,
)

#: what openpyxl raises for a file that is only partly a workbook
_BROKEN = (BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, OSError)


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
