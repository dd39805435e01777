"""办理结果: how a case ends, and what each ending needs."""

from enum import StrEnum

from kernel.errors import Refusal


class Result(StrEnum):
    """What was decided or done."""

    GRANTED = "granted"  # 准予
    DENIED = "denied"  # 不予
    DONE = "done"  # 办好
    FORWARDED = "forwarded"  # 转报上级


RESULT_NAMES = {
    Result.GRANTED: "准予（同意）",
    Result.DONE: "已办好",
    Result.FORWARDED: "已转报上级办理",
    Result.DENIED: "不予批准",
}
#: what a refused applicant must be told. Source: 行政复议法 §20 (60日), 行政诉讼法 §46 (6个月)
REMEDIES = (
    "如不服本决定，可以自收到决定之日起60日内申请行政复议，"
    "或者自收到决定之日起6个月内向人民法院提起行政诉讼。"
)


class ReasonNeeded(Refusal):
    message = "请写明理由，申请人有权知道为什么。"
    status = 422
    field = "reason"


def check_result(result: Result, reason: str) -> None:
    """Refuse a "no" without its reason. Source: 行政许可法 §38."""
    if result is Result.DENIED and not reason:
        raise ReasonNeeded


def check_reason(reason: str) -> None:
    """Refuse an act that needs a reason and has none."""
    if not reason:
        raise ReasonNeeded
