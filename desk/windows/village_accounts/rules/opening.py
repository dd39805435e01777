"""期初余额: a set begins with the balances its books are handed over with, read from a sheet.

Source: 会计基础工作规范 (移交, 建账); practice 25 (any side may be filled).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desk.windows.village_accounts.rules.chart import NAME_LIMIT, parent_of
from desk.windows.village_accounts.rules.entries import NotBalanced
from desk.windows.village_accounts.rules.sheet_rows import Said, fen, head, rows
from kernel.errors import Refusal
from kernel.money import yuan
from kernel.text import checked_text

SHEET_NAME = "期初余额"
COLUMNS = {"code": ("科目编码",), "name": ("科目名称",), "debit": ("期初借方",)}
COLUMNS |= {"credit": ("期初贷方",)}
GIST = "期初余额"
_CODE = re.compile("[1-5][0-9]{2}(?:[0-9]{2}){0,3}")


class NotACode(Refusal):
    message = "“{code}”不是科目编码，例如 101、11301。"
    status = 422


class BothSides(Refusal):
    message = "“{code}”借方和贷方只能填一个。"
    status = 422


class Twice(Refusal):
    message = "“{code}”在表里有两行。"
    status = 422


class NoName(Refusal):
    message = "“{code}”是新的明细科目，请填写名称。"
    status = 422


class HasParts(Refusal):
    message = "“{code}”有明细科目，余额请填在明细科目上，这一行留空。"
    status = 422


class NothingFilled(Refusal):
    message = "表里一个余额都没有填。"
    status = 422
    field = "file"


class OpeningOver(Refusal):
    message = (
        "期初已经结束，余额不能再导入。第一个月还没有凭证记账的，请另一位先反结账回到期初；"
        "已经记了账的，现金和银行存款在报账里办余额更正，其他科目用更正凭证调整。"
    )


class OpeningDrafted(Refusal):
    message = "期初余额已经有一张凭证：没有记账的先作废，记了账的先红字冲销，再重新填。"


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """A balance as it stands in the sheet; debits are positive."""

    code: str
    name: str
    fen: int


def read_opening(table: Sequence[Sequence[str]]) -> list[OpeningRow]:
    """Read a sheet, whole or not at all. Raises: NoHead, WrongRows, NotBalanced, NothingFilled."""
    top, places = head(table, COLUMNS, ("code", "debit", "credit"))
    seen: set[str] = set()

    def take(said: Said) -> OpeningRow | None:
        if not said["code"] or not (said["debit"] or said["credit"]):
            return None
        row = _row(said)
        if row.code in seen:
            raise Twice(code=row.code)
        seen.add(row.code)
        return row if row.fen else None

    found = rows(table, top, places, take)
    check_balanced(found)
    return found


def _row(said: Said) -> OpeningRow:
    code = said["code"]
    if not _CODE.fullmatch(code):
        raise NotACode(code=code[:12])
    debit, credit = fen(said["debit"]), fen(said["credit"])
    if debit and credit:
        raise BothSides(code=code)
    return OpeningRow(code, checked_text(said.get("name", ""), NAME_LIMIT), debit - credit)


def check_balanced(found: Sequence[OpeningRow]) -> None:
    """Refuse balances whose two sides differ. Raises: NotBalanced, NothingFilled."""
    if not found:
        raise NothingFilled
    debits = sum(max(one.fen, 0) for one in found)
    credits_ = sum(max(-one.fen, 0) for one in found)
    if debits != credits_:
        gap = yuan(abs(debits - credits_))
        raise NotBalanced(debits=yuan(debits), credits=yuan(credits_), gap=gap)


def to_open(found: Sequence[OpeningRow], chart: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the sub-accounts a sheet has and the chart has not, parents first. Raises: NoName."""
    missing = sorted((one.code, one.name) for one in found if one.code not in chart)
    for code, name in missing:
        parent_of(code)
        if not name:
            raise NoName(code=code)
    return missing


def template(chart: Sequence[tuple[str, str]]) -> Iterator[Sequence[str]]:
    """Yield the sheet to be filled: every account that entries may go to."""
    yield [every[0] for every in COLUMNS.values()]
    for code, name in chart:
        yield [code, name, "", ""]
