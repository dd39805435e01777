"""更正事项或受理日: what may be put right after the slip went out, and what it says afterwards.

A leader has granted it (ApprovalKind.REDATING); what stood before stays on record.
Source: settled 21; pitfalls 28.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desk.cases.rules.deadlines import Due
from desk.cases.rules.papers import PaperKind, Said
from desk.cases.rules.slips import ACCEPT_ADVICE
from desk.cases.rules.stages import Stage
from kernel.calendar.rules import chinese_date
from kernel.clock import TOWN_TZ, town_day, town_time
from kernel.errors import Refusal
from services_catalog.rules.items import HANDLING_NAMES, Handling

#: before the day of registration: further back it is another matter, not a slip of the pen
MOST_BACK = timedelta(days=30)
#: a body has said yes or no by then: whose matter it is can no longer change
_DECIDED = frozenset({Stage.RECEIVED, Stage.IN_PROGRESS, Stage.ON_HOLD})


class LeaveNeeded(Refusal):
    message = "“{what}”要先请示负责人，同意后再来办。"


class NoSuchItem(Refusal):
    message = "没有编号为“{code}”的已发布事项，请从目录里查准编号。"
    status = 422
    field = "item"


class OtherWindowsItem(Refusal):
    message = "事项“{code}”由别的窗口办理，不能改过去；请退件后到那个窗口登记。"
    field = "item"


class NothingToPutRight(Refusal):
    message = "事项和受理日都没有改动；要更正的请改好后再提交。"
    status = 422
    field = "item"


class OtherHandling(Refusal):
    message = (
        "此件已按“{old}”办理，新事项是“{new}”，不能直接改过去；"
        "请把此件退件或撤回，再按新事项重新登记。"
    )
    field = "item"


class NotAcceptedYet(Refusal):
    message = "此件还没有受理，没有受理日可以更正；请把受理日留空。"
    status = 422
    field = "accepted_on"


class RedatedOutOfRange(Refusal):
    message = "受理日要在{first}和今天（{last}）之间，请核对。"
    status = 422
    field = "accepted_on"


@dataclass(frozen=True, slots=True)
class PutRight:
    """更正: what the clerk says is right. None: as it was."""

    item_code: str
    accepted_on: date | None
    reason: str


def check_item(stage: Stage, old: Handling, to: Handling) -> None:
    """Refuse an item whose matter is another body's, once somebody has accepted."""
    may_change = stage not in _DECIDED and to is not Handling.REFERRED
    if old is not to and not may_change:
        raise OtherHandling(old=HANDLING_NAMES[old], new=HANDLING_NAMES[to])


def redated(
    accepted_at: datetime | None, day: date | None, received_at: datetime, now: datetime
) -> datetime | None:
    """Return the moment of acceptance as it should have been: that day, at the same hour.

    Raises: NotAcceptedYet, RedatedOutOfRange.
    """
    if day is None:
        return accepted_at
    if accepted_at is None:
        raise NotAcceptedYet
    if day == town_day(accepted_at):
        return accepted_at
    first = town_day(received_at) - MOST_BACK
    if not first <= day <= town_day(now):
        raise RedatedOutOfRange(first=first, last=town_day(now))
    return min(datetime.combine(day, town_time(accepted_at).time(), TOWN_TZ), now)


def paper_again(stage: Stage) -> PaperKind:
    """Return the kind of the slip that takes the old one's place."""
    accepted = stage in {Stage.IN_PROGRESS, Stage.ON_HOLD}
    return PaperKind.ACCEPTANCE if accepted else PaperKind.INTAKE_RECEIPT


def changes(
    items: tuple[str, str], moments: tuple[datetime | None, datetime | None]
) -> tuple[str, ...]:
    """Return what was put right, a sentence each: (before, after) of item and acceptance."""
    found = []
    if items[0] != items[1]:
        found.append(f"事项由“{items[0]}”更正为“{items[1]}”。")
    before, after = (town_day(one) if one else None for one in moments)
    if before and after and before != after:
        found.append(f"受理日由{chinese_date(before)}更正为{chinese_date(after)}。")
    return tuple(found)


def said_again(changed: tuple[str, ...], counted: Due | None) -> Said:
    """Return what the new slip tells."""
    instead = "此前发出的回执作废，以本件为准；旧回执上的二维码不能再用。"
    return Said((*changed, instead, ACCEPT_ADVICE), counted=counted)


def redated_line(due: str) -> str:
    """Return the villager's line: no title of a matter stands on a slip's page."""
    until = f"，最迟{due}办结" if due else ""
    return f"登记有误，已更正{until}；回执已换发，旧回执作废，请到窗口领取新回执。"


def inside_line(changed: tuple[str, ...], reason: str) -> str:
    """Return the staff's line."""
    return "".join(changed) + f"原因：{reason}"
