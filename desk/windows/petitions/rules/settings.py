"""信访设置: which numbers the town may set, and within which bounds."""

from dataclasses import dataclass

from kernel.errors import InvalidInput
from kernel.text import whole_number
from services_catalog.rules.limits import LimitUnit

MOST = 365


@dataclass(frozen=True, slots=True)
class Numbers:
    """Days and sizes. Source of the defaults: 信访工作条例; practice 13, 29 (s)."""

    accept_days: int
    accept_unit: LimitUnit
    sign_days: int
    group_size: int
    most_representatives: int
    review_days: int


class NotInBounds(InvalidInput):
    message = "请填1到{most}之间的整数。"


class OnlyMobiles(InvalidInput):
    message = "这里要填手机号码，座机收不到短信。"


def read_number(typed: str) -> int:
    """Read a setting. Raises NotInBounds."""
    number = whole_number(typed)
    if number is None or not 1 <= number <= MOST:
        raise NotInBounds(most=MOST)
    return number
