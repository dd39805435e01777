"""签到与查岗: when a missed sign-in is told, and what a spot check can find."""

from datetime import datetime, timedelta
from enum import StrEnum

from duty_roster.rules.shifts import DutyTerms, Shift, span_of
from kernel.errors import Refusal

#: how long before a shift begins one may sign in for it
EARLY = timedelta(hours=1)


class CheckWay(StrEnum):
    """How somebody looked."""

    VISIT = "visit"  # 到场
    CALL = "call"  # 电话


class CheckFinding(StrEnum):
    """What was found."""

    AT_POST = "at_post"  # 在岗
    EXCUSED = "excused"  # 因公离岗
    ABSENT = "absent"  # 脱岗


WAY_NAMES = {CheckWay.VISIT: "到场查看", CheckWay.CALL: "电话抽查"}
FINDING_NAMES = {
    CheckFinding.AT_POST: "在岗",
    CheckFinding.EXCUSED: "因公离岗，已说明",
    CheckFinding.ABSENT: "脱岗",
}


class NotOnDuty(Refusal):
    message = "现在不是您的班；换了班请先办好换班手续再签到。"


class NotSignedIn(Refusal):
    message = "您还没有签到，请先签到。"


class AlreadySignedOut(Refusal):
    message = "您已经签退，不用再签。"


class NobodyToCheck(Refusal):
    message = "请选要查的人；他要在现在这一班上。"
    status = 422
    field = "person"


def is_missed(shift: Shift, terms: DutyTerms, now: datetime) -> bool:
    """Say whether a sign-in for a shift that is still running is overdue."""
    begins, ends = span_of(shift, terms)
    return begins + timedelta(minutes=terms.nudge_minutes) <= now < ends
