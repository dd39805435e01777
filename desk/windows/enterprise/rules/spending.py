"""乡镇投入: what the town spent on a project, and for what: a note beside the books.

A slip is struck out with a reason and stays to be read; nothing is deleted.
Source: domain notes on 企业代办 (a ten-kilometre line paid by the town); practice 13.
"""

from dataclasses import dataclass
from datetime import date

from kernel.errors import InvalidInput, Refusal


@dataclass(frozen=True, slots=True)
class Spent:
    """One payment: how much, when, for what, from whom to whom, and the paper behind it."""

    fen: int
    spent_on: date
    purpose: str
    payer: str
    payee: str
    paper: str


class NothingSpent(InvalidInput):
    message = "金额要大于零。记错了的请划去重记，不用记负数。"
    field = "amount"


class SpentLater(InvalidInput):
    message = "付款日期不能晚于今天，请改正。"
    field = "spent_on"


class PurposeUnsaid(InvalidInput):
    message = "请写明这笔钱用来做什么。"
    field = "purpose"


class StrikingUnsaid(InvalidInput):
    message = "请写明为什么划去。"
    field = "reason"


class StruckAlready(Refusal):
    message = "这一笔已经划去了。"


def check_spent(told: Spent, today: date) -> None:
    """Refuse a payment of nothing, for nothing, or of a day to come.

    Raises: NothingSpent, SpentLater, PurposeUnsaid.
    """
    if told.fen <= 0:
        raise NothingSpent
    if told.spent_on > today:
        raise SpentLater
    if not told.purpose:
        raise PurposeUnsaid


def check_striking(reason: str, *, is_struck: bool) -> None:
    """Refuse to strike twice, or without a reason. Raises: StruckAlready, StrikingUnsaid."""
    if is_struck:
        raise StruckAlready
    if not reason:
        raise StrikingUnsaid
