"""折旧: straight-line, month by month, from the month after an asset was acquired.

Each month takes its share of what is left over the months that are left, so that the last one
takes the rest and the book value never falls below what is expected to remain.
Source: 财会〔2023〕14号 (年限平均法; 当月增加的当月不提，当月减少的当月照提); practice 19.
"""

from dataclasses import dataclass
from datetime import date

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


def ordinal(period: int) -> int:
    """Return how many months a month is from the year 0."""
    return period // 100 * 12 + period % 100 - 1


def share(wear: Wear, period: int) -> int:
    """Return what one month takes off an asset, in fen.

    Zero in the month of acquisition, once its months are over, and where it does not wear.
    """
    acquired = wear.acquired_on
    age = ordinal(period) - (acquired.year * 12 + acquired.month - 1)
    whole = wear.cost_fen - wear.residual_fen
    if not 1 <= age <= wear.months or whole <= 0 or _is_gone(wear, period):
        return 0
    return whole * age // wear.months - whole * (age - 1) // wear.months


def _is_gone(wear: Wear, period: int) -> bool:
    gone = wear.retired_on
    return gone is not None and ordinal(period) > gone.year * 12 + gone.month - 1


def worn(wear: Wear, period: int) -> int:
    """Return what has been taken off by the end of a month."""
    acquired = wear.acquired_on
    age = ordinal(period) - (acquired.year * 12 + acquired.month - 1)
    whole = max(wear.cost_fen - wear.residual_fen, 0)
    if age <= 0 or not wear.months:
        return 0
    return whole * min(age, wear.months) // wear.months
