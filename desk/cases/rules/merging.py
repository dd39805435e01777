"""合并重复登记: two registrations of one matter become one; the later points to the earlier.

Numbers stay as they were given out: the later one is explained, never deleted (pitfalls 19).
"""

from collections.abc import Collection
from datetime import datetime

from desk.cases.rules.stages import OPEN, STAGE_NAMES, Stage
from kernel.clock import town_day
from kernel.errors import Refusal


class NoSuchOther(Refusal):
    message = "没有查到编号“{typed}”的办件，请核对另一张回执上的受理编号。"
    status = 422
    field = "other"


class SameCase(Refusal):
    message = "填的是此件自己的编号；请填另一张回执上的编号。"
    status = 422
    field = "other"


class OtherWindow(Refusal):
    message = "两件不在同一个窗口，不是重复登记；请各自办理。"
    field = "other"


class OtherPeople(Refusal):
    message = "两件的申请人不是同一个人，不能合并；登记错人的请先“更正登记信息”。"
    field = "other"


class NotBothOpen(Refusal):
    message = "{number} 现在是“{stage}”，不能合并。"
    field = "other"


class TooLateToUndo(Refusal):
    message = "合并只能在当天撤销；此件已并入 {survivor}，请在那一件上办理。"


class NotMerged(Refusal):
    message = "此件没有合并，不用撤销。"


MERGED_LINE = "此件与 {survivor} 是同一件事，已合并到那一件办理；原编号和二维码照样能查进度。"
TAKEN_LINE = "重复登记的 {merged} 已并入此件，材料一并使用。"
UNDONE_LINE = "合并已撤销，此件恢复单独办理。"
GIVEN_UP_LINE = "{merged} 并入此件已撤销，两件各自办理。"
MERGED_NOTE = "并入 {survivor}：{reason}"


def check_pair(windows: Collection[str], people: Collection[str]) -> None:
    """Refuse to merge what is not one matter of one person at one window."""
    if len(set(windows)) > 1:
        raise OtherWindow
    if len(set(people)) > 1:
        raise OtherPeople


def check_both_open(number: str, stage: Stage) -> None:
    """Refuse to merge a case that has ended."""
    if stage not in OPEN:
        raise NotBothOpen(number=number, stage=STAGE_NAMES[stage])


def check_undo(merged_at: datetime, now: datetime, survivor: str) -> None:
    """Refuse to undo a merge of an earlier day: people have acted on it since."""
    if town_day(merged_at) != town_day(now):
        raise TooLateToUndo(survivor=survivor)
