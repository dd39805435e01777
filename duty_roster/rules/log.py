"""值日簿: what happened on a turn of duty, what is still open, and how a turn is handed over.

A page is everything written after the page before it was handed over, up to its own hand-over.
Nothing of it is changed afterwards: corrections are added, later results are added. What is
still open is asked of the whole log, never of one page, so that no hand-over can lose it.
Source: domain notes on duty (值班日志, 交接班); practice 29–31.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kernel.access import Role
from kernel.clock import town_time
from kernel.errors import InvalidInput, Refusal

#: whoever sits on duty, or answers for the hall
WRITERS = frozenset({Role.DUTY_LEADER, Role.HEAD, Role.DIRECTOR, Role.COUNTER})
READERS = WRITERS | {Role.SUPERVISOR}
CONTENT_LIMIT = 1000
#: a typed moment may lie so far ahead: clocks differ
AHEAD = timedelta(minutes=5)


class LogKind(StrEnum):
    """What an entry is about."""

    CALL = "call"  # 来电
    PAPER = "paper"  # 来文
    VISIT = "visit"  # 来访
    INSPECTION = "inspection"  # 巡查
    DECISION = "decision"  # 决定
    WEATHER = "weather"  # 天气雨情
    WATER = "water"  # 水位
    INCIDENT = "incident"  # 突发事件
    OTHER = "other"  # 其他


class LogFigureName(StrEnum):
    """What the desk counts for a page, kept when it is handed over."""

    ACCEPTED = "accepted"
    CLOSED = "closed"
    YELLOW = "yellow"
    RED = "red"
    VISITS = "visits"


LOG_NAMES = {
    LogKind.CALL: "来电",
    LogKind.PAPER: "来文",
    LogKind.VISIT: "来访",
    LogKind.INSPECTION: "巡查",
    LogKind.DECISION: "决定",
    LogKind.WEATHER: "天气雨情",
    LogKind.WATER: "水位",
    LogKind.INCIDENT: "突发事件",
    LogKind.OTHER: "其他",
}
FIGURE_NAMES = {
    LogFigureName.ACCEPTED: "受理",
    LogFigureName.CLOSED: "办结",
    LogFigureName.YELLOW: "亮黄灯",
    LogFigureName.RED: "亮红灯",
    LogFigureName.VISITS: "信访登记",
}
#: what the state of sky and river is written under; no sign that something happened
OF_THE_SKY = frozenset({LogKind.WEATHER, LogKind.WATER})
MONTH = 100


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody writes into the log."""

    kind: LogKind
    content: str
    happened_at: datetime
    #: 单位
    party: str = ""
    caller: str = ""
    phone: str = ""
    instruction: str = ""
    result: str = ""
    #: 还要跟进: stays on every next leader's list until it is closed
    is_open: bool = False
    #: where in the house more is to be read, as a path
    link: str = ""


class EmptyEntry(Refusal):
    message = "请写下内容，一句话也行。"
    status = 422
    field = "content"


class MomentAhead(InvalidInput):
    message = "时间还没有到，请核对。"


class MomentUnread(InvalidInput):
    message = "时间请写成 14:05 这样。"


class NoStep(Refusal):
    message = "请写下办理情况或结果。"
    status = 422
    field = "text"


class NotOpen(Refusal):
    message = "这一件已经了结，不用再记。"


class ReasonForCorrection(Refusal):
    message = "请写明更正后的内容；原来的记录会留着。"
    status = 422
    field = "content"


class NothingHandedOver(Refusal):
    message = "上一班还没有交班。请上一班先交班；联系不上的，请写明原因后代为交班。"
    status = 422
    field = "reason"


class AlreadyHandedOver(Refusal):
    message = "这一班已经交过了，请接班人确认接班。"


class AlreadyTakenOver(Refusal):
    message = "已经有人接班，请看现在这一页。"


class NobodyOnDuty(Refusal):
    message = "现在没有人在班，请先接班，再交班。"


class SamePerson(Refusal):
    message = "交班人和接班人要是两个人；继续值班的不用交接，这一页接着写。"


class NotHandedOver(Refusal):
    message = "这一班没有交出，不用收回，接着记就行。"


class NotYoursToTakeBack(Refusal):
    message = "只有交班人本人能收回；您要接手，请按“接班”。"


class ZeroNotConfirmed(Refusal):
    message = "这一班还没有一条记录。确实无事的，请勾选“零记录”确认；漏记的请先补上。"
    status = 422
    field = "is_zero"


class NotZero(Refusal):
    message = "这一班已有记录，不能按零记录交班，请去掉勾选。"
    status = 422
    field = "is_zero"


def check_entry(written: Written, now: datetime) -> None:
    """Refuse an entry that says nothing, or of something that has not happened yet."""
    if not written.content:
        raise EmptyEntry
    check_moment(written.happened_at, now)


def check_moment(happened_at: datetime, now: datetime) -> None:
    """Refuse a moment that has not come."""
    if happened_at > now + AHEAD:
        raise MomentAhead


def check_handing(entries: int, *, is_zero: bool) -> None:
    """Refuse to hand over a page that is empty without a word, or called empty when it is not."""
    if entries == 0 and not is_zero:
        raise ZeroNotConfirmed
    if entries and is_zero:
        raise NotZero


def check_taking(handed_by: int | None, taken_by: int | None) -> None:
    """Refuse a hand-over to oneself."""
    if handed_by == taken_by:
        raise SamePerson


def check_taking_back(handed_by: int | None, taken_by: int | None) -> None:
    """Refuse to take back what somebody else handed over."""
    if handed_by != taken_by:
        raise NotYoursToTakeBack


def read_moment(typed: str, now: datetime) -> datetime:
    """Return the moment of a time of day typed at `now`: the last time the clock showed it.

    Just after midnight 23:50 was yesterday. Nothing typed: now. Raises MomentUnread.
    """
    if not typed.strip():
        return now
    here = town_time(now)
    try:
        hour, minute = (int(part) for part in typed.strip().replace("：", ":").split(":")[:2])
        at = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
    except ValueError as wrong:
        raise MomentUnread from wrong
    if at > here + AHEAD:
        at -= timedelta(days=1)
    return at.astimezone(now.tzinfo)


def is_flood_season(day: date, first: int, last: int) -> bool:
    """Say whether `day` lies in the flood season; bounds as month * 100 + day, both included."""
    return first <= day.month * MONTH + day.day <= last


def page_words(number: int, year: int) -> str:
    """Return 〔2026〕第17页."""
    return f"〔{year}〕第{number}页"


HANDED_FOR_ANOTHER = "上一班未办交班，由接班人代为交班。原因：{reason}"
ZERO_WORDS = "零记录（交班人已确认）"
TAKEN_BACK_WORDS = "上一页误交班，交班人本人收回，接着记在这一页"
