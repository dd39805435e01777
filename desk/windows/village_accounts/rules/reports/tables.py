"""表: a report as rows of cells, the same for screen, sheet and paper; figures know their books."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kernel.money import plain_yuan, yuan


class Weight(StrEnum):
    """How a row stands out."""

    PLAIN = "plain"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and whether figures stand in it."""

    name: str
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a place: a text or an amount, and where it comes from."""

    said: str = ""
    #: None: nothing is shown
    fen: int | None = None
    #: the account whose book it is, of which set
    account: str = ""
    set_id: int = 0
    #: the line of a statement that is made of several accounts
    line: str = ""
    depth: int = 0
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells."""

    cells: Sequence[Cell]
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """A whole report."""

    columns: Sequence[Column]
    rows: Sequence[Row] = field(default=())


def text(*said: str) -> list[Cell]:
    """Return cells of words."""
    return [Cell(one) for one in said]


def amounts(*fen: int | None) -> list[Cell]:
    """Return cells of amounts; a zero is left out, as on paper."""
    return [Cell(fen=one or None) for one in fen]


def shown(cell: Cell) -> str:
    """Return what is read in a cell."""
    return cell.said if cell.fen is None else yuan(cell.fen)


def typed(cell: Cell) -> str:
    """Return what stands in a cell of a spreadsheet: amounts without thousands."""
    return cell.said if cell.fen is None else plain_yuan(cell.fen)


def sheet_rows(title: str, notes: Sequence[str], table: Table) -> Iterator[Sequence[str]]:
    """Yield a report as rows of a spreadsheet: title, notes, head, rows."""
    yield [title]
    yield [note for note in notes if note]
    yield [column.name for column in table.columns]
    for row in table.rows:
        yield [typed(cell) for cell in row.cells]


def printed(table: Table) -> dict[str, object]:
    """Return a report as the typesetter takes it."""
    return {
        "head": [column.name for column in table.columns],
        "numbers": [column.is_number for column in table.columns],
        "rows": [
            {
                "cells": [_printed(cell, row) for cell in row.cells],
            }
            for row in table.rows
        ],
    }


def _printed(cell: Cell, row: Row) -> dict[str, object]:
    is_strong = cell.is_strong or row.weight is not Weight.PLAIN
    return {"said": shown(cell), "depth": cell.depth, "strong": is_strong}
