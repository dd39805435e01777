"""登记簿打印: what a register says on paper besides its rows.

Source: practice 28 (each register is printed and signed).
"""

from collections.abc import Sequence
from dataclasses import dataclass

#: what a register is called on paper, and as a file
LIST_TITLE, EXPORTED_NAME = "{register}登记簿", "{register}-{set_id}.xlsx"
HELD_TITLE = "导出{whose}“{register}”登记簿（{persons}人的姓名）"
#: what stands around every table
FRAME: dict[str, object] = {
    "wide": True,
    "mark": "",
    "as_of": "",
    "unit": "单位：元",
    "signed_by": ("村负责人", "登记人"),
    "seal": "（盖章）",
}


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table on paper: whose, what, when; headings, which of them are figures, rows."""

    whose: str
    title: str
    when: str
    head: Sequence[str]
    numbers: Sequence[bool]
    rows: Sequence[Sequence[str]]
