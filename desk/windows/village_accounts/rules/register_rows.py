"""登记簿的一行: what is refused, and how a cell is read and shown.

Source: practice 28 (收据 are issued, used, void, returned; each tied to a deposit).
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from desk.windows.village_accounts.rules.periods import read_period
from desk.windows.village_accounts.rules.registers import Cell, Column, ReceiptState, Register
from kernel.errors import InvalidInput, Refusal
from kernel.money import parse_fen, yuan
from kernel.text import whole_number

TEXT_LIMIT, REASON_LIMIT = 80, 100
MOST_NUMBER = 99_999_999
MASKED = "****"
_HUNDREDTHS = re.compile(r"[0-9]{1,8}(?:\.[0-9]{1,2})?")


class NotFilled(Refusal):
    message = "请填写{label}。"
    status = 422


class NotANumber(InvalidInput):
    message = "请填整数，不带单位。"


class NotHundredths(InvalidInput):
    message = "请写成 12.50 这样，最多两位小数。"


class NotAVoucher(InvalidInput):
    message = "凭证请写成 2026-03/12 这样：月份、斜杠、记字号。"


class BelowNothing(InvalidInput):
    message = "金额不能是负数。"


class NoSuchVoucher(Refusal):
    message = "这个账套里没有这张凭证，请核对月份和号。"
    status = 422
    field = "entry_id"


class NoSuchAccount(Refusal):
    message = "没有编码为“{code}”的在用科目；有明细科目的，请填明细科目。"
    status = 422


class NoSuchBook(Refusal):
    message = "没有登记过本号为“{code}”的收据本。"
    status = 422
    field = "book_id"


class CodeThere(Refusal):
    message = "已经有相同的编号了，请核对。"
    status = 422


class DaysBackwards(Refusal):
    message = "止的那天要晚于起的那天。"
    status = 422
    field = "to_on"


class TooMuchLeft(Refusal):
    message = "预计净残值不能大于原值。"
    status = 422
    field = "residual_fen"


class TooMuchWorn(Refusal):
    message = "期初累计折旧不能大于原值减预计净残值。"
    status = 422
    field = "opening_wear_fen"


class NothingWornYet(Refusal):
    message = "建账以后取得的固定资产没有期初累计折旧，请留空。"
    status = 422
    field = "opening_wear_fen"


class NumbersBackwards(Refusal):
    message = "止号不能小于起号。"
    status = 422
    field = "last_number"


class NotInBook(Refusal):
    message = "这一本的号是{first}到{last}，没有这个号。"
    status = 422
    field = "number"


class NoDeposit(Refusal):
    message = "用掉的收据要写明金额和入账的凭证；作废的不用。"
    status = 422
    field = "entry_id"


class NoPeriodOfRent(Refusal):
    message = "有租金的合同，几个月收一次要填1到120。"
    status = 422
    field = "every_months"


class NoWhyRetired(Refusal):
    message = "请写明注销的原因。"
    status = 422
    field = "reason"


class RowRetired(Refusal):
    message = "这一条已经注销，不能再改。"


def read_cell(column: Column, typed: str) -> Any:
    """Return what was typed into a cell; None for an empty one that may be empty."""
    text = typed.strip()
    if not text:
        if column.needed:
            raise NotFilled(label=column.label)
        return None
    return _READ.get(column.cell, _text)(text)


def _text(typed: str) -> str:
    return typed


def _money(typed: str) -> int:
    fen = parse_fen(typed)
    if fen < 0:
        raise BelowNothing
    return fen


def _number(typed: str) -> int:
    number = whole_number(typed)
    if number is None or not 0 <= number <= MOST_NUMBER:
        raise NotANumber
    return number


def _hundredths(typed: str) -> int:
    if not _HUNDREDTHS.fullmatch(typed):
        raise NotHundredths
    whole, _, part = typed.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def _voucher(typed: str) -> tuple[int, int]:
    month, _, number = typed.partition("/")
    known = whole_number(number.strip())
    if not known or known > MOST_NUMBER:
        raise NotAVoucher
    return read_period(month.strip()), known


_READ: dict[Cell, Callable[[str], Any]] = {
    Cell.MONEY: _money,
    Cell.NUMBER: _number,
    Cell.HUNDREDTHS: _hundredths,
    Cell.VOUCHER: _voucher,
}


def shown(column: Column, value: Any) -> str:
    """Return a cell as lists, sheets and papers show it."""
    if value is None or value == "":
        return ""
    if column.cell is Cell.CHOICE:
        return column.choices.get(value, "")
    if column.cell is Cell.MONEY:
        return yuan(value)
    if column.cell is Cell.HUNDREDTHS:
        return f"{value // 100}.{value % 100:02}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return MASKED + str(value)[-4:] if column.is_masked else str(value)


def check_row(register: Register, said: Mapping[str, Any]) -> None:
    """Refuse a row that contradicts itself."""
    check = _CHECKS.get(register)
    if check:
        check(said)


def check_brought(opening_wear_fen: int | None, acquired: int, first_period: int) -> None:
    """Refuse wear before the books for what was acquired in them. Raises: NothingWornYet."""
    if opening_wear_fen and acquired >= first_period:
        raise NothingWornYet


def _asset(said: Mapping[str, Any]) -> None:
    if said["residual_fen"] > said["cost_fen"]:
        raise TooMuchLeft
    if (said["opening_wear_fen"] or 0) > said["cost_fen"] - said["residual_fen"]:
        raise TooMuchWorn


def _contract(said: Mapping[str, Any]) -> None:
    if said["to_on"] <= said["from_on"]:
        raise DaysBackwards
    if said["rent_fen"] and not 1 <= said["every_months"] <= 120:
        raise NoPeriodOfRent


def _book(said: Mapping[str, Any]) -> None:
    if said["last_number"] < said["first_number"]:
        raise NumbersBackwards


def _receipt(said: Mapping[str, Any]) -> None:
    if said["state"] == ReceiptState.USED and not (said["fen"] and said["entry_id"]):
        raise NoDeposit


_CHECKS = {
    Register.ASSETS: _asset,
    Register.CONTRACTS: _contract,
    Register.BOOKS: _book,
    Register.RECEIPTS: _receipt,
}
