"""租金与到期: what a contract has fallen due, what is near, and when it ends.

Source: practice 28; domain notes 4.4 (合同到期). The days of warning are settings [confirm].
"""

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kernel.errors import Refusal

#: a rent is listed this long before it falls due at most, and for so many periods
MOST_PERIODS = 600
RENT_ENTRY = "入账凭证"


class Nearness(StrEnum):
    """How near a day is."""

    OVER = "over"  # 已过期
    NEAR = "near"  # 快到期


NEARNESS_NAMES: dict[Nearness, str] = {Nearness.OVER: "已过", Nearness.NEAR: "快到"}


class NotADueDay(Refusal):
    message = "这一天不是合同的应收日，请刷新后再登记。"
    status = 422


class ReceivedAlready(Refusal):
    message = "这一期租金已经登记收到了。"


class TakenBack(Refusal):
    message = "这张凭证已经冲销，请写更正以后的那张凭证。"
    status = 422
    field = "entry_id"


@dataclass(frozen=True, slots=True)
class Lease:
    """What the schedule needs to know of a contract."""

    to_on: date
    first_due_on: date
    rent_fen: int
    every_months: int


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last of a shorter month."""
    ordinal = day.year * 12 + day.month - 1 + months
    year, month = divmod(ordinal, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_days(lease: Lease) -> Iterator[date]:
    """Yield the days rents fall due, while the contract runs."""
    if not lease.rent_fen or not lease.every_months:
        return
    for number in range(MOST_PERIODS):
        day = months_later(lease.first_due_on, number * lease.every_months)
        if day > lease.to_on:
            return
        yield day


def near(day: date, today: date, warning: timedelta) -> Nearness | None:
    """Say how near a day is; None while it is far."""
    if day < today:
        return Nearness.OVER
    return Nearness.NEAR if day - today <= warning else None


def unpaid(
    lease: Lease, paid: Collection[date], today: date, warning: timedelta
) -> list[tuple[date, Nearness]]:
    """Return the rents that are over or near and were not received."""
    found = ((day, near(day, today, warning)) for day in due_days(lease) if day not in paid)
    return [(day, how) for day, how in found if how]
