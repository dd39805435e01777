"""办理时限: one number and its unit, read from the many ways in which sheets write it.

Source: practice.md 3 (工作日, 自然日, 小时, 批次, 无; of a range the upper end).
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from kernel.errors import Refusal


class LimitUnit(StrEnum):
    """What a limit is counted in."""

    WORKING = "working"  # 工作日
    CALENDAR = "calendar"  # 自然日
    HOUR = "hour"  # 小时
    BATCH = "batch"  # 批次
    NONE = "none"  # 无
    UNANSWERED = "unanswered"  # 未填: only ever in a draft


UNIT_NAMES = {
    LimitUnit.WORKING: "工作日",
    LimitUnit.CALENDAR: "自然日",
    LimitUnit.HOUR: "小时",
    LimitUnit.BATCH: "批次",
    LimitUnit.NONE: "无",
    LimitUnit.UNANSWERED: "未填",
}
#: ten years: a longer limit is a slip of the finger
LONGEST = 3650


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long a matter may take. 0 working days: on the spot (当场办结)."""

    amount: int
    unit: LimitUnit


#: the law, or the town, sets no limit: an answer
NO_LIMIT = TimeLimit(0, LimitUnit.NONE)
BY_BATCH = TimeLimit(0, LimitUnit.BATCH)
ON_THE_SPOT = TimeLimit(0, LimitUnit.WORKING)
#: nobody said: no answer
UNANSWERED = TimeLimit(0, LimitUnit.UNANSWERED)

_WORDS = {
    **dict.fromkeys(("无", "无时限", "无法定时限", "无期限"), NO_LIMIT),
    **dict.fromkeys(
        ("即办", "即办件", "即时办结", "当场办结", "当场办理", "当场", "当日办结"), ON_THE_SPOT
    ),
    **dict.fromkeys(("批次", "按批次", "按批次办理", "年度批次", "分批办理"), BY_BATCH),
}
_UNITS = {
    "工作日": LimitUnit.WORKING,
    "自然日": LimitUnit.CALENDAR,
    "日历日": LimitUnit.CALENDAR,
    "日": LimitUnit.CALENDAR,
    "天": LimitUnit.CALENDAR,
    "小时": LimitUnit.HOUR,
}
_COUNTED = re.compile(
    rf"(?P<low>\d+)(?:[-~–—―−至到](?P<high>\d+))?\(?个?(?P<unit>{'|'.join(_UNITS)})\)?(?:以?内)?(?:办结)?"
)
_LONG_UNITS = re.compile(r"\d+个?(月|年|周|季度|星期)|半年|半个月")
_ONLY_NUMBER = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")


class UnreadableLimit(Refusal):
    message = "时限“{text}”看不懂，请写成“20个工作日”“60自然日”“24小时”“批次”“即办”或“无”。"
    status = 422


class LimitWithoutUnit(UnreadableLimit):
    message = "时限“{text}”没有写单位，请写明是工作日、自然日还是小时。"


class LimitInMonths(UnreadableLimit):
    message = "时限“{text}”按周、月或年写，天数不固定，请对照实施清单改写成工作日或自然日。"


class LimitTooLong(UnreadableLimit):
    message = "时限“{text}”超过十年，请核对数字。"


def parse_limit(text: str) -> TimeLimit:
    """Read a limit as an office writes it; of a range the upper end.

    `日` and `天` without a further word are calendar days.
    Raises: UnreadableLimit and its kinds. An empty cell is not a limit: ask before calling.
    """
    plain = _SPACES.sub("", unicodedata.normalize("NFKC", text))
    if plain in _WORDS:
        return _WORDS[plain]
    found = _COUNTED.fullmatch(plain)
    if found is None:
        raise _why_not(plain)(text=text.strip())
    amount = max(int(number) for number in found.group("low", "high") if number)
    if amount > LONGEST:
        raise LimitTooLong(text=text.strip())
    return TimeLimit(amount, _UNITS[found["unit"]])


def _why_not(plain: str) -> type[UnreadableLimit]:
    if _LONG_UNITS.search(plain):
        return LimitInMonths
    return LimitWithoutUnit if _ONLY_NUMBER.fullmatch(plain) else UnreadableLimit


def is_range(text: str) -> bool:
    """Say whether the words of a limit hold more than the number read from them."""
    return len(_ONLY_NUMBER.findall(unicodedata.normalize("NFKC", text))) > 1


def spoken(limit: TimeLimit) -> str:
    """Return a limit as people say it: 20个工作日, 当场办结, 24小时, 按批次, 无."""
    if limit == ON_THE_SPOT:
        return "当场办结"
    if limit.unit is LimitUnit.BATCH:
        return "按批次"
    if limit.unit in (LimitUnit.NONE, LimitUnit.UNANSWERED):
        return UNIT_NAMES[limit.unit]
    measure = "" if limit.unit is LimitUnit.HOUR else "个"
    return f"{limit.amount}{measure}{UNIT_NAMES[limit.unit]}"
