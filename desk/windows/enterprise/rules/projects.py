"""投资项目: an enterprise's stage, the seven steps of a proxy, whose turn an errand is.

Source: 七步法 委托→受理→办理→送达→归档→上报→回访 (domain notes on 企业代办); practice 1.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum

from desk.cases.rules.intake import Answer
from desk.cases.rules.stages import Stage
from desk.windows.enterprise.rules.schedule import Forecast
from kernel.errors import InvalidInput, Refusal
from services_catalog.rules.items import Handling


class EnterpriseStage(StrEnum):
    """How far an enterprise has come."""

    INTENDING = "intending"  # 意向
    PREPARING = "preparing"  # 筹建
    BUILDING = "building"  # 在建
    RUNNING = "running"  # 投产
    ENDED = "ended"  # 终止


ENTERPRISE_STAGE_NAMES = {
    EnterpriseStage.INTENDING: "意向",
    EnterpriseStage.PREPARING: "筹建",
    EnterpriseStage.BUILDING: "在建",
    EnterpriseStage.RUNNING: "投产",
    EnterpriseStage.ENDED: "终止",
}


class ProxyStep(StrEnum):
    """七步."""

    ENTRUSTED = "entrusted"  # 委托
    TAKEN_UP = "taken_up"  # 受理
    HANDLED = "handled"  # 办理
    DELIVERED = "delivered"  # 送达
    ARCHIVED = "archived"  # 归档
    REPORTED = "reported"  # 上报
    ASKED_AFTER = "asked_after"  # 回访


STEP_NAMES = {
    ProxyStep.ENTRUSTED: "委托",
    ProxyStep.TAKEN_UP: "受理",
    ProxyStep.HANDLED: "办理",
    ProxyStep.DELIVERED: "送达",
    ProxyStep.ARCHIVED: "归档",
    ProxyStep.REPORTED: "上报",
    ProxyStep.ASKED_AFTER: "回访",
}
#: taken by something else that happens: the signed mandate, the first filing
BY_THEMSELVES = frozenset({ProxyStep.ENTRUSTED, ProxyStep.HANDLED})
#: nothing may be open any more
WHEN_ALL_IS_OVER = frozenset(ProxyStep) - {
    ProxyStep.ENTRUSTED,
    ProxyStep.TAKEN_UP,
    ProxyStep.HANDLED,
}


class Turn(StrEnum):
    """Whose move it is."""

    ENTERPRISE = "enterprise"  # 企业
    AGENT = "agent"  # 代办员
    BUREAU = "bureau"  # 承办单位
    NOBODY = "nobody"  # over, or blocked


TURN_NAMES = {
    Turn.ENTERPRISE: "企业",
    Turn.AGENT: "代办员",
    Turn.BUREAU: "承办单位",
    Turn.NOBODY: "",
}
#: at these stages the papers lie with, or are on their way by, the agent
_WITH_AGENT = frozenset({Stage.RECEIVED, Stage.EXPECTED})


#: how the window takes an errand in; what is only pointed on the enterprise does itself
FILED_AS = {
    Handling.HERE: Answer.ACCEPT,
    Handling.CARRIED: Answer.CARRY,
    Handling.REFERRED: Answer.REFER,
}
BETWEEN = "、"


class StepNotNext(Refusal):
    message = "七步要按顺序走，现在该走的是“{next}”。"


class StepsAllTaken(Refusal):
    message = "七步都走完了，没有可走的了。"


class StepByItself(Refusal):
    message = "“{step}”不用按：委托书登记签字、第一次递件时自动记下。"


class ErrandsStillOpen(Refusal):
    message = "还有{count}个事项没有办完，办完（或标明不需要）才能“{step}”。"


class ErrandBlocked(Refusal):
    message = "“{title}”要等前置事项：{blockers}。办完后再递件。"


class ErrandBegun(Refusal):
    message = "“{title}”已经递过件了，编号{number}。"


class ErrandSkipped(Refusal):
    message = "“{title}”标了“不需要”，先恢复再递件。"


class NotTakenUp(Refusal):
    message = "项目还没有受理：委托书签字登记后，先按“受理”，再递件。"


class ProjectOver(Refusal):
    message = "项目已经归档，不能再改。"


class SkipNeedsReason(InvalidInput):
    message = "请写明为什么不需要。"
    field = "reason"


class NotAnAgent(InvalidInput):
    message = "请从名单里选一位代办员。"
    field = "agent"


class SameDeputy(InvalidInput):
    message = "替班代办员要是另一个人，请改选。"
    field = "deputy"


class NothingTyped(InvalidInput):
    message = "请填写这一栏。"


class NotANumber(InvalidInput):
    message = "请填写数字，不带单位。"


class MapMissing(InvalidInput):
    message = "请选一张路线图。"
    field = "map"


class KnownEnterprise(InvalidInput):
    message = "这个统一社会信用代码已经登记过，请从企业名单里打开。"
    field = "credit_code"


class ItemNotPublished(InvalidInput):
    message = "路线图里的事项“{code}”目录里没有发布，请先在目录里发布。"
    field = "errands"


def next_step(taken: Collection[ProxyStep]) -> ProxyStep | None:
    """Return which of the seven steps comes next; None: all are taken."""
    return next((one for one in ProxyStep if one not in taken), None)


def check_step(step: ProxyStep, taken: Collection[ProxyStep], still_open: int) -> None:
    """Refuse a step out of its turn, or before the errands are over.

    Raises: StepsAllTaken, StepNotNext, StepByItself, ErrandsStillOpen.
    """
    coming = next_step(taken)
    if coming is None:
        raise StepsAllTaken
    if step is not coming:
        raise StepNotNext(next=STEP_NAMES[coming])
    if step in BY_THEMSELVES:
        raise StepByItself(step=STEP_NAMES[step])
    if step in WHEN_ALL_IS_OVER and still_open:
        raise ErrandsStillOpen(count=still_open, step=STEP_NAMES[step])


def waits_words(waits: Sequence[tuple[Turn, int]]) -> str:
    """Return how many errands wait for whom, as a board says it."""
    return "，".join([f"{TURN_NAMES[turn]} {count}" for turn, count in waits]) or "—"


def turn_of(forecast: Forecast, stage: Stage | None, handling: Handling, lacks: int) -> Turn:
    """Return whose move an unfinished errand is (stage None: nothing was filed)."""
    if stage is None:
        if forecast.blockers:
            return Turn.NOBODY
        return Turn.ENTERPRISE if lacks else Turn.AGENT
    if stage is Stage.AWAITING_MATERIALS:
        return Turn.ENTERPRISE
    if stage in _WITH_AGENT:
        return Turn.AGENT
    return Turn.BUREAU if handling is Handling.CARRIED else Turn.AGENT
