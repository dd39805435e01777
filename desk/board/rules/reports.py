"""报表: which figures a case counts into, so that a figure and its list are one thing.

Source: practice 14 (办件月报表: 收件, 受理, 办结, 提前, 按时, 超期, 退件, 代办);
domain notes §2.2 (early and late are both recorded). 提前 is before the due day, 按时 on it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desk.cases.rules.stages import Stage
from kernel.clock import town_day
from kernel.errors import Refusal
from services_catalog.rules.items import WINDOW_NAMES, Handling, Window

#: a share of the time: a hold begun in the last tenth may hide lateness (beyond 6)
TENTH = 10
#: more than a year and a quarter is another question than a report answers
LONGEST_SPAN = 460


class Measure(StrEnum):
    """One figure of the sheet."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    RETURNED = "returned"
    CARRIED = "carried"


MEASURE_NAMES = {
    Measure.RECEIVED: "收件",
    Measure.ACCEPTED: "受理",
    Measure.CLOSED: "办结",
    Measure.EARLY: "提前",
    Measure.ON_TIME: "按时",
    Measure.LATE: "超期",
    Measure.RETURNED: "退件",
    Measure.CARRIED: "代办",
}
#: what stands under every sheet, so that a figure can be checked
NOTES = (
    "收件：本期收到材料的办件，转介和村里代收未到大厅的不计。受理：本期受理。办结：本期作出决定或办好。",
    "提前：早于办结期限日办结；按时：期限当日办结，以及按批次、无期限的；超期：亮过红灯且没有撤销。提前＋按时＋超期＝办结。",
    "退件：本期退件和不予受理。代办：本期收件中由大厅代办报送的事项。申请人撤回的不计入办结。",
)


class Dimension(StrEnum):
    """What a report has a row for."""

    WINDOW = "window"
    SECTION = "section"
    ITEM = "item"
    CLERK = "clerk"
    VILLAGE = "village"


DIMENSION_NAMES = {
    Dimension.WINDOW: "窗口",
    Dimension.SECTION: "专窗",
    Dimension.ITEM: "事项",
    Dimension.CLERK: "经办人",
    Dimension.VILLAGE: "村",
}
NO_VILLAGE = "未填村"
NOBODY = "未知"
TOTAL = "合计"


class BadSpan(Refusal):
    message = "起止日期不对：开始日要在结束日之前，一次最多统计{days}天。"
    status = 422


@dataclass(frozen=True, slots=True)
class Span:
    """From one civil day to another, both included."""

    first: date
    last: date

    def holds(self, moment: datetime | None) -> bool:
        """Say whether a moment falls on one of the days."""
        return moment is not None and self.first <= town_day(moment) <= self.last


@dataclass(frozen=True, slots=True)
class Counted:
    """A case as the sheets count it."""

    case_id: int
    window: Window
    section: str
    item_code: str
    item: str
    handling: Handling
    village: str
    clerk: str
    stage: Stage
    received_at: datetime
    accepted_at: datetime | None
    closed_at: datetime | None
    #: of the last limit it was handled under
    due_on: date | None = None
    #: it has been red, and no supervisor said that was wrong
    is_late: bool = False
    #: who had it when it turned red
    late_clerk: str = ""


#: 收件 counts what the hall took in: not who was pointed on, nor what is still on its way here
NOT_TAKEN_IN = frozenset({Stage.REFERRED, Stage.EXPECTED})


def measures(case: Counted, span: Span) -> frozenset[Measure]:
    """Return the figures a case counts into."""
    found = set()
    if span.holds(case.received_at) and case.stage not in NOT_TAKEN_IN:
        found.add(Measure.RECEIVED)
        if case.handling is Handling.CARRIED:
            found.add(Measure.CARRIED)
    if span.holds(case.accepted_at):
        found.add(Measure.ACCEPTED)
    if span.holds(case.closed_at):
        found |= _ending(case)
    return frozenset(found)


def _ending(case: Counted) -> set[Measure]:
    if case.stage is Stage.COMPLETED:
        return {Measure.CLOSED, outcome(case)}
    return {Measure.RETURNED} if case.stage in (Stage.RETURNED, Stage.DECLINED) else set()


def outcome(case: Counted) -> Measure:
    """Return whether a closed case was early, on time or late."""
    if case.is_late:
        return Measure.LATE
    if case.due_on and case.closed_at and town_day(case.closed_at) < case.due_on:
        return Measure.EARLY
    return Measure.ON_TIME


def key_of(case: Counted, dimension: Dimension) -> str:
    """Return the row a case belongs to; a late one to whoever had it when it turned red."""
    return {
        Dimension.WINDOW: WINDOW_NAMES[case.window],
        Dimension.SECTION: case.section,
        Dimension.ITEM: f"{case.item_code} {case.item}",
        Dimension.CLERK: (case.is_late and case.late_clerk) or case.clerk,
        Dimension.VILLAGE: case.village or NO_VILLAGE,
    }[dimension]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet."""

    name: str
    figures: dict[Measure, int]


def sheet(cases: Iterable[Counted], span: Span, dimension: Dimension) -> list[Line]:
    """Return a row for each name that has a figure, by name, and the total last."""
    counts: dict[str, Counter[Measure]] = {}
    for case in cases:
        found = measures(case, span)
        if found:
            counts.setdefault(key_of(case, dimension), Counter()).update(found)
    lines = [_line(name, counts[name]) for name in sorted(counts)]
    return [*lines, _line(TOTAL, sum(counts.values(), Counter()))]


def behind(
    cases: Iterable[Counted], span: Span, dimension: Dimension, place: tuple[str, Measure]
) -> list[Counted]:
    """Return the cases behind one figure (row, column) of the same sheet, the newest first."""
    name, measure = place
    found = [
        case
        for case in cases
        if name in (TOTAL, key_of(case, dimension)) and measure in measures(case, span)
    ]
    return sorted(found, key=lambda case: case.case_id, reverse=True)


def check_span(first: date | None, last: date | None) -> Span:
    """Return a span, or refuse one that ends before it begins or takes too long."""
    if first is None or last is None or not 0 <= (last - first).days < LONGEST_SPAN:
        raise BadSpan(days=LONGEST_SPAN)
    return Span(first, last)


def is_last_tenth(total: int, left: int) -> bool:
    """Say whether, of `total` counted days, no more than a tenth were left."""
    return left * TENTH <= total


def cells(lines: Sequence[Line], heading: str) -> list[list[str]]:
    """Return a sheet as rows of text, its heading first."""
    head = [heading, *MEASURE_NAMES.values()]
    return [head, *([one.name, *(str(one.figures[m]) for m in Measure)] for one in lines)]


def _line(name: str, counted: Counter[Measure]) -> Line:
    return Line(name, {measure: counted[measure] for measure in Measure})
