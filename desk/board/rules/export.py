"""导出: which facts of a case a sheet may carry, under headings the town edits.

The real file often lives in another system, which takes the day's cases as a sheet with
columns of its own (practice 13). Whole names and numbers go only to whoever works the window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kernel.errors import Refusal

HEADING_LIMIT = 40
#: more than this many rows are a report, not a day's work
EXPORT_LIMIT = 5000


class ExportField(StrEnum):
    """One fact of a case."""

    NUMBER = "number"
    OUTSIDE_NUMBER = "outside_number"
    WINDOW = "window"
    SECTION = "section"
    ITEM_CODE = "item_code"
    ITEM = "item"
    BODY = "body"
    APPLICANT = "applicant"
    DOCUMENT_KIND = "document_kind"
    DOCUMENT = "document"
    PHONE = "phone"
    VILLAGE = "village"
    HANDLER = "handler"
    STAGE = "stage"
    LIGHT = "light"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    DUE = "due"
    CLOSED = "closed"
    RESULT = "result"


FIELD_NAMES = {
    ExportField.NUMBER: "受理编号",
    ExportField.OUTSIDE_NUMBER: "外部系统编号",
    ExportField.WINDOW: "窗口",
    ExportField.SECTION: "专窗",
    ExportField.ITEM_CODE: "事项编号",
    ExportField.ITEM: "事项名称",
    ExportField.BODY: "实施主体",
    ExportField.APPLICANT: "申请人",
    ExportField.DOCUMENT_KIND: "证件种类",
    ExportField.DOCUMENT: "证件号码",
    ExportField.PHONE: "联系电话",
    ExportField.VILLAGE: "村",
    ExportField.HANDLER: "经办人",
    ExportField.STAGE: "环节",
    ExportField.LIGHT: "灯",
    ExportField.RECEIVED: "收件时间",
    ExportField.ACCEPTED: "受理日期",
    ExportField.DUE: "办结期限",
    ExportField.CLOSED: "办结时间",
    ExportField.RESULT: "办理结果",
}
#: whole only for whoever works the case's window; masked for everybody else
PERSONAL = frozenset({ExportField.APPLICANT, ExportField.DOCUMENT, ExportField.PHONE})
SHEET_TITLE = "办件"
HELD_TITLE = "导出办件名册（{rows}件，{persons}件含完整的个人信息）"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet."""

    field: ExportField
    heading: str


class NoColumns(Refusal):
    message = "至少要导出一列，请勾选要导出的内容。"
    status = 422


class TooManyRows(Refusal):
    message = "这份名册超过{most}件，请缩小收件日期的范围，分几次导出。"
    status = 422


def persons_in(columns: Sequence[Column], whole: int) -> int:
    """Return how many persons a sheet shows whole, of `whole` cases whose window one works."""
    return whole if {column.field for column in columns} & PERSONAL else 0


def ordered(chosen: Sequence[tuple[int, Column]]) -> list[Column]:
    """Return the columns as numbered, those of one number in the order of the list.

    Raises: NoColumns.
    """
    if not chosen:
        raise NoColumns
    return [column for _, column in sorted(chosen, key=lambda one: one[0])]
