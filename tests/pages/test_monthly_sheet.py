"""月报表: the printed sheet of a month, as the typesetter sets it."""

import io
from collections.abc import Sequence

import pytest
from pypdf import PdfReader

from desk.windows.enterprise.queries import sheets
from desk.windows.enterprise.rules import leaders as rules
from desk.windows.enterprise.rules.trips import DEFINITION
from kernel.printing import typeset


@pytest.mark.parametrize(
    ("number", "agents", "sheet_count"), [(3, 1, 1), (14, 3, 1), (15, 6, 2), (40, 3, 2), (2, 45, 2)]
)
def test_signatures_stand_on_one_sheet_with_the_last_rows(
    number: int, agents: int, sheet_count: int
) -> None:
    def table(title: str, head: Sequence[str], rows: int) -> dict[str, object]:
        made = [[f"示例{one}", *("1" for _ in head[1:])] for one in range(rows)]
        return sheets.printed(title, [list(head), *made, [rules.TOTAL, *("9" for _ in head[1:])]])

    values = {
        **dict.fromkeys(("hall", "month", "as_of", "printed"), "示例"),
        "is_sample": True,
        "title": rules.SHEET_TITLE,
        "tables": [
            table(rules.PROJECTS_TITLE, rules.MONTH_HEAD, number),
            table(rules.TRIPS_TITLE, rules.TRIP_HEAD, agents),
        ],
        "row_mm": sheets.ROW_MM,
        "text_pt": sheets.TEXT_PT,
        "notes": [*rules.NOTES, DEFINITION],
        "signed_by": list(rules.SIGNED_BY),
        "seal": rules.SEAL,
    }
    pages = PdfReader(io.BytesIO(typeset("monthly", values))).pages
    said = [one.extract_text().replace(" ", "") for one in pages]
    assert len(said) == sheet_count
    assert [rules.SIGNED_BY[0] in one for one in said] == [False] * (sheet_count - 1) + [True]
    last = said[-1]
    assert rules.TRIP_HEAD[1] in last, "the rows that went over have their head"
    assert f"示例{agents - 1}" in last
    assert rules.TOTAL in last
