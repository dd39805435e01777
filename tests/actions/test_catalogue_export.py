"""导出: what goes out as a sheet comes back without loss, and changes nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kernel.access import HOUSE
from kernel.tables import CellTooLong, read_table, workbook
from kernel.web.house import House
from services_catalog import actions, queries
from services_catalog.jobs import take_in_sheet
from services_catalog.rules.columns import COLUMNS
from services_catalog.rules.export import HEADER, SHEET_NAME, cells_of, sheet
from services_catalog.rules.items import Entry, ItemFacts, MaterialFacts
from services_catalog.rules.reports import Tally
from services_catalog.rules.sheets import read_sheet
from tests.actions.a_catalogue import everything, open_house

GUANGDONG = Path(__file__).parents[3] / "shared" / "data" / "items-guangdong-2262.xlsx"
SHEETS = [
    pytest.param(actions.STARTER, 60, id="starter"),
    pytest.param(
        GUANGDONG,
        2262,
        id="guangdong",
        marks=pytest.mark.skipif(
            not GUANGDONG.exists(), reason="../shared/data is absent: no real sheet to read"
        ),
    ),
]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[House]:
    house = open_house(tmp_path)
    yield house
    house.database.engine.dispose()


def exported(here: House, file: Path) -> list[Entry]:
    with here.reading() as session:
        entries = queries.entries(session)
    file.write_bytes(workbook(SHEET_NAME, sheet(entries)))
    return entries


def take_in(here: House, file: Path) -> Tally:
    return take_in_sheet(here, file, HOUSE, lambda done, total: None).tally


@pytest.mark.parametrize(("source", "count"), SHEETS)
def test_an_exported_catalogue_changes_nothing_when_it_comes_back(
    here: House, tmp_path: Path, source: Path, count: int
) -> None:
    take_in(here, source)
    before, file = everything(here), tmp_path / "out.xlsx"
    entries = exported(here, file)
    assert len(entries) == count
    assert take_in(here, file) == Tally(unchanged=count)
    assert everything(here) == before


@pytest.mark.parametrize(("source", "count"), SHEETS)
def test_another_town_reads_the_same_from_it(
    here: House, tmp_path: Path, source: Path, count: int
) -> None:
    take_in(here, source)
    file = tmp_path / "out.xlsx"
    entries = exported(here, file)
    other = open_house(tmp_path / "other")
    tally = take_in(other, file)
    assert (tally.added + tally.drafts, tally.refused) == (count, 0)
    with other.reading() as session:
        assert queries.entries(session) == entries
    other.database.engine.dispose()


def test_the_sheet_has_the_importers_columns_and_no_formula(tmp_path: Path) -> None:
    evil = ItemFacts(
        title="=1+1",
        fee='=HYPERLINK("http://x","y")',
        phone="@SUM(1)",
        materials=(MaterialFacts("+1"), MaterialFacts("-2", note="=cmd|'/c calc'!A1")),
    )
    file = tmp_path / "out.xlsx"
    file.write_bytes(workbook(SHEET_NAME, sheet([Entry("A-1", evil, ())])))
    cells = [
        cell for row in load_workbook(file).worksheets[0] for cell in row if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    assert tuple(cell.value for cell in cells[: len(COLUMNS)]) == HEADER
    (row,) = read_sheet(read_table(file.name, file.read_bytes())).rows
    assert cells_of(row.entry) == cells_of(Entry("A-1", evil, ()))


def test_a_text_no_cell_can_hold_is_refused_rather_than_cut() -> None:
    with pytest.raises(CellTooLong, match="32767"):
        workbook(SHEET_NAME, [["长" * 32_768]])
