"""表头: which column of an office's sheet answers which question, whatever it is called there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kernel.errors import Refusal
from kernel.text import folded

#: field → what offices call it; the first name is the one this house prints
COLUMNS: dict[str, tuple[str, ...]] = {
    "title": ("事项名称", "名称", "办理事项", "政务服务事项名称", "实施清单名称"),
    "code": ("实施编码", "事项编码", "编码", "实施清单编码", "业务办理项编码"),
    "names": ("俗称", "别名", "办理事项别名", "办理事项别名/俗称", "俗称/别名"),
    "section": ("专窗",),
    "window": ("窗口",),
    "handling": ("办理方式",),
    "item_type": ("事项类型", "事项类别"),
    "body": ("实施主体", "承办单位", "部门", "实施机构", "承办机关"),
    "audience": ("服务对象",),
    "statutory": ("法定办结时限", "法定时限"),
    "promised": ("承诺办结时限", "承诺时限"),
    "limit_note": ("时限说明",),
    "conditions": ("受理条件", "办理条件", "申请条件"),
    "materials": ("申请材料", "材料", "所需材料", "办理材料"),
    "steps": ("办理流程", "流程"),
    "fee": ("收费", "是否收费", "收费标准"),
    "place": ("办理地点", "办理地址"),
    "hours": ("办理时间", "办公时间"),
    "phone": ("咨询电话", "咨询方式", "联系电话"),
    "complaint_phone": ("监督投诉电话", "投诉电话", "监督投诉方式", "监督电话"),
    "faq": ("常见问题",),
    "basic_code": ("基本编码",),
    "level": ("行使层级",),
    "visits": ("到办事现场次数",),
    "themes": ("主题分类",),
    "joint_bodies": ("协办部门",),
}
_FIELD_OF = {folded(name): field for field, names in COLUMNS.items() for name in names}
#: titles and merged cells may stand above the header
HEADER_WITHIN = 10
_ORNAMENTS = re.compile(r"\(.*?\)|[*★☆※:]")


class NoHeader(Refusal):
    message = "前{within}行里没有找到表头，请确认有一行写着“事项名称”和“实施编码”。"
    status = 422


class NoTitleColumn(Refusal):
    message = "表头里没有“事项名称”一列，请补上后再导入。"
    status = 422


class NoCodeColumn(Refusal):
    message = "表头里没有“实施编码”一列，也没有可以代替它的“部门”一列，请补上后再导入。"
    status = 422


@dataclass(frozen=True, slots=True)
class Header:
    """Where each field stands in a row, and the columns nobody here knows."""

    positions: dict[str, int]
    unknown: tuple[str, ...] = ()

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """Return the row by field; a row cut short has empty cells at its end."""
        return {
            field: row[position] if position < len(row) else ""
            for field, position in self.positions.items()
        }


def find_header(table: Sequence[Sequence[str]]) -> tuple[int, Header]:
    """Return the index of the header row and what it says.

    Raises: NoHeader, NoTitleColumn, NoCodeColumn.
    """
    for index, row in enumerate(table[:HEADER_WITHIN]):
        if sum(field_of(cell) is not None for cell in row) >= 2:
            return index, read_header(row)
    raise NoHeader(within=HEADER_WITHIN)


def read_header(row: Iterable[str]) -> Header:
    """Map column names to fields; the first column of a kind wins, a second one is unknown."""
    positions: dict[str, int] = {}
    unknown: list[str] = []
    for position, cell in enumerate(row):
        field = field_of(cell)
        if field is not None and field not in positions:
            positions[field] = position
        elif cell.strip():
            unknown.append(" ".join(cell.split()))
    if "title" not in positions:
        raise NoTitleColumn
    if not positions.keys() & {"code", "body"}:
        raise NoCodeColumn
    return Header(positions, tuple(unknown))


def field_of(name: str) -> str | None:
    """Return the field a column name stands for, if it is known here."""
    return _FIELD_OF.get(_ORNAMENTS.sub("", folded(name)))
