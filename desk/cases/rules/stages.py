"""办件环节: the stages of a case and the moves between them."""

from enum import StrEnum

from kernel.errors import Refusal


class Stage(StrEnum):
    """Where a case stands."""

    EXPECTED = "expected"  # 待收件: a village adviser carries the papers to the hall
    EXAMINING = "examining"  # 待审查: papers handed in, the hall answers within the intake days
    RECEIVED = "received"  # 已收件: papers taken in, the body that accepts has not yet
    AWAITING_MATERIALS = "awaiting_materials"  # 待补正: one-time notice given, clock not running
    IN_PROGRESS = "in_progress"  # 办理中: accepted, clock running
    ON_HOLD = "on_hold"  # 不计时段中
    COMPLETED = "completed"  # 已办结
    DECLINED = "declined"  # 不予受理
    RETURNED = "returned"  # 已退件
    REFERRED = "referred"  # 已转介
    WITHDRAWN = "withdrawn"  # 已撤回
    MERGED = "merged"  # 已并入另一件: the same matter was registered before


STAGE_NAMES = {
    Stage.EXPECTED: "村里已代收，待大厅收件",
    Stage.EXAMINING: "已收件，待审查答复",
    Stage.RECEIVED: "已收件，待承办机关受理",
    Stage.AWAITING_MATERIALS: "待补正材料",
    Stage.IN_PROGRESS: "办理中",
    Stage.ON_HOLD: "特别程序中（不计时）",
    Stage.COMPLETED: "已办结",
    Stage.DECLINED: "不予受理",
    Stage.RETURNED: "已退件",
    Stage.REFERRED: "已转介",
    Stage.WITHDRAWN: "已撤回",
    Stage.MERGED: "已并入另一件",
}
#: the clock runs only here
RUNNING = frozenset({Stage.IN_PROGRESS})
#: somebody at the desk still has to do something
OPEN = frozenset(
    {
        Stage.EXPECTED,
        Stage.EXAMINING,
        Stage.RECEIVED,
        Stage.AWAITING_MATERIALS,
        Stage.IN_PROGRESS,
        Stage.ON_HOLD,
    }
)

MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.EXPECTED: frozenset(
        {
            Stage.EXAMINING,
            Stage.RECEIVED,
            Stage.IN_PROGRESS,
            Stage.AWAITING_MATERIALS,
            Stage.RETURNED,
            Stage.REFERRED,
            Stage.WITHDRAWN,
            Stage.MERGED,
        }
    ),
    Stage.EXAMINING: frozenset(
        {
            Stage.RECEIVED,
            Stage.IN_PROGRESS,
            Stage.AWAITING_MATERIALS,
            Stage.DECLINED,
            Stage.RETURNED,
            Stage.REFERRED,
            Stage.WITHDRAWN,
            Stage.MERGED,
        }
    ),
    Stage.RECEIVED: frozenset(
        {
            Stage.IN_PROGRESS,
            Stage.AWAITING_MATERIALS,
            Stage.DECLINED,
            Stage.RETURNED,
            Stage.REFERRED,
            Stage.WITHDRAWN,
            Stage.MERGED,
        }
    ),
    # to itself: a second notice, which a leader has to grant
    Stage.AWAITING_MATERIALS: frozenset(
        {
            Stage.EXAMINING,
            Stage.RECEIVED,
            Stage.AWAITING_MATERIALS,
            Stage.IN_PROGRESS,
            Stage.DECLINED,
            Stage.RETURNED,
            Stage.WITHDRAWN,
            Stage.MERGED,
        }
    ),
    # RETURNED: an acceptance on a pledge that was not kept is revoked
    Stage.IN_PROGRESS: frozenset(
        {Stage.ON_HOLD, Stage.COMPLETED, Stage.RETURNED, Stage.WITHDRAWN, Stage.MERGED}
    ),
    Stage.ON_HOLD: frozenset({Stage.IN_PROGRESS, Stage.WITHDRAWN, Stage.MERGED}),
    Stage.COMPLETED: frozenset(),
    Stage.DECLINED: frozenset(),
    Stage.RETURNED: frozenset(),
    Stage.REFERRED: frozenset(),
    Stage.WITHDRAWN: frozenset(),
    Stage.MERGED: frozenset(),
}


class MoveNotAllowed(Refusal):
    message = "此件现在是“{now}”，不能再改为“{to}”；请看办理进度核实是否已有人办过。"


def move(now: Stage, to: Stage) -> Stage:
    """Return `to` if the table allows it from `now`; otherwise refuse."""
    if to not in MOVES[now]:
        raise MoveNotAllowed(now=STAGE_NAMES[now], to=STAGE_NAMES[to])
    return to


class AcceptedAlready(Refusal):
    message = "此件已经受理，不能直接退件；申请人不办了请选“撤回”，办不成的请“办结”并写明理由。"


def check_unaccepted(now: Stage) -> None:
    """Refuse to give papers back as if they had never been accepted."""
    if now in {Stage.IN_PROGRESS, Stage.ON_HOLD}:
        raise AcceptedAlready


class AlreadyEnded(Refusal):
    message = "此件已是“{now}”，不能再改动。"


def check_open(now: Stage) -> None:
    """Refuse to change a case that has ended."""
    if now not in OPEN:
        raise AlreadyEnded(now=STAGE_NAMES[now])
