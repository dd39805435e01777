"""重新办理: a case that ended is taken up again, as a leader granted (ApprovalKind.REOPENING).

A new count begins; what the old one showed stays (beyond 6).
"""

from datetime import datetime

from desk.cases.rules.deadlines import Due
from desk.cases.rules.papers import PaperKind, Said
from desk.cases.rules.slips import ACCEPT_ADVICE
from desk.cases.rules.stages import OPEN, STAGE_NAMES, Stage
from kernel.errors import Refusal

#: what can be taken up again: a merged case goes on in the other one
REOPENABLE = frozenset(Stage) - OPEN - {Stage.MERGED}


class NotReopenable(Refusal):
    message = "此件现在是“{stage}”，不用重新办理。"


def check_ended(stage: Stage) -> None:
    """Refuse to reopen what is open."""
    if stage not in REOPENABLE:
        raise NotReopenable(stage=STAGE_NAMES[stage])


def stage_again(accepted_at: datetime | None) -> Stage:
    """Return where it goes on: handled where it had been accepted, else examined anew."""
    return Stage.IN_PROGRESS if accepted_at else Stage.EXAMINING


def paper_again(accepted_at: datetime | None) -> PaperKind:
    """Return the paper that tells of it."""
    return PaperKind.ACCEPTANCE if accepted_at else PaperKind.INTAKE_RECEIPT


def reopened_line(due: str, *, is_accepted: bool) -> str:
    """Return the villager's line."""
    if not due:
        return "此件已重新办理。"
    until = "办结" if is_accepted else "答复是否受理"
    return f"此件已重新办理，最迟{due}{until}。"


def said_reopened(reason: str, line: str, counted: Due) -> Said:
    """Return what the paper of a reopened case tells."""
    return Said((line, f"重新办理的原因：{reason}", ACCEPT_ADVICE), counted=counted)
