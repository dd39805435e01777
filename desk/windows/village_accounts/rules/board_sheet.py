"""公开表上墙: how the classes of a sheet are set on A3, column by column.

Source: practice 27, 28; domain notes 4.4 (公开表的栏目).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from desk.windows.village_accounts.rules.disclosure import (
    SECTION_NAMES,
    STANDING,
    Section,
    SheetLine,
)
from kernel.money import yuan

TITLE = "{village}财务公开表"
DRAFT_WORDS = "送审稿：请村务监督委员会审核签字，没有公布以前不上墙"
CODE_WORDS = "扫码逐笔看、逐笔问"
CORRECTION = "{voucher}　{gist}　{fen}元：已由{by}冲销"
LATER = "{voucher}　{gist}：公布以后补记的，不在这份表里"
DIGEST_DIFFERS = "这份表的内容和校验码对不上，不要上墙，请告诉便民服务中心"
_MOVED = ("日期", "摘要", "科目", "凭证", "经手人", "金额")
_STOOD = ("项目", "期初", "期末")
_NAMED = ("项目", "金额")
#: classes whose lines are no vouchers
_PLAIN = frozenset({Section.PLAN, Section.RESOURCE})


@dataclass(frozen=True, slots=True)
class Table:
    """One class as the typesetter takes it: widths in mm, 0 for what is left."""

    title: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    right: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(lines: Iterable[SheetLine]) -> list[Table]:
    """Return every class, those without lines too."""
    found = list(lines)
    return [_table(one, [line for line in found if line.section is one]) for one in Section]


def _table(section: Section, lines: list[SheetLine]) -> Table:
    if section in STANDING:
        stood = tuple(_stood(one) for one in lines)
        return Table(SECTION_NAMES[section], _STOOD, (0, 40, 40), (1, 2), stood)
    if section in _PLAIN:
        named = tuple((one.gist, _fen(one.fen)) for one in lines)
        return Table(SECTION_NAMES[section], _NAMED, (0, 40), (1,), named)
    rows = tuple(_moved(one) for one in lines)
    return Table(SECTION_NAMES[section], _MOVED, (24, 0, 52, 52, 26, 32), (5,), rows)


def _stood(one: SheetLine) -> tuple[str, ...]:
    return (one.gist, _fen(one.before_fen), _fen(one.fen))


def _moved(one: SheetLine) -> tuple[str, ...]:
    on = f"{one.on:%Y-%m-%d}" if one.on else ""
    return (on, one.gist, one.account, one.voucher, one.by, _fen(one.fen))


def _fen(fen: int | None) -> str:
    return "" if fen is None else yuan(fen)
