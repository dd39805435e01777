"""放假通知: one year's notice as a value, and what it must agree with before it may be applied.

Source: 国务院办公厅关于部分节假日安排的通知, one a year; 全国年节及纪念日放假办法.
Nothing here guesses a day: a notice says it, or it is not known.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from kernel.calendar.rules.days import (
    ONE_DAY,
    SATURDAY,
    WEEKDAYS,
    WorkingCalendar,
    chinese_date,
)
from kernel.errors import Refusal


class NoticeSource(StrEnum):
    """Where a notice was read."""

    TYPED = "typed"  # 逐行录入
    PASTED = "pasted"  # 粘贴原文
    PACKAGE = "package"  # 随程序附带


SOURCE_NAMES = {
    NoticeSource.TYPED: "逐行录入",
    NoticeSource.PASTED: "粘贴通知原文",
    NoticeSource.PACKAGE: "程序自带（chinesecalendar）",
}


class DraftStage(StrEnum):
    """How far a notice that was entered has come."""

    DRAFT = "draft"  # 草稿: nothing follows from it yet
    APPLYING = "applying"  # 正在应用: in force, cases being rewritten
    APPLIED = "applied"  # 已应用
    DISCARDED = "discarded"  # 已放弃


#: days of the same date every year that every notice since 2008 gives off
FIXED_HOLIDAYS = (((1, 1), "元旦"), ((5, 1), "劳动节"), ((10, 1), "国庆节"))
#: (from, to) as (month, day): somewhere in between lies the festival. Source: the lunar calendar
MOVING_HOLIDAYS = (
    ((1, 20), (2, 28), "春节"),
    ((4, 2), (4, 7), "清明节"),
    ((5, 25), (6, 28), "端午节"),
    ((9, 5), (10, 10), "中秋节"),
)
#: what notices of 2004 to 2026 stayed well within; more or fewer is a slip of the pen
MOST_DAYS_OFF, MOST_MAKEUP_DAYS, MOST_NET = 45, 15, 20
#: a notice may take the last days of the year before, as that of 2019 did
REACH_BACK = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a year's notice says: the days it takes out of the working days, or puts in."""

    year: int
    number: str
    days_off: frozenset[date]
    makeup_days: frozenset[date]
    #: what it says of the days of the week: checked against the calendar
    weekdays: Mapping[date, str] = field(default_factory=dict)


class NoticeDoubtful(Refusal):
    message = "还不能保存，请对照通知原文核对：{problems}"
    status = 422


class NoticeNeedsNumber(Refusal):
    message = "请填写通知文号，如“国办发明电〔2025〕7号”。"
    status = 422
    field = "number"


class CorrectionNeedsReason(Refusal):
    message = "{year}年的放假安排已经在用；要更正，请写明原因和依据。"
    status = 422
    field = "reason"


class NothingToCorrect(Refusal):
    message = "和现在用的{year}年安排完全一样，不用更正。"


class NotADraft(Refusal):
    message = "这份安排已经应用或放弃了，请看列表里最新的情况。"


class AnotherIsWaiting(Refusal):
    message = "{year}年已有一份草稿或正在应用的安排，请先应用或放弃那一份。"


def check_notice(
    notice: Notice, source: NoticeSource, published: Collection[int], reason: str
) -> None:
    """Refuse a notice that cannot be what was published; no package carries its number.

    Raises: NoticeNeedsNumber, CorrectionNeedsReason, NoticeDoubtful.
    """
    if not notice.number and source is not NoticeSource.PACKAGE:
        raise NoticeNeedsNumber
    if notice.year in published and not reason:
        raise CorrectionNeedsReason(year=notice.year)
    if problems := list(doubts(notice)):
        raise NoticeDoubtful(problems="；".join(problems) + "。")


def doubts(notice: Notice) -> Iterator[str]:
    """Yield what speaks against a notice, each as a clause."""
    yield from _of_single_days(notice)
    yield from _of_the_whole(notice)


def with_notice(
    calendar: WorkingCalendar, notice: Notice, replaced: frozenset[date] = frozenset()
) -> WorkingCalendar:
    """Return the calendar with a notice in force, instead of the days it had of that year."""
    gone = replaced | notice.days_off | notice.makeup_days
    return WorkingCalendar(
        calendar.published | {notice.year},
        calendar.days_off - gone | notice.days_off,
        calendar.makeup_days - gone | notice.makeup_days,
    )


def first_moved_day(before: WorkingCalendar, after: WorkingCalendar, year: int) -> date | None:
    """Return the first day of which both calendars speak differently; None where none is.

    A count that ends before it is the same under both.
    """
    moved = (before.days_off ^ after.days_off) | (before.makeup_days ^ after.makeup_days)
    newly = [date(year, 1, 1)] if year not in before.published else []
    return min([*moved, *newly], default=None)


def _of_single_days(notice: Notice) -> Iterator[str]:
    for day in sorted(notice.days_off | notice.makeup_days):
        if not date(notice.year, 1, 1) - REACH_BACK <= day <= date(notice.year, 12, 31):
            yield f"{chinese_date(day)}不在{notice.year}年内"
    for day in sorted(notice.makeup_days):
        if day.weekday() < SATURDAY:
            yield f"补班日{chinese_date(day)}不是周六、周日"
    for day in sorted(notice.makeup_days & notice.days_off):
        yield f"{chinese_date(day)}又放假又补班"
    for day, said in sorted(notice.weekdays.items()):
        if said != WEEKDAYS[day.weekday()]:
            yield f"{day.month}月{day.day}日应是周{WEEKDAYS[day.weekday()]}，写成了周{said}"


def _of_the_whole(notice: Notice) -> Iterator[str]:
    off = notice.days_off
    for (month, number), name in FIXED_HOLIDAYS:
        if date(notice.year, month, number) not in off:
            yield f"没有{name}（{month}月{number}日）"
    for first, last, name in MOVING_HOLIDAYS:
        if not off & _between(date(notice.year, *first), date(notice.year, *last)):
            yield f"没有{name}"
    workdays_off = sum(day.weekday() < SATURDAY for day in off)
    too_many = len(off) > MOST_DAYS_OFF or len(notice.makeup_days) > MOST_MAKEUP_DAYS
    if too_many or not 0 < workdays_off - len(notice.makeup_days) <= MOST_NET:
        yield f"放假{len(off)}天、补班{len(notice.makeup_days)}天，与往年相差太多"


def _between(first: date, last: date) -> frozenset[date]:
    return frozenset(first + ONE_DAY * number for number in range((last - first).days + 1))
