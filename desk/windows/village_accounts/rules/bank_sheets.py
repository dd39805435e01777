"""银行对账单的表: what a bank hands out, whatever it calls its columns, as lines of the bank.

Money in is positive. A bank writes its customer's income under 贷方 and what he spends under 借方.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from desk.windows.village_accounts.rules.sheet_rows import NoHead, Said, fen, head, rows
from kernel.errors import Refusal
from kernel.text import checked_text

GIST_LIMIT, REFERENCE_LIMIT = 100, 60
COLUMNS: Mapping[str, Sequence[str]] = {
    "on": ("交易日期", "日期", "记账日期", "交易时间", "入账日期"),
    "gist": ("摘要", "用途", "交易摘要", "附言", "备注"),
    "in": ("收入", "贷方发生额", "贷方金额", "收入金额", "贷方", "存入", "转入金额"),
    "out": ("支出", "借方发生额", "借方金额", "支出金额", "借方", "支取", "转出金额"),
    "amount": ("交易金额", "发生额", "金额"),
    "direction": ("借贷标志", "收支", "借贷", "方向"),
    "balance": ("余额", "账户余额", "联机余额"),
    "reference": ("流水号", "交易流水号", "凭证号", "凭证号码"),
}
#: the two ways a bank writes amounts: in two columns, or in one
_TWO, _ONE = ("on", "in", "out"), ("on", "amount")
_OUT = frozenset({"借", "支", "支出", "付", "D"})
_DAY = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})(?![0-9])")


class NotADay(Refusal):
    message = "“{typed}”不是日期，请写成 2026-01-05 这样。"
    status = 422


class NoAmount(Refusal):
    message = "收入和支出要有一个，也只能有一个。"
    status = 422


class NoRows(Refusal):
    message = "表里一笔流水都没有。"
    status = 422
    field = "file"


@dataclass(frozen=True, slots=True)
class BankRow:
    """One line of the bank's sheet."""

    on: date
    gist: str
    reference: str
    fen: int
    balance_fen: int | None


def read_statement(
    table: Sequence[Sequence[str]], called: Mapping[str, str] | None = None
) -> list[BankRow]:
    """Read a bank's sheet, whole or not at all; `called` says which name a column has instead.

    Raises: NoHead, WrongRows, NoRows.
    """
    names = {**COLUMNS, **{key: (name,) for key, name in (called or {}).items() if name}}
    top, places = _head(table, names)
    found = rows(table, top, places, _row)
    if not found:
        raise NoRows
    return found


def oldest_first(rows: Sequence[BankRow]) -> Sequence[BankRow]:
    """Return the lines of a sheet in the order they happened; many banks put the newest on top.

    Days that go down say so; within one day the balances do, each following from the line before.
    """
    if not rows or rows[0].on < rows[-1].on:
        return rows
    is_newest_first = rows[0].on > rows[-1].on or _links(rows[::-1]) > _links(rows)
    return rows[::-1] if is_newest_first else rows


def _links(rows: Sequence[BankRow]) -> int:
    """Return how many balances follow from the one before."""
    return sum(
        one.balance_fen is not None and other.balance_fen == one.balance_fen + other.fen
        for one, other in pairwise(rows)
    )


def _head(
    table: Sequence[Sequence[str]], names: Mapping[str, Sequence[str]]
) -> tuple[int, dict[str, int]]:
    try:
        return head(table, names, _TWO)
    except NoHead:
        try:
            return head(table, names, _ONE)
        except NoHead:
            raise NoHead(names="、".join(names[key][0] for key in _TWO)) from None


def _row(said: Said) -> BankRow | None:
    if not any(said.get(key) for key in ("in", "out", "amount")):
        return None
    return BankRow(
        read_day(said["on"]),
        checked_text(said.get("gist", "")[:GIST_LIMIT], GIST_LIMIT),
        checked_text(said.get("reference", "")[:REFERENCE_LIMIT], REFERENCE_LIMIT),
        _amount(said),
        fen(said["balance"]) if said.get("balance") else None,
    )


def _amount(said: Said) -> int:
    if "amount" in said and "in" not in said:
        is_out = said.get("direction", "") in _OUT
        amount = -abs(fen(said["amount"])) if is_out else fen(said["amount"])
    else:
        came, went = fen(said["in"]), fen(said["out"])
        if came and went:
            raise NoAmount
        amount = came - went
    if not amount:
        raise NoAmount
    return amount


def read_day(typed: str) -> date:
    """Return the day of a bank's date, with or without a time behind it. Raises: NotADay."""
    match = _DAY.match(typed.strip())
    try:
        if match is None:
            raise ValueError(typed)
        return date(*(int(part) for part in match.groups()))
    except ValueError as wrong:
        raise NotADay(typed=typed[:20]) from wrong
