"""资产负债表、收益及收益分配表: their lines reckoned from the accounts.

Source: 财会〔2023〕14号 附录 (forms of reports, to be compared by the town); practice 25, 26.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desk.windows.village_accounts.rules.reports.figures import Figure
from desk.windows.village_accounts.rules.reports.formulas import (
    Basis,
    StatementLine,
    reckoned,
    starts,
)
from desk.windows.village_accounts.rules.reports.tables import Cell, Column, Row, Table

_HALF = ("行次", "期末余额", "年初余额")
Amounts = Sequence[Mapping[str, int]]


def at_end(figure: Figure) -> int:
    """Return what stood in an account at the end."""
    return figure.after


def at_start(figure: Figure) -> int:
    """Return what stood in an account at the start."""
    return figure.before


def in_period(figure: Figure) -> int:
    """Return what an account moved, closing aside."""
    return figure.moved


def in_year(figure: Figure) -> int:
    """Return what an account moved since the new year, closing aside."""
    return figure.since_new_year


#: the second column of each statement is the one whose parts are shown
COMPOSED: tuple[Basis, Basis] = (at_end, in_year)


def balance_sheet(lines: Sequence[StatementLine], of_year: Sequence[Figure]) -> Table:
    """Set out assets beside liabilities and equity, at the end and at the start of a year."""
    both = [reckoned(lines, of_year, basis) for basis in (at_end, at_start)]
    left, right = ([line for line in lines if line.half == half] for half in (1, 2))
    gap = [None] * abs(len(left) - len(right))
    pairs = zip(_stretched(left, gap, right), _stretched(right, gap, left), strict=True)
    rows = [Row([*_half(one, both), *_half(other, both)]) for one, other in pairs]
    names = ("资产", *_HALF, "负债和所有者权益", *_HALF)
    words = {"资产", "行次", "负债和所有者权益"}
    return Table([Column(name, name not in words) for name in names], rows)


def _stretched(
    short: Sequence[StatementLine], gap: Sequence[None], other: Sequence[StatementLine]
) -> list[StatementLine | None]:
    """Return the lines of a half as long as the other's, its last line still the last."""
    return [*short] if len(short) >= len(other) else [*short[:-1], *gap, *short[-1:]]


def _half(line: StatementLine | None, both: Amounts) -> list[Cell]:
    if line is None:
        return [Cell(), Cell(), Cell(), Cell()]
    end, start = (one.get(line.number) for one in both)
    return _line(line, Cell(fen=end, line=line.number), Cell(fen=start))


def _line(line: StatementLine, *both: Cell) -> list[Cell]:
    """Return a line with its amounts; where there is none, nothing is shown."""
    filled = [cell if cell.fen else Cell() for cell in both]
    cells = [Cell(line.name, depth=line.depth), Cell(line.number), *filled]
    return [replace(cell, is_strong=line.is_total) for cell in cells]


def income(
    lines: Sequence[StatementLine], of_months: Sequence[Figure], of_year: Sequence[Figure]
) -> Table:
    """Set out what was earned, spent and distributed in some months and since the new year."""
    months = reckoned(lines, of_months, in_period)
    year = reckoned(lines, of_year, in_year)
    late = starts(lines)
    rows = []
    for line in lines:
        month = None if line.number in late else months.get(line.number)
        total = year.get(line.number)
        rows.append(Row(_line(line, Cell(fen=month), Cell(fen=total, line=line.number))))
    names = ("项目", "行次", "本期数", "本年累计数")
    return Table([Column(name, name.endswith("数")) for name in names], rows)
