"""换班: asked by whose turn it is, agreed by a named deputy, approved where the town wants it.

A leader who leaves names another. Source: domain notes on duty; practice 30; the town's setting.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from duty_roster.rules.breaks import BreaksARule, Facts, breaks
from duty_roster.rules.shifts import DutyTerms, Turn
from kernel.errors import Refusal


class SwapStage(StrEnum):
    """How far a swap has come."""

    ASKED = "asked"  # 等替班人答复
    AGREED = "agreed"  # 替班人同意，等审批
    IN_FORCE = "in_force"  # 已生效
    REFUSED = "refused"  # 未同意
    WITHDRAWN = "withdrawn"  # 已撤回


SWAP_NAMES = {
    SwapStage.ASKED: "等替班人答复",
    SwapStage.AGREED: "等审批",
    SwapStage.IN_FORCE: "已生效",
    SwapStage.REFUSED: "未同意",
    SwapStage.WITHDRAWN: "已撤回",
}
OPEN = frozenset({SwapStage.ASKED, SwapStage.AGREED})


class NotYourTurn(Refusal):
    message = "只能换自己的班；替别人换班请值班表管理人员办理。"


class NotYoursToAnswer(Refusal):
    message = "这次换班要由{name}本人答复。"


class AlreadyAnswered(Refusal):
    message = "这次换班已经{stage}，不用再办。"


class AlreadyOpen(Refusal):
    message = "这个班次已经在办换班，请先撤回那一次。"


class ShiftIsOver(Refusal):
    message = "这个班次已经结束，不能再换；谁值的班以值日簿为准。"


class DeputyIsYourself(Refusal):
    message = "替班人不能是本人，请另选一位。"
    status = 422
    field = "deputy"


class ReasonNeeded(Refusal):
    message = "请写明换班原因。"
    status = 422
    field = "reason"


def check_deputy(
    turns: Sequence[Turn], swapped: Turn, deputy: int, facts: Facts, terms: DutyTerms
) -> None:
    """Refuse a deputy who would break a rule that is not broken now.

    Raises: DeputyIsYourself, BreaksARule.
    """
    if swapped.person == deputy:
        raise DeputyIsYourself
    before = set(breaks(turns, facts, terms))
    changed = [replace(one, person=deputy) if one == swapped else one for one in turns]
    found = [one for one in breaks(changed, facts, terms) if one not in before]
    if found:
        raise BreaksARule(first=found[0].words)


def check_standing_in(swapped: Turn, deputy: int, facts: Facts, terms: DutyTerms) -> None:
    """Refuse a deputy named at short notice only for being away or not on the rota.

    Rest may be cut when somebody has to stand in; the sheet shows it. Raises BreaksARule.
    """
    found = breaks([replace(swapped, person=deputy)], replace(facts, around=()), terms)
    if found:
        raise BreaksARule(first=found[0].words)
