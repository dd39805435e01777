"""报表格式的表: the lines of a statement as a sheet that is handed out, put right and taken in.

Source: practice 26 (lines are versioned data, compared with the ministry's appendix).
"""

from collections.abc import Iterator, Sequence

from desk.windows.village_accounts.rules.kinds import Side
from desk.windows.village_accounts.rules.reports.formulas import (
    StatementLine,
    check_lines,
    terms,
)
from desk.windows.village_accounts.rules.sheet_rows import Said, head, rows
from kernel.errors import Refusal
from kernel.text import checked_text, whole_number

SHEET_NAME = "报表项目"
COLUMNS = {
    "number": ("行次",),
    "name": ("项目",),
    "depth": ("缩进",),
    "half": ("左右",),
    "side": ("方向",),
    "formula": ("公式",),
}
NAME_LIMIT, FORMULA_LIMIT, MOST_DEPTH = 40, 120, 3
_SIDES = {"借": Side.DEBIT, "贷": Side.CREDIT}
_SIDE_WORDS = {Side.DEBIT: "借", Side.CREDIT: "贷", Side.EITHER: "借"}


class WrongLine(Refusal):
    message = "缩进填0到3，左右填1或2，方向填借或贷；有公式的要有行次，没有公式的行次留空。"
    status = 422


class NumberTwice(Refusal):
    message = "行次{number}有两行。"
    status = 422


class NoLines(Refusal):
    message = "表里一个项目都没有。"
    status = 422
    field = "file"


def sheet(lines: Sequence[StatementLine]) -> Iterator[Sequence[str]]:
    """Yield the lines of a statement as a sheet."""
    yield [every[0] for every in COLUMNS.values()]
    for one in lines:
        where = (str(one.depth), str(one.half), _SIDE_WORDS[one.side])
        yield [one.number, one.name, *where, one.formula]


def read_form(table: Sequence[Sequence[str]]) -> list[StatementLine]:
    """Read the lines of a statement, whole or not at all.

    Raises: NoHead, WrongRows, NoLines, UnknownLine.
    """
    top, places = head(table, COLUMNS, tuple(COLUMNS))
    seen: set[str] = set()

    def take(said: Said) -> StatementLine:
        line = _line(said)
        terms(line)
        if line.number and line.number in seen:
            raise NumberTwice(number=line.number)
        seen.add(line.number)
        return line

    found = rows(table, top, places, take)
    if not found:
        raise NoLines
    check_lines(found)
    return found


def _line(said: Said) -> StatementLine:
    depth, half = whole_number(said["depth"]), whole_number(said["half"])
    number, side = said["number"], _SIDES.get(said["side"])
    formula = checked_text(said["formula"].replace(" ", ""), FORMULA_LIMIT)
    is_numbered = (whole_number(number) is not None) == bool(formula) and len(number) < 3
    if side is None or depth is None or depth > MOST_DEPTH or half not in {1, 2} or not is_numbered:
        raise WrongLine
    name = checked_text(said["name"], NAME_LIMIT)
    return StatementLine(number, name, depth, half, side, formula)
