"""环节: the stretches of a case's way, each in one body's charge and with days of its own.

A leg ends with a hand-over: who gave, who took, when, which papers. Lead and assisting bodies
(主办、协办), and a lower body's pre-review, are legs beside the way.
Source: beyond 8; 行政许可法 §43 (下级机关审查, twenty working days); practice 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.cases.rules.countdowns import CountdownKind
from kernel.calendar.rules import ONE_DAY, WorkingCalendar
from kernel.clock import town_day
from kernel.errors import Refusal

#: working days. Source: 行政许可法 §43
PRE_REVIEW_DAYS = 20
LONGEST = 365


class LegKind(StrEnum):
    """What a body does with a case while it has it."""

    RELAY = "relay"  # 接力: has the papers, and hands them on
    PRE_REVIEW = "pre_review"  # 初审: a lower body looks first
    ASSIST = "assist"  # 协办: gives its part, while the lead stays responsible


LEG_NAMES = {
    LegKind.RELAY: "转送环节",
    LegKind.PRE_REVIEW: "下级初审",
    LegKind.ASSIST: "协办",
}
COUNTDOWN_OF = {
    LegKind.RELAY: CountdownKind.LEG,
    LegKind.PRE_REVIEW: CountdownKind.PRE_REVIEW,
    LegKind.ASSIST: CountdownKind.ASSIST,
}


class BodyNeeded(Refusal):
    message = "请写明从哪里、交到哪里，例如“{example}”。"
    status = 422
    field = "to_body"


class LegDaysOutOfRange(Refusal):
    message = "承诺天数要在0到{most}之间。"
    status = 422
    field = "days"


class LegIsOpen(Refusal):
    message = "上一个环节（{holder}）还没有交接；请先登记交接，再开始下一个环节。"


class LegIsOver(Refusal):
    message = "这个环节已经交接过了，不能再交接一次。"


class HandsNeeded(Refusal):
    message = "请写明谁交的、谁收的；交接凭证上要有两边的人。"
    status = 422
    field = "took"


class PapersNeeded(Refusal):
    message = "请写明交接了哪些材料；没有材料的写“无纸质材料”。"
    status = 422
    field = "papers"


@dataclass(frozen=True, slots=True)
class NewLeg:
    """A leg that is about to begin."""

    kind: LegKind
    #: in whose charge it is
    from_body: str
    #: to whom it hands on, or answers
    to_body: str
    days: int
    task: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """交接: who gave, who took, and which papers (or, of an assisting body, its answer)."""

    gave: str
    took: str
    papers: str


def check_leg(leg: NewLeg) -> None:
    """Refuse a leg without its two ends or with days that cannot be."""
    if not leg.from_body or not leg.to_body:
        raise BodyNeeded(example="本厅 → 县民政局")
    if not 0 <= leg.days <= LONGEST:
        raise LegDaysOutOfRange(most=LONGEST)


def check_hand_over(receipt: HandOver) -> None:
    """Refuse a receipt on which a hand, or what passed between them, is missing."""
    if not receipt.gave or not receipt.took:
        raise HandsNeeded
    if not receipt.papers:
        raise PapersNeeded


def leg_line(leg: NewLeg, due: str) -> str:
    """Return the villager's line about a leg that begins."""
    until = f"，{due}前完成" if due else ""
    if leg.kind is LegKind.ASSIST:
        return f"请{leg.from_body}协助办理{until}；主办仍是{leg.to_body}。"
    if leg.kind is LegKind.PRE_REVIEW:
        return f"由{leg.from_body}先行审查{until}，再报{leg.to_body}决定。"
    return f"由{leg.from_body}办理这一环节{until}，再交{leg.to_body}。"


def handed_line(kind: LegKind, from_body: str, to_body: str) -> str:
    """Return the villager's line about a hand-over."""
    if kind is LegKind.ASSIST:
        return f"{from_body}的协办意见已送达{to_body}。"
    return f"材料已由{from_body}交{to_body}。"


def days_taken(begun_at: datetime, until: datetime, calendar: WorkingCalendar) -> int:
    """Return how many working days a leg took; the first day is day zero."""
    day, last, taken = town_day(begun_at), town_day(until), 0
    while day < last:
        day += ONE_DAY
        taken += calendar.is_working(day)
    return taken


@dataclass(frozen=True, slots=True)
class Stretch:
    """A leg as the table of a case shows it."""

    holder: str
    promised: int
    taken: int

    @property
    def over(self) -> int:
        """Return by how many working days it was longer than promised."""
        return max(0, self.taken - self.promised)


def slowest(stretches: Sequence[Stretch]) -> str:
    """Return whose leg ate the time: who went furthest over what he promised, or nobody."""
    late = [one for one in stretches if one.over]
    return max(late, key=lambda one: one.over).holder if late else ""
