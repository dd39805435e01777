"""问题销号: what stands in a project's way is raised, owned, dated, and closed with its outcome.

One that blocks an errand keeps it from being filed until it is closed; what runs already goes on.
Source: domain notes on 企业代办 (问题销号: raise, own, date, close); the days are settings (s).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kernel.errors import InvalidInput, Refusal


class ObstacleKind(StrEnum):
    """What kind of thing stands in the way."""

    WATER = "water"  # 用水
    POWER = "power"  # 用电
    ACCESS = "access"  # 道路
    NEIGHBOURS = "neighbours"  # 邻里
    SILENT = "silent"  # 部门不回话
    OTHER = "other"  # 其他


OBSTACLE_NAMES = {
    ObstacleKind.WATER: "用水",
    ObstacleKind.POWER: "用电",
    ObstacleKind.ACCESS: "道路通行",
    ObstacleKind.NEIGHBOURS: "周边村组、邻里",
    ObstacleKind.SILENT: "部门没有回话",
    ObstacleKind.OTHER: "其他",
}


class ObstacleVerb(StrEnum):
    """What was done about it."""

    RAISED = "raised"  # 提出
    GIVEN = "given"  # 交办
    CLOSED = "closed"  # 销号
    REOPENED = "reopened"  # 重开


VERB_NAMES = {
    ObstacleVerb.RAISED: "提出",
    ObstacleVerb.GIVEN: "交办",
    ObstacleVerb.CLOSED: "销号",
    ObstacleVerb.REOPENED: "重开",
}
#: who raised what nobody of the hall did
BY_ENTERPRISE = "企业自己提出"
#: how much of an obstacle a refusal repeats
GIST = 30


@dataclass(frozen=True, slots=True)
class ObstacleFacts:
    """What is known of an obstacle."""

    raised_on: date
    due_on: date
    is_closed: bool = False

    def days_open(self, today: date) -> int:
        """Return how many civil days it has stood."""
        return (today - self.raised_on).days

    def is_late(self, today: date) -> bool:
        """Say whether it should have been closed."""
        return not self.is_closed and today > self.due_on

    def is_old(self, today: date, days: int) -> bool:
        """Say whether it has stood for so many days that a leader has to look at it."""
        return not self.is_closed and self.days_open(today) >= days


class ObstacleUnsaid(InvalidInput):
    message = "请写明是什么问题、卡在哪里。"
    field = "words"


class DueInThePast(InvalidInput):
    message = "解决期限不能早于今天，请改正。"
    field = "due_on"


class NotAnOwner(InvalidInput):
    message = "请从名单里选一位责任人：代办员、替班代办员或者管得到的领导。"
    field = "owner"


class NotOnTheRoad(InvalidInput):
    message = "卡住的事项请从这个项目的路线图里选。"
    field = "errand"


class OutcomeUnsaid(InvalidInput):
    message = "请写明问题是怎么解决的，再销号。"
    field = "outcome"


class ReopeningUnsaid(InvalidInput):
    message = "请写明为什么重开。"
    field = "reason"


class ObstacleClosed(Refusal):
    message = "这个问题已经销号；又冒出来的，请先重开。"


class ObstacleOpen(Refusal):
    message = "这个问题还没有销号，不用重开。"


class ErrandObstructed(Refusal):
    message = "“{title}”被问题卡住：{gist}（{since}起）。问题销号后再递件。"


class ObstaclesLeft(Refusal):
    message = "还有{count}个问题没有销号，销号后才能归档。"


def check_raised(words: str, due_on: date, today: date) -> None:
    """Refuse an obstacle without words, or one due before it was raised.

    Raises: ObstacleUnsaid, DueInThePast.
    """
    if not words:
        raise ObstacleUnsaid
    check_due(due_on, today)


def check_due(due_on: date, today: date) -> None:
    """Refuse a day that is over. Raises: DueInThePast."""
    if due_on < today:
        raise DueInThePast


def check_owner(owner_id: int, owners: Collection[int]) -> None:
    """Refuse an owner who could not even look at the project. Raises: NotAnOwner."""
    if owner_id not in owners:
        raise NotAnOwner


def check_closing(outcome: str, *, is_closed: bool) -> None:
    """Refuse to close without an outcome, or twice. Raises: ObstacleClosed, OutcomeUnsaid."""
    if is_closed:
        raise ObstacleClosed
    if not outcome:
        raise OutcomeUnsaid


def check_reopening(reason: str, *, is_closed: bool) -> None:
    """Refuse to reopen what stands, or without a reason. Raises: ObstacleOpen, ReopeningUnsaid."""
    if not is_closed:
        raise ObstacleOpen
    if not reason:
        raise ReopeningUnsaid


def gist(words: str) -> str:
    """Return what an obstacle is about, short enough for a row or a sentence."""
    line = " ".join(words.split())
    return line if len(line) <= GIST else f"{line[:GIST]}…"
