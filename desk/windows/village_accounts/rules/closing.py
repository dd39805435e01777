"""结账的规则: what a month needs before it is closed, and how a year is carried over.

Source: 财会〔2023〕14号 (本年收益, 收益分配); 会计基础工作规范 (结账); domain notes 4.3.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.windows.village_accounts.rules.entries import Line
from kernel.errors import Refusal

#: the entries that end a year
TO_YEAR_GIST = "结转本年损益"
TO_DISTRIBUTION_GIST = "本年收益转入收益分配"
SHARED_OUT_GIST = "各项分配转入未分配收益"


class DraftsLeft(Refusal):
    message = "{period}还有{count}张凭证没有审核记账，先记账或作废再结账。"


class NotTheOpenMonth(Refusal):
    message = "现在可以结账的是{period}，结账要一个月一个月来。"


class YearNotCarried(Refusal):
    message = "年末要先结转损益：{names}还有余额。"


class NotDecember(Refusal):
    message = "结转损益在12月做，现在开着的是{period}。"


class NothingToCarry(Refusal):
    message = "损益科目都没有余额，不用再结转。"


class CarryingWaits(Refusal):
    message = "结转凭证已经填好，等审核员审核记账；要重新结转，先把没有记账的结转凭证作废。"


class OwnClose(Refusal):
    message = "反结账不能由结账的人自己来做，请另一位办理。"
    status = 403


class NotClosedLast(Refusal):
    message = "只有刚结的那个月、且后面还没有记账，才能反结账；否则请在现在开着的月份用红字更正。"


class NoReason(Refusal):
    message = "反结账要写明原因。"
    status = 422
    field = "reason"


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in an account, debits positive."""

    account_id: int
    fen: int


def _line(account_id: int, fen: int) -> Line:
    return Line(account_id, debit_fen=max(fen, 0), credit_fen=max(-fen, 0))


def carried(standing: Iterable[Standing], into_id: int) -> Sequence[Line]:
    """Return the lines that empty some accounts into another one."""
    full = [one for one in standing if one.fen]
    whole = sum(one.fen for one in full)
    lines = [_line(one.account_id, -one.fen) for one in full]
    return [*lines, _line(into_id, whole)] if whole else lines
