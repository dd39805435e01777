"""突发事件种类: what happens in a township, which class it belongs to, which villages are told.

Source: 国家突发公共事件总体应急预案 (four classes); domain notes on duty.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol, TypeVar

from kernel.access import Role
from kernel.errors import Refusal

#: who answers for the town by day and by night, and whoever sits at the telephone with them
WORKERS = frozenset({Role.DUTY_LEADER, Role.HEAD, Role.DIRECTOR, Role.COUNTER})
READERS = WORKERS | {Role.SUPERVISOR}
#: who keeps the call lists and the reporting times
EDITORS = frozenset({Role.DIRECTOR, Role.HEAD, Role.ADMIN})


class IncidentKind(StrEnum):
    """What has happened."""

    STORM = "storm"  # 暴雨洪水
    FIRE = "fire"  # 火灾
    ROAD = "road"  # 道路堵塞、交通事故
    ACCIDENT = "accident"  # 生产安全事故
    HEALTH = "health"  # 公共卫生
    CROWD = "crowd"  # 群体聚集
    OTHER = "other"  # 其他


class LineKind(StrEnum):
    """What a line of the timeline tells."""

    SITUATION = "situation"  # 情况
    MEASURE = "measure"  # 处置
    INSPECTION = "inspection"  # 巡查
    ARRIVAL = "arrival"  # 到场
    DECISION = "decision"  # 决定
    REPORT = "report"  # 上报


KIND_NAMES = {
    IncidentKind.STORM: "暴雨洪水",
    IncidentKind.FIRE: "火灾",
    IncidentKind.ROAD: "道路堵塞、交通事故",
    IncidentKind.ACCIDENT: "生产安全事故",
    IncidentKind.HEALTH: "公共卫生",
    IncidentKind.CROWD: "群体聚集",
    IncidentKind.OTHER: "其他突发事件",
}
#: the four classes of the national plan
CLASS_NAMES = {
    IncidentKind.STORM: "自然灾害",
    IncidentKind.FIRE: "事故灾难",
    IncidentKind.ROAD: "社会安全",
    IncidentKind.ACCIDENT: "事故灾难",
    IncidentKind.HEALTH: "公共卫生",
    IncidentKind.CROWD: "社会安全",
    IncidentKind.OTHER: "其他",
}
LINE_NAMES = {
    LineKind.SITUATION: "情况",
    LineKind.MEASURE: "处置",
    LineKind.INSPECTION: "巡查",
    LineKind.ARRIVAL: "到场",
    LineKind.DECISION: "决定",
    LineKind.REPORT: "上报",
}
#: every village is told, those by the river first; of anything else only the one where it is
TELLS_EVERY_VILLAGE = frozenset({IncidentKind.STORM})


class NothingHappened(Refusal):
    message = "请写一句现在知道的情况，例如“县防汛办来电，今夜有暴雨”。"
    status = 422
    field = "gist"


class EmptyLine(Refusal):
    message = "请写下发生了什么、做了什么。"
    status = 422
    field = "text"


class AlreadyResolved(Refusal):
    message = "这起事件已经处置完毕，只能补记说明，不能再通知或上报。"


class OutcomeNeeded(Refusal):
    message = "请写明处置结果，终报和值日簿都要用。"
    status = 422
    field = "outcome"


class Place(Protocol):
    """A village, as far as telling it goes."""

    @property
    def id(self) -> int:
        """Return its number."""
        ...

    @property
    def is_riverside(self) -> bool:
        """Say whether it lies by the river."""
        ...


Somewhere = TypeVar("Somewhere", bound=Place)


def villages_told(
    kind: IncidentKind, every: Sequence[Somewhere], here: int | None
) -> list[Somewhere]:
    """Return the villages that are rung, in the order in which they are."""
    if kind in TELLS_EVERY_VILLAGE:
        return sorted(every, key=lambda one: not one.is_riverside)
    return [one for one in every if one.id == here]


def check_gist(gist: str) -> None:
    """Refuse an incident of which nothing is known."""
    if not gist:
        raise NothingHappened


def title(kind: IncidentKind, where: str) -> str:
    """Return how an incident is called everywhere."""
    return f"{KIND_NAMES[kind]}（{where}）" if where else KIND_NAMES[kind]


def log_words(kind: IncidentKind, where: str, gist: str) -> str:
    """Return the line with which it enters the duty log."""
    return f"突发事件：{title(kind, where)}。{gist}"


LOG_OUTCOME = "处置完毕：{outcome}"
OPENED_LINE = "接报：{gist}"
SOURCE_LINE = "接报：{gist}（来报：{source}）"
RESOLVED_LINE = "处置完毕：{outcome}"
LINKED_LINE = "后续问题已登记为办件{number}"


def opened_line(gist: str, source: str) -> str:
    """Return the first line of the timeline."""
    return SOURCE_LINE.format(gist=gist, source=source) if source else OPENED_LINE.format(gist=gist)
