"""导入: a province's list of 2,262 items taken in, beside openpyxl merely reading the sheet."""

from pathlib import Path
from time import perf_counter

import openpyxl

from app import create_app
from bench.figures import Figure
from bench.installation import PROJECT, sample_town

SHEET = PROJECT.parent / "shared" / "data" / "items-guangdong-2262.xlsx"


def figures() -> list[Figure]:
    """Import the sheet; nothing where it is absent."""
    if not SHEET.exists():
        print(f"no {SHEET.name}: the import is not measured")
        return []
    return [Figure("import of 2,262 items", _imported(), "s", _read(SHEET), "openpyxl reading")]


def _imported() -> float:
    with sample_town() as town:
        app = create_app(town.open_house())
        begun = perf_counter()
        done = app.test_cli_runner().invoke(args=["catalogue", "import", str(SHEET)])
        seconds = perf_counter() - begun
    if done.exit_code:
        raise RuntimeError(done.output)
    return seconds


def _read(file: Path) -> float:
    begun = perf_counter()
    book = openpyxl.load_workbook(file, read_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()
    return perf_counter() - begun
