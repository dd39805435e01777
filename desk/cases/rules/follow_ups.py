"""回访: was the villager helped, after a matter was carried or pointed elsewhere?

The days until somebody asks are the town's setting.
"""

from enum import StrEnum

from desk.cases.rules.stages import Stage
from kernel.errors import Refusal
from services_catalog.rules.items import Handling


class Helped(StrEnum):
    """What the villager says."""

    YES = "yes"  # 办成了
    PARTLY = "partly"  # 还在办
    NO = "no"  # 没办成
    UNREACHED = "unreached"  # 没联系上


HELPED_NAMES = {
    Helped.YES: "办成了",
    Helped.PARTLY: "还在办，过几天再问",
    Helped.NO: "没办成",
    Helped.UNREACHED: "没联系上，过几天再问",
}
#: asked again after as many days
ASKED_AGAIN = frozenset({Helped.PARTLY, Helped.UNREACHED})


class AlreadyFollowedUp(Refusal):
    message = "这件已经回访过了，结果在办理进度里。"


class WhatWentWrong(Refusal):
    message = "没办成的，请写明卡在哪里，好让下一步有人跟。"
    status = 422
    field = "note"


def needs_follow_up(handling: Handling, stage: Stage) -> bool:
    """Say whether somebody is asked: pointed elsewhere, or carried and closed."""
    carried = handling is Handling.CARRIED and stage is Stage.COMPLETED
    return carried or stage is Stage.REFERRED


def check_follow_up(helped: Helped, note: str) -> None:
    """Refuse a "no" that says nothing."""
    if helped is Helped.NO and not note:
        raise WhatWentWrong


def follow_up_line(helped: Helped, note: str) -> str:
    """Return the staff's line about an answer."""
    return f"回访：{HELPED_NAMES[helped]}" + (f"。{note}" if note else "")
