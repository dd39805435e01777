"""结账前的核对: what a month still lacks before it may be closed.

Source: domain notes 4.3 (结账: cash count and bank reconciliation done); 会计基础工作规范 (对账).
"""

from dataclasses import dataclass

from kernel.errors import Refusal


class NotReconciledYet(Refusal):
    message = "{period}的“{name}”还没有同银行对账，先对账再结账。"


class ReconciledBefore(Refusal):
    message = "{period}的“{name}”对账以后又记了账，请重新对账。"


class NotCountedYet(Refusal):
    message = "{period}的“{name}”还没有盘点，先盘点再结账。"


class CountDiffers(Refusal):
    message = "{period}的“{name}”账面{book}元，盘点{counted}元，不相符：查清补记以后重新盘点。"


class NotDays(Refusal):
    message = "天数请填1到31之间的整数。"
    status = 422


@dataclass(frozen=True, slots=True)
class Demands:
    """What a close asks for; a setting of the town."""

    needs_bank: bool
    needs_cash: bool
    hand_in_days: int
    match_days: int


def check_days(days: int | None) -> int:
    """Return a number of days that makes sense. Raises: NotDays."""
    if days is None or not 1 <= days <= 31:
        raise NotDays
    return days
