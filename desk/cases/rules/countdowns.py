"""计时: the limits that run on a case, whose time each is, and the days that follow from facts.

One function, `dates`, derives every stored day; nothing else knows how.
Source: 行政许可法 §32 (收件审查), §42 (办理, 延期), §44 (送达), §45 (不计时); practice 1, 4, 9.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from desk.cases.rules.deadlines import Deadline, Due, Hold, due
from desk.cases.rules.intake import Answer
from kernel.calendar.rules import ONE_DAY, WorkingCalendar
from kernel.clock import TOWN_TZ, town_day
from services_catalog.rules.limits import NO_LIMIT, LimitUnit, TimeLimit

PERCENT = 100


class CountdownKind(StrEnum):
    """What a limit is for."""

    INTAKE = "intake"  # 收件审查: accept, notify once, or decline
    SUPPLEMENT = "supplement"  # 补正: the applicant's own time
    CARRY = "carry"  # 报送: the town's promise to carry papers to the body that accepts
    HANDLING = "handling"  # 办理: the promise and the law
    OWED = "owed"  # 容缺补齐: papers owed under a signed 承诺书
    DELIVERY = "delivery"  # 送达: from the decision to the applicant's hand
    LEG = "leg"  # 环节: one body's part of the way
    PRE_REVIEW = "pre_review"  # 初审: a lower body looks first. Source: 行政许可法 §43
    ASSIST = "assist"  # 协办: what an assisting body promised


COUNTDOWN_NAMES = {
    CountdownKind.INTAKE: "收件审查",
    CountdownKind.SUPPLEMENT: "申请人补正",
    CountdownKind.CARRY: "报送承办机关",
    CountdownKind.HANDLING: "办理",
    CountdownKind.OWED: "容缺材料补齐",
    CountdownKind.DELIVERY: "送达",
    CountdownKind.LEG: "环节",
    CountdownKind.PRE_REVIEW: "下级初审",
    CountdownKind.ASSIST: "协办",
}
#: the applicant's own time: no light, no nudge to staff
APPLICANTS = frozenset({CountdownKind.SUPPLEMENT, CountdownKind.OWED})
#: what other bodies promised; they run beside the steps of the case
LEGS = frozenset({CountdownKind.LEG, CountdownKind.PRE_REVIEW, CountdownKind.ASSIST})
#: what a hold stops. Source: 行政许可法 §45
HELD = frozenset({CountdownKind.HANDLING})
#: what the counter's answer starts
OPENING = {
    Answer.ACCEPT: CountdownKind.HANDLING,
    Answer.CARRY: CountdownKind.CARRY,
    Answer.RECEIVE: CountdownKind.INTAKE,
    Answer.ACCEPT_OWING: CountdownKind.HANDLING,
    Answer.NOTICE: CountdownKind.SUPPLEMENT,
}
#: limits in days: what an extension can lengthen
LENGTHENED = frozenset({LimitUnit.WORKING, LimitUnit.CALENDAR})


@dataclass(frozen=True, slots=True)
class Threshold:
    """黄灯: yellow when `share` percent of the limit, or `days` of it, are left."""

    share: int
    days: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the days of a countdown follow from, and nothing else."""

    kind: CountdownKind
    starts_at: datetime
    promised: TimeLimit
    statutory: TimeLimit = NO_LIMIT
    extension_days: int = 0
    threshold: Threshold = Threshold(0, 0)
    #: of the case; they move only what `HELD` names
    holds: Sequence[Hold] = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """What follows: the days kept in the columns, and the count that explains them."""

    due: Due
    due_on: date | None = None
    #: late from here on
    over_at: datetime | None = None
    is_provisional: bool = False
    yellow_on: date | None = None


def dates(facts: Facts, calendar: WorkingCalendar) -> Dates:
    """Derive the days of a countdown from its facts.

    The earlier of promise and law binds (practice 4); an extension lengthens both.
    """
    holds = facts.holds if facts.kind in HELD else ()
    limits = [_extended(one, facts.extension_days) for one in (facts.promised, facts.statutory)]
    counted = due(facts.starts_at, limits[0], limits[1], calendar, holds)
    binding = counted.binding
    if binding is None:
        return Dates(counted)
    yellow_on = yellow_day(town_day(facts.starts_at), binding, facts.threshold)
    over_at = binding.at or midnight_after(binding.day)
    return Dates(counted, binding.day, over_at, binding.provisional, yellow_on)


def midnight_after(day: date) -> datetime:
    """Return the moment at which `day` is over in the township (aware)."""
    return datetime.combine(day + ONE_DAY, time(0), TOWN_TZ)


def yellow_day(start: date, deadline: Deadline, threshold: Threshold) -> date:
    """Return the first day of yellow: on the last day at the latest, never on day zero of more.

    Days left are counted as the limit counts them.
    """
    counted = [step.day for step in deadline.steps if step.counts]
    if not counted:
        return deadline.day
    left = max(threshold.days, len(counted) * threshold.share // PERCENT)
    place = max(0, len(counted) - 1 - left)
    return max(start, counted[place])


def capped(noticed_on: date, ended_on: date | None, cap: int | None, of: WorkingCalendar) -> Hold:
    """Return a hold no longer than its cap, in working days after its notice.

    A stop that nobody ends would hide a case for ever.
    """
    if cap is None:
        return Hold(noticed_on, ended_on)
    last = noticed_on
    while cap:
        last += ONE_DAY
        cap -= of.is_working(last)
    return Hold(noticed_on, last if ended_on is None else min(last, ended_on))


def _extended(limit: TimeLimit, days: int) -> TimeLimit:
    return replace(limit, amount=limit.amount + days) if limit.unit in LENGTHENED else limit
