"""不予受理: on which grounds an application is turned down before it is accepted.

Source: 行政许可法 §32(1) 第一、二项, §38 (理由与救济).
"""

from dataclasses import dataclass
from enum import StrEnum

from kernel.errors import Refusal


class Ground(StrEnum):
    """Why this body does not accept."""

    NOT_OURS = "not_ours"  # 不属于本机关职权范围
    NOT_NEEDED = "not_needed"  # 依法不需要办理
    NOT_ALLOWED = "not_allowed"  # 不符合受理条件


GROUND_NAMES = {
    Ground.NOT_OURS: "不属于实施主体的职权范围",
    Ground.NOT_NEEDED: "依法不需要办理此事项",
    Ground.NOT_ALLOWED: "依法不符合受理条件",
}


@dataclass(frozen=True, slots=True)
class Declined:
    """不予受理: ground, reason in words, and the body to go to."""

    ground: Ground
    reason: str
    right_body: str = ""


class RightBodyNeeded(Refusal):
    message = "不属于本机关职权的，要写明应当向哪个机关申请，不能让群众自己去找。"
    status = 422
    field = "right_body"


class DeclineReasonNeeded(Refusal):
    message = "请写明不予受理的理由和依据，申请人有权知道为什么。"
    status = 422
    field = "decline_reason"


def check_declined(declined: Declined) -> None:
    """Refuse a "no" without its reason, or one that sends people away to nowhere."""
    if not declined.reason:
        raise DeclineReasonNeeded
    if declined.ground is Ground.NOT_OURS and not declined.right_body:
        raise RightBodyNeeded
