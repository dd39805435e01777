"""电话告知: what a text did not tell is told by telephone, and how that went is written down."""

from enum import StrEnum

from kernel.errors import Refusal


class CallResult(StrEnum):
    """What came of ringing somebody up."""

    TOLD = "told"  # 已告知
    RELAYED = "relayed"  # 已托人转告
    UNANSWERED = "unanswered"  # 无人接听
    WRONG_NUMBER = "wrong_number"  # 号码不对
    NOT_NEEDED = "not_needed"  # 不用再告知


CALL_RESULTS = {
    CallResult.TOLD: "本人接听，已告知",
    CallResult.RELAYED: "已托家人或村干部转告",
    CallResult.UNANSWERED: "无人接听，还要再打",
    CallResult.WRONG_NUMBER: "号码不对、停机",
    CallResult.NOT_NEEDED: "本人已经知道，不用再打",
}
#: with these the task is done; without an answer it stays on the list
DONE = frozenset(CallResult) - {CallResult.UNANSWERED}


class WhyNeeded(Refusal):
    message = "请写明原因：会和您的名字一起记下来。"
    status = 422
    field = "reason"


class NobodyToRing(Refusal):
    message = "这条短信不用打电话告知，或者刚才已经有人打过了。"


def check_why(reason: str) -> None:
    """Refuse to send again, or to see a number, without a reason. Raises: WhyNeeded."""
    if not reason.strip():
        raise WhyNeeded
