"""审批规则: what has to be asked of a leader, and who may say yes.

Source: 行政许可法 §42 (延期 by the head of the body); practice 16.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desk.cases.rules.stages import OPEN, STAGE_NAMES, Stage
from kernel.access import Role
from kernel.errors import Refusal


class ApprovalKind(StrEnum):
    """What is asked."""

    EXTENSION = "extension"  # 延期
    HOLD = "hold"  # 不计时
    SECOND_NOTICE = "second_notice"  # 再次补正告知
    REOPENING = "reopening"  # 重新办理
    REDATING = "redating"  # 更正受理日或事项


@dataclass(frozen=True, slots=True)
class Asked:
    """请示: what is asked for, and why."""

    kind: ApprovalKind
    reason: str
    #: of an extension
    days: int | None = None
    #: of a hold
    hold_type_id: int | None = None
    until_on: date | None = None


APPROVAL_NAMES = {
    ApprovalKind.EXTENSION: "延长办理期限",
    ApprovalKind.HOLD: "特别程序（不计时）",
    ApprovalKind.SECOND_NOTICE: "再次补正告知",
    ApprovalKind.REOPENING: "重新办理",
    ApprovalKind.REDATING: "更正事项或受理日",
}
#: never whoever is on duty: the extension is the head's alone
APPROVERS = {
    ApprovalKind.EXTENSION: frozenset({Role.HEAD}),
    ApprovalKind.HOLD: frozenset({Role.HEAD, Role.DIRECTOR}),
    ApprovalKind.SECOND_NOTICE: frozenset({Role.HEAD, Role.DIRECTOR}),
    ApprovalKind.REOPENING: frozenset({Role.HEAD, Role.DIRECTOR}),
    ApprovalKind.REDATING: frozenset({Role.HEAD, Role.DIRECTOR}),
}
#: the stages in which a kind can be asked for at all
ASKABLE = {
    ApprovalKind.EXTENSION: frozenset({Stage.IN_PROGRESS, Stage.ON_HOLD}),
    ApprovalKind.HOLD: frozenset({Stage.IN_PROGRESS, Stage.ON_HOLD}),
    ApprovalKind.SECOND_NOTICE: OPEN - {Stage.IN_PROGRESS, Stage.ON_HOLD},
    ApprovalKind.REOPENING: frozenset(Stage) - OPEN - {Stage.MERGED},
    ApprovalKind.REDATING: OPEN,
}
ANY_APPROVER = frozenset(role for roles in APPROVERS.values() for role in roles)


class OwnRequest(Refusal):
    message = "自己提出的请示不能自己批，请由另一位负责人审批。"


class NotYoursToDecide(Refusal):
    message = "“{what}”只能由{who}审批。"


class AlreadyDecided(Refusal):
    message = "这份请示已经批过了，请看办理进度。"


class AlreadyWithdrawn(Refusal):
    message = "这件在审批前已经结束，请示随之撤回，不用再批；请看办理进度。"


class AlreadyAsked(Refusal):
    message = "同样的请示已经提交，正等负责人审批，不用再提。"


class NotAskable(Refusal):
    message = "此件现在是“{stage}”，不能请示“{what}”；请看办理进度核实。"


def check_askable(kind: ApprovalKind, stage: Stage) -> None:
    """Refuse a request that makes no sense at a stage."""
    if stage not in ASKABLE[kind]:
        raise NotAskable(stage=STAGE_NAMES[stage], what=APPROVAL_NAMES[kind])


def asked_line(kind: ApprovalKind) -> str:
    """Return the staff's line about a request."""
    return f"已请示：{APPROVAL_NAMES[kind]}，等负责人审批"


def answered_line(kind: ApprovalKind, answer: str, *, is_granted: bool) -> str:
    """Return the staff's line about an answer."""
    words = "同意" if is_granted else "不同意"
    return f"请示“{APPROVAL_NAMES[kind]}”已审批：{words}" + (f"（{answer}）" if answer else "")


def check_decider(kind: ApprovalKind, roles: frozenset[Role], names: dict[Role, str]) -> None:
    """Refuse a decision by somebody whose office it is not."""
    if roles.isdisjoint(APPROVERS[kind]):
        who = "、".join(sorted(names[role] for role in APPROVERS[kind]))
        raise NotYoursToDecide(what=APPROVAL_NAMES[kind], who=who)
