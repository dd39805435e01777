"""期限变动: what a year's notice does to the countdowns that run, and how it is told.

Source: the year's 放假通知; house rule: a date that moves is explained where it is seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desk.cases.rules.countdowns import COUNTDOWN_NAMES, CountdownKind, Dates, Facts, dates
from desk.cases.rules.deadlines import Deadline, Due
from desk.cases.rules.notices import PROVISIONAL
from kernel.calendar.rules import WorkingCalendar, chinese_date
from kernel.calendar.rules.notices import Notice
from kernel.clock import town_day
from kernel.errors import Refusal
from services_catalog.rules.limits import LimitUnit

APPLY_TITLE = "应用{year}年放假安排，改写办结期限"
APPLIED_NOTE = (
    "{year}年放假安排已应用：{later}个期限推后，{earlier}个提前，{confirmed}个不再暂定；"
    "每件的办理进度里都写明了新旧日期，承诺日变动的已排队发短信告知。"
)


class Direction(StrEnum):
    """What becomes of a day."""

    LATER = "later"  # 推后
    EARLIER = "earlier"  # 提前
    CONFIRMED = "confirmed"  # 不再暂定


DIRECTION_NAMES = {
    Direction.LATER: "推后",
    Direction.EARLIER: "提前",
    Direction.CONFIRMED: "日期不变，不再暂定",
}


class Printed(StrEnum):
    """Which of the two days on a slip."""

    PROMISED = "promised"  # 承诺期限
    STATUTORY = "statutory"  # 法定期限


PRINTED_NAMES = {Printed.PROMISED: "承诺期限", Printed.STATUTORY: "法定期限"}


class AlreadyOrdered(Refusal):
    message = "这份安排已经按过“应用”，正在改写办结期限；进度在“我要的文件”里看。"


@dataclass(frozen=True, slots=True)
class Change:
    """A day that a notice moves, or makes certain."""

    kind: CountdownKind
    before: date | None
    after: date | None
    was_provisional: bool
    is_provisional: bool
    #: the day of this limit is printed on the slip, and the other one binds
    printed: Printed | None = None

    @property
    def name(self) -> str:
        """Return what the day is called."""
        return PRINTED_NAMES[self.printed] if self.printed else f"{COUNTDOWN_NAMES[self.kind]}期限"

    @property
    def direction(self) -> Direction | None:
        """Return which way the day moves; None where nobody will see a difference."""
        if self.before == self.after:
            is_settled = self.was_provisional and not self.is_provisional
            return Direction.CONFIRMED if is_settled else None
        if self.after is None or self.before is None:
            return Direction.LATER if self.after is None else Direction.EARLIER
        return Direction.LATER if self.after > self.before else Direction.EARLIER

    @property
    def tells_applicant(self) -> bool:
        """Say whether a promise to the applicant moved: a text says so."""
        return (
            self.kind is CountdownKind.HANDLING
            and self.printed is None
            and None not in {self.before, self.after}
            and (self.before != self.after)
        )


def change_line(change: Change, what: str) -> str:
    """Return the line of the case's timeline; `what` is the notice in words."""
    name = change.name
    if change.before == change.after and change.after is not None:
        return f"{what}，{name}{chinese_date(change.after)}已经确定，不再是暂定。"
    doubt = PROVISIONAL if change.is_provisional else ""
    return f"{what}，{name}由{_words(change.before)}改为{_words(change.after)}{doubt}。"


def notice_words(year: int, number: str, *, is_correction: bool) -> str:
    """Return a notice as a line of the timeline begins with it."""
    verb = "更正" if is_correction else "公布"
    return f"{year}年放假安排{verb}（{number}）" if number else f"{year}年放假安排{verb}"


def printed_changes(kind: CountdownKind, was: Due, now: Due) -> list[Change]:
    """Return how the day moves that a slip prints beside the one that binds.

    One that is the binding day before and after is told with it.
    """
    pairs = {
        Printed.PROMISED: (was.promised, now.promised),
        Printed.STATUTORY: (was.statutory, now.statutory),
    }
    binding = _days(was.binding, now.binding)
    return [
        Change(kind, before.day, after.day, before.provisional, after.provisional, which)
        for which, (before, after) in pairs.items()
        if before and after and _days(before, after) != binding
    ]


def _days(*counted: Deadline | None) -> list[date | None]:
    return [one.day if one else None for one in counted]


class Derivation:
    """Derives the days of many countdowns: thousands share a start day and their limits.

    With the calendar `before` it also tells how the day moves that does not bind.
    """

    def __init__(self, calendar: WorkingCalendar, before: WorkingCalendar | None = None) -> None:
        self.calendar = calendar
        self._before = Derivation(before) if before else None
        self._known: dict[object, Dates] = {}
        #: what becomes of countdowns that are alike in all it follows from
        self.alike: dict[object, tuple[Dates, list[Change]]] = {}

    def printed(self, facts: Facts) -> list[Change]:
        """Return how the days on a slip move that do not bind, as far as anybody sees it."""
        if self._before is None or facts.kind is not CountdownKind.HANDLING:
            return []
        found = printed_changes(facts.kind, self._before.of(facts).due, self.of(facts).due)
        return [change for change in found if change.direction]

    def of(self, facts: Facts) -> Dates:
        """Return what `dates` says of these facts."""
        limits = (facts.promised, facts.statutory)
        in_hours = any(limit.unit is LimitUnit.HOUR for limit in limits)
        start = facts.starts_at if in_hours else town_day(facts.starts_at)
        more = (facts.extension_days, facts.threshold, tuple(facts.holds))
        key = (facts.kind, start, *limits, *more)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = dates(facts, self.calendar)
        return found


def tally(changes: Sequence[Change]) -> dict[Direction, int]:
    """Return how many days go which way."""
    directions = [change.direction for change in changes]
    return {direction: directions.count(direction) for direction in Direction}


def _words(day: date | None) -> str:
    return chinese_date(day) if day else "待定"


def shell_line(number: str, change: Change) -> str:
    """Return a change for somebody at a shell."""
    way = DIRECTION_NAMES[change.direction] if change.direction else ""
    return f"{number}　{change.name}　{_words(change.before)} → {_words(change.after)}　{way}"


def shell_summary(notice: Notice, changes: Sequence[Change]) -> str:
    """Return what a notice says and does, in two lines."""
    counted = tally(changes)
    moved = "，".join(f"{DIRECTION_NAMES[way]}{counted[way]}个" for way in Direction)
    said = f"{notice.year}年（{notice.number}）：放假{len(notice.days_off)}天，"
    return f"{said}补班{len(notice.makeup_days)}天。\n期限{moved}。"
