"""办件月报表: the sheet leaders ask for, with who made it, who checked it, and room for a seal.

Source: practice 14.
"""

from desk.board.rules.reports import DIMENSION_NAMES, Dimension, Line, Measure, Span, cells

SHEET_TITLE = "办件月报表"
SIGNED_BY = ("制表", "审核", "负责人")
SEAL = "（盖章）"
#: the two tables of the sheet
TABLES = (Dimension.SECTION, Dimension.VILLAGE)


def month_name(span: Span) -> str:
    """Return 2026年3月."""
    return f"{span.first.year}年{span.first.month}月"


def month_code(span: Span) -> str:
    """Return 2026-03."""
    return f"{span.first:%Y-%m}"


def table_title(dimension: Dimension) -> str:
    """Return what a table of the sheet is called."""
    return f"按{DIMENSION_NAMES[dimension]}"


def sheet_rows(hall: str, span: Span, tables: dict[Dimension, list[Line]]) -> list[list[str]]:
    """Return the whole sheet as rows of text, signatures last."""
    rows = [[f"{hall}{month_name(span)}{SHEET_TITLE}"]]
    for dimension, lines in tables.items():
        rows += [[], *cells(lines, DIMENSION_NAMES[dimension])]
    return [*rows, [], [f"{name}：" for name in SIGNED_BY], [SEAL]]


def printed(lines: list[Line], dimension: Dimension) -> dict[str, object]:
    """Return a table as the typesetter takes it."""
    head, *rows = cells(lines, DIMENSION_NAMES[dimension])
    return {"title": table_title(dimension), "head": head, "rows": rows}


def is_empty(lines: list[Line]) -> bool:
    """Say whether a month has no figure at all."""
    return not any(line.figures[measure] for line in lines for measure in Measure)
