"""折旧: straight-line, month by month, from the month after an asset was acquired.

A month takes what should be off by its end and was not taken yet, so that the last one takes the
rest, a skipped one is made up, and the book value never falls below what is expected to remain.
Source: 财会〔2023〕14号 (年限平均法; 当月增加的当月不提，当月减少的当月照提); practice 19.
"""

from dataclasses import dataclass
from datetime import date

from desk.windows.village_accounts.rules.periods import period_of
from kernel.errors import Refusal
from kernel.money import yuan

#: 累计折旧
ACCUMULATED_CODE = "152"
TABLE_TITLE = "固定资产折旧计算表"
TABLE_HEAD = ("编号", "名称", "使用月数", "原值", "本月折旧", "累计折旧", "净值")
GIST = "计提{period}固定资产折旧"


class NothingToDepreciate(Refusal):
    message = "{period}没有要提折旧的固定资产，或者已经提过了。"


class WearDiffers(Refusal):
    message = (
        "登记簿的期初累计折旧合计{register}元，账上152累计折旧{books}元，相差{gap}元："
        "先在固定资产里填对期初累计折旧，或者用更正凭证调整152，再计提。"
    )


@dataclass(frozen=True, slots=True)
class Wear:
    """What depreciation needs to know of an asset."""

    acquired_on: date
    cost_fen: int
    residual_fen: int
    months: int
    #: after whose month nothing more is taken off
    retired_on: date | None = None
    #: what was off when the books began, as handed over; None: as reckoned
    opening_fen: int | None = None


def worn(wear: Wear, period: int) -> int:
    """Return what should have been taken off by the end of a month, in fen.

    Nothing in the month of acquisition, nor where it does not wear; the whole after its months.
    """
    age = _age(wear, period)
    return _whole(wear) * age // wear.months if age else 0


def _age(wear: Wear, period: int) -> int:
    """Return how many months of its life an asset has behind it at the end of a month."""
    months = _ordinal(period) - _ordinal(period_of(wear.acquired_on))
    return min(max(months, 0), wear.months)


def _whole(wear: Wear) -> int:
    return max(wear.cost_fen - wear.residual_fen, 0)


def _ordinal(period: int) -> int:
    return period // 100 * 12 + period % 100 - 1


def worn_before(wear: Wear, first_period: int) -> int:
    """Return what an asset had lost before the books began; the opening balances hold it."""
    brought, reckoned = wear.opening_fen, worn(wear, _month_before(first_period))
    return reckoned if brought is None else brought


def _month_before(period: int) -> int:
    year, month = divmod(_ordinal(period) - 1, 12)
    return year * 100 + month + 1


def worn_since(wear: Wear, first_period: int, period: int) -> int:
    """Return what should be off by the end of a month, with what was brought along.

    Where that differs from what was reckoned, the rest is spread over the months that are left.
    """
    if wear.opening_fen is None or not wear.months:
        return worn(wear, period) + (wear.opening_fen or 0)
    before = _age(wear, _month_before(first_period))
    left = max(wear.months - before, 1)
    gone = min(max(_ordinal(period) - _ordinal(first_period) + 1, 0), left)
    return wear.opening_fen + (_whole(wear) - wear.opening_fen) * gone // left


def share(wear: Wear, first_period: int, period: int, taken_fen: int) -> int:
    """Return what a month still takes off an asset: what should be off by then and is not.

    So a month that was skipped, or taken back in red, is made up by the next.
    """
    if _is_gone(wear, period):
        return 0
    return max(worn_since(wear, first_period, period) - taken_fen, 0)


def check_opening(register_fen: int, books_fen: int) -> None:
    """Refuse to go on from a register that the trial balance does not bear. Raises: WearDiffers."""
    if register_fen != books_fen:
        gap = yuan(abs(register_fen - books_fen))
        raise WearDiffers(register=yuan(register_fen), books=yuan(books_fen), gap=gap)


def _is_gone(wear: Wear, period: int) -> bool:
    return wear.retired_on is not None and period > period_of(wear.retired_on)
