"""信访事项: what is brought, in which way, about what, and what the town answers.

检举控告 is no case: it goes to 纪检 sealed, and stands in no list, count, search or print.
Source: 信访工作条例 (in force 2022-05-01): 建议意见, 检举控告, 申诉求决; practice 29.
"""

from dataclasses import dataclass
from enum import StrEnum

from kernel.access import Role

#: who registers and works petitions
WORKERS = frozenset({Role.DUTY_LEADER, Role.DIRECTOR})
READERS = WORKERS | {Role.HEAD, Role.SUPERVISOR}
#: who alone reads 检举控告
DISCIPLINE = frozenset({Role.DISCIPLINE})
#: who may be made responsible for a petition (包案领导)
LEADERS = frozenset({Role.DUTY_LEADER, Role.HEAD, Role.DIRECTOR})
#: who sets the numbers of days
EDITORS = frozenset({Role.DIRECTOR, Role.HEAD, Role.ADMIN})


class Matter(StrEnum):
    """Which of the three kinds it is."""

    APPEAL = "appeal"  # 申诉求决
    SUGGESTION = "suggestion"  # 建议意见
    DENUNCIATION = "denunciation"  # 检举控告


class Channel(StrEnum):
    """In which way it came."""

    VISIT = "visit"  # 来访
    LETTER = "letter"  # 来信
    CALL = "call"  # 来电
    ONLINE = "online"  # 网上
    HOTLINE = "hotline"  # 12345工单


class Topic(StrEnum):
    """What it is about."""

    LAND = "land"  # 土地征收、宅基地
    VILLAGE = "village"  # 村务、村级财务
    NEIGHBOUR = "neighbour"  # 邻里、山林水利
    ENVIRONMENT = "environment"  # 环境、扬尘、噪声
    ROADS = "roads"  # 道路、公共设施
    LABOUR = "labour"  # 劳资、社保
    LEGAL = "legal"  # 涉法涉诉
    HELP = "help"  # 困难求助
    CONDUCT = "conduct"  # 工作作风、服务态度
    OTHER = "other"  # 其他


class Outcome(StrEnum):
    """What the town's answer says about what was asked."""

    SUPPORTED = "supported"  # 支持
    PARTLY = "partly"  # 部分支持
    NOT_SUPPORTED = "not_supported"  # 不支持
    SETTLED = "settled"  # 调解达成协议
    EXPLAINED = "explained"  # 解释说明


class Satisfaction(StrEnum):
    """What the petitioner says about the answer."""

    SATISFIED = "satisfied"  # 满意
    FAIRLY = "fairly"  # 基本满意
    DISSATISFIED = "dissatisfied"  # 不满意
    SILENT = "silent"  # 不评价


class Remedy(StrEnum):
    """What a petitioner may ask for after the answer."""

    REVIEW = "review"  # 复查
    RECHECK = "recheck"  # 复核


MATTER_NAMES = {
    Matter.APPEAL: "申诉求决",
    Matter.SUGGESTION: "建议意见",
    Matter.DENUNCIATION: "检举控告",
}
CHANNEL_NAMES = {
    Channel.VISIT: "来访",
    Channel.LETTER: "来信",
    Channel.CALL: "来电",
    Channel.ONLINE: "网上",
    Channel.HOTLINE: "12345热线工单",
}
TOPIC_NAMES = {
    Topic.LAND: "土地征收、宅基地",
    Topic.VILLAGE: "村务、村级财务",
    Topic.NEIGHBOUR: "邻里、山林水利",
    Topic.ENVIRONMENT: "环境、扬尘、噪声",
    Topic.ROADS: "道路、公共设施",
    Topic.LABOUR: "劳资、社保",
    Topic.LEGAL: "涉法涉诉",
    Topic.HELP: "困难求助",
    Topic.CONDUCT: "工作作风、服务态度",
    Topic.OTHER: "其他",
}
OUTCOME_NAMES = {
    Outcome.SUPPORTED: "支持",
    Outcome.PARTLY: "部分支持",
    Outcome.NOT_SUPPORTED: "不予支持",
    Outcome.SETTLED: "调解达成协议",
    Outcome.EXPLAINED: "解释说明",
}
SATISFACTION_NAMES = {
    Satisfaction.SATISFIED: "满意",
    Satisfaction.FAIRLY: "基本满意",
    Satisfaction.DISSATISFIED: "不满意",
    Satisfaction.SILENT: "不评价",
}
REMEDY_NAMES = {Remedy.REVIEW: "复查", Remedy.RECHECK: "复核"}
#: the item of the catalogue each is taken in under: its limits are the catalogue's to change
ITEM_CODES = {Matter.APPEAL: "XF-001", Matter.SUGGESTION: "XF-003"}
HOTLINE_CODE = "XF-002"


@dataclass(frozen=True, slots=True)
class Told:
    """来访登记: what somebody came with, besides who they are."""

    matter: Matter
    channel: Channel
    topic: Topic
    #: what happened, and what is asked for
    gist: str
    asked: str
    people: int = 1
    is_repeat: bool = False
    #: the others of a group, besides the first who is the applicant
    representatives: tuple[str, ...] = ()
    #: of the order, where it came by 12345
    order_number: str = ""


def item_code(matter: Matter, channel: Channel) -> str:
    """Return the catalogue's item for a petition; an order of 12345 has limits of its own."""
    return HOTLINE_CODE if channel is Channel.HOTLINE else ITEM_CODES[matter]
