"""折旧: straight-line, month by month, from the month after an asset was acquired.

A month takes what should be off by its end and was not taken yet, so that the last one takes the
rest, a skipped one is made up, and the book value never falls below what is expected to remain.
Source: 财会〔2023〕14号 (年限平均法; 当月增加的当月不提，当月减少的当月照提); practice 19.
"""

from dataclasses import dataclass
from datetime import date

from desk.windows.village_accounts.rules.periods import period_of
from kernel.errors import Refusal

#: 累计折旧
ACCUMULATED_CODE = "152"
TABLE_TITLE = "固定资产折旧计算表"
TABLE_HEAD = ("编号", "名称", "使用月数", "原值", "本月折旧", "累计折旧", "净值")
GIST = "计提{period}固定资产折旧"


class NothingToDepreciate(Refusal):
    message = "{period}没有要提折旧的固定资产，或者已经提过了。"


@dataclass(frozen=True, slots=True)
class Wear:
    """What depreciation needs to know of an asset."""

    acquired_on: date
    cost_fen: int
    residual_fen: int
    months: int
    #: after whose month nothing more is taken off
    retired_on: date | None = None


def worn(wear: Wear, period: int) -> int:
    """Return what should have been taken off by the end of a month, in fen.

    Nothing in the month of acquisition, nor where it does not wear; the whole after its months.
    """
    acquired = wear.acquired_on
    age = _ordinal(period) - _ordinal(period_of(acquired))
    whole = max(wear.cost_fen - wear.residual_fen, 0)
    if age <= 0 or not wear.months:
        return 0
    return whole * min(age, wear.months) // wear.months


def _ordinal(period: int) -> int:
    return period // 100 * 12 + period % 100 - 1


def worn_before(wear: Wear, first_period: int) -> int:
    """Return what an asset had lost before the books began; the opening balances hold it."""
    year, month = divmod(_ordinal(first_period) - 1, 12)
    return worn(wear, year * 100 + month + 1)


def share(wear: Wear, period: int, taken_fen: int) -> int:
    """Return what a month still takes off an asset: what should be off by then and is not.

    So a month that was skipped, or taken back in red, is made up by the next.
    """
    if _is_gone(wear, period):
        return 0
    return max(worn(wear, period) - taken_fen, 0)


def _is_gone(wear: Wear, period: int) -> bool:
    return wear.retired_on is not None and period > period_of(wear.retired_on)
