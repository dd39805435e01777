"""视为受理: what silence past the intake day means.

Papers that nobody answered in time are accepted by law from the day they were received, if the
matter is a permit and this body decides it. For every other type the late answer is a red light
and nothing more, unless the town has promised otherwise. What the town only carries is not the
town's to accept, by silence as little as by word.
Source: 行政许可法 §32(1) 第四项; practice 2.
"""

from kernel.errors import Refusal
from services_catalog.rules.items import Handling
from services_catalog.rules.limits import NO_LIMIT, LimitUnit, TimeLimit

#: how sheets write the type: by name, or by the code of the national list
PERMIT_TYPES = ("行政许可", "01")
#: source: 行政许可法 §32(1) 第四项, §82
LAW = TimeLimit(5, LimitUnit.WORKING)


class AlreadyTold(Refusal):
    message = "视为受理的通知书已经核发，不用再发。"


def is_permit(item_type: str) -> bool:
    """Say whether an item's type is 行政许可."""
    return item_type.strip().startswith(PERMIT_TYPES)


def statutory_intake(item_type: str) -> TimeLimit:
    """Return within how many days the law wants an answer; for most types it says nothing."""
    return LAW if is_permit(item_type) else NO_LIMIT


def is_accepted_by_silence(item_type: str, handling: Handling, *, accepts_all: bool) -> bool:
    """Say whether silence past the intake day accepts a case of this item."""
    return handling is Handling.HERE and (accepts_all or is_permit(item_type))
