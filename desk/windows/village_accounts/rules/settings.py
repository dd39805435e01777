"""村账设置: the town's limits on originals, signatures and bookkeeping days, and their bounds.

Every number is a setting; the defaults are common practice, none of them is law on a screen.
Source: practice 18, 19, 22, 28 (s); domain notes 4.3 [confirm].
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kernel.calendar.rules import ONE_DAY
from kernel.errors import InvalidInput
from kernel.money import MOST, parse_fen
from kernel.text import whole_number

MOST_DAYS, MOST_WARNING = 60, 365
_STRETCH = re.compile(r"([0-9]{1,2})(?:-([0-9]{1,2}))?")


class SigningOrder(StrEnum):
    """Whether the supervision committee looks before the money is approved, or afterwards."""

    SUPERVISE_FIRST = "supervise_first"  # 先监督后审批
    APPROVE_FIRST = "approve_first"  # 先审批后监督


class PayingOrder(StrEnum):
    """Whether money leaves before the entry is made, or afterwards."""

    PAY_FIRST = "pay_first"  # 先付款后记账
    POST_FIRST = "post_first"  # 先记账后付款


SIGNING_NAMES = {
    SigningOrder.SUPERVISE_FIRST: "监委会审核在前，审批在后",
    SigningOrder.APPROVE_FIRST: "审批在前，监委会审核在后",
}
PAYING_NAMES = {
    PayingOrder.PAY_FIRST: "先付款，凭银行回单记账",
    PayingOrder.POST_FIRST: "先记账，再付款",
}


class NotAStretch(InvalidInput):
    message = "报账日请写成 5-10,20-25 这样，每天都收就写 1-31。"


class NotInBounds(InvalidInput):
    message = "请填1到{most}之间的整数。"


class NotALimit(InvalidInput):
    message = "限额要大于零。"


class DayBelowOne(InvalidInput):
    message = "一天合计的限额不能小于每张的限额。"
    field = "small_day_fen"


class BandsBackwards(InvalidInput):
    message = "三档审批限额要一档比一档高。"
    field = "joint_fen"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the town decided; amounts in fen."""

    #: 小额零星: up to here a list made by the village itself is an original
    small_fen: int = 500_00
    #: 结算起点: above it money goes by bank
    cash_fen: int = 1_000_00
    #: bands of approval: one pen, joint signature, committee; above the last the assembly
    one_pen_fen: int = 1_000_00
    joint_fen: int = 5_000_00
    committee_fen: int = 20_000_00
    signing_order: SigningOrder = SigningOrder.SUPERVISE_FIRST
    paying_order: PayingOrder = PayingOrder.PAY_FIRST
    #: 零招待
    refuses_hospitality: bool = True
    #: days of the month on which bundles are taken in
    reporting_days: str = "5-10,20-25"
    #: working days for each of the two reviews
    review_days: int = 2
    #: 小额零星 of a village in one day, all lists together, so that none is split
    small_day_fen: int = 500_00
    #: how many days before a rent falls due, and before a contract ends, the window is told
    rent_days: int = 30
    end_days: int = 90


def read_limit(typed: str) -> int:
    """Read an amount that is a limit. Raises: NotAnAmount, NotALimit."""
    fen = parse_fen(typed)
    if not 0 < fen <= MOST:
        raise NotALimit
    return fen


def read_days(typed: str, most: int = MOST_DAYS) -> int:
    """Read a number of days. Raises: NotInBounds."""
    days = whole_number(typed)
    if days is None or not 1 <= days <= most:
        raise NotInBounds(most=most)
    return days


def read_warning(typed: str) -> int:
    """Read how many days before something the window is told. Raises: NotInBounds."""
    return read_days(typed, MOST_WARNING)


def read_stretches(typed: str) -> str:
    """Return the bookkeeping days as they are kept. Raises: NotAStretch."""
    found = [_STRETCH.fullmatch(one.strip()) for one in typed.replace("，", ",").split(",")]
    if not all(found):
        raise NotAStretch
    both = [(int(one[1]), int(one[2] or one[1])) for one in found if one]
    if not all(1 <= first <= last <= 31 for first, last in both):
        raise NotAStretch
    return ",".join(f"{first}-{last}" for first, last in both)


def check_bands(limits: Limits) -> None:
    """Refuse bands that do not rise. Raises: BandsBackwards, DayBelowOne."""
    if limits.small_day_fen < limits.small_fen:
        raise DayBelowOne
    if not limits.one_pen_fen < limits.joint_fen < limits.committee_fen:
        raise BandsBackwards


def _days(reporting_days: str) -> Iterator[int]:
    for stretch in reporting_days.split(","):
        first, _, last = stretch.partition("-")
        yield from range(int(first), int(last or first) + 1)


def reporting_day(today: date, reporting_days: str) -> date:
    """Return the first day from today on that is a bookkeeping day (报账日)."""
    days = frozenset(_days(reporting_days))
    found = today
    # 31 is not in every month; two months hold any day that exists at all
    for _ in range(62):
        if found.day in days:
            return found
        found += ONE_DAY
    return today
