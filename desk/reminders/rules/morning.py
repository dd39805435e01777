"""今日要办: under which heading of somebody's morning a countdown stands, and the list on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from desk.cases.rules.countdowns import APPLICANTS, CountdownKind
from desk.cases.rules.notices import DOUBT
from kernel.calendar.rules import ONE_DAY, WorkingCalendar, chinese_date


class Heading(StrEnum):
    """A part of the morning list, in its order."""

    OVERSEEN = "overseen"  # 督办
    LATE = "late"  # 超期
    TODAY = "today"  # 今天到期
    INTAKE = "intake"  # 审查第四天
    YELLOW = "yellow"  # 临期
    OWED = "owed"  # 容缺到期
    SUPPLEMENT = "supplement"  # 补正逾期
    HOLD = "hold"  # 特别程序逾期
    APPROVAL = "approval"  # 待审批
    TRANSFER = "transfer"  # 待接收
    ASSIST = "assist"  # 待协办
    DELIVERY = "delivery"  # 待送达
    CALL = "call"  # 待电话告知
    FOLLOW_UP = "follow_up"  # 待回访


HEADINGS = {
    Heading.OVERSEEN: "督办：超期的，请过问",
    Heading.LATE: "■ 已经超期",
    Heading.TODAY: "今天到期",
    Heading.INTAKE: "收件审查快到期，今天要答复",
    Heading.YELLOW: "▲ 临期",
    Heading.OWED: "容缺承诺到期，材料还没补",
    Heading.SUPPLEMENT: "补正逾期，联系后退件",
    Heading.HOLD: "特别程序过了预计结束日",
    Heading.APPROVAL: "等您审批",
    Heading.TRANSFER: "等您接收",
    Heading.ASSIST: "别的窗口请本窗口协办",
    Heading.DELIVERY: "结果等人来取",
    Heading.CALL: "要打电话告知",
    Heading.FOLLOW_UP: "要回访",
}
TITLE = "今日要办"
#: in millimetres, A4 upright; the last column takes what is left
WIDTHS = (27, 22, 48, 44)
HEAD = ("编号", "申请人", "事项", "怎么回事", "办了什么")
NOTE = "名单按打印时的情况列出；办完请在系统里登记。"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to be done."""

    number: str
    applicant: str = field(repr=False)
    item: str
    #: what about it
    said: str
    day: date | None = None


Morning = Mapping[Heading, Sequence[Line]]


@dataclass(frozen=True, slots=True)
class Term:
    """What the heading of a running countdown follows from."""

    kind: CountdownKind
    due_on: date
    yellow_on: date | None
    over_at: datetime | None
    is_annulled: bool = False


def heading_of(term: Term, now: datetime, today: date, calendar: WorkingCalendar) -> Heading | None:
    """Return where a running countdown stands this morning; None: it can wait.

    Papers under examination are called for on the last working day before the fifth.
    Source: practice 2 (the clerk is warned on day four).
    """
    is_over = term.over_at is not None and term.over_at <= now
    if term.kind is CountdownKind.SUPPLEMENT:
        return Heading.SUPPLEMENT if is_over else None
    if term.kind is CountdownKind.OWED:
        return Heading.OWED if is_over or term.due_on <= today else None
    if is_over:
        return Heading.YELLOW if term.is_annulled else Heading.LATE
    if term.due_on <= today:
        return Heading.TODAY
    if term.kind is CountdownKind.INTAKE and working_day_before(term.due_on, calendar) <= today:
        return Heading.INTAKE
    is_yellow = term.yellow_on is not None and term.yellow_on <= today
    return Heading.YELLOW if is_yellow and term.kind not in APPLICANTS else None


def working_day_before(day: date, calendar: WorkingCalendar) -> date:
    """Return the last working day before `day`."""
    before = day - ONE_DAY
    while not calendar.is_working(before):
        before -= ONE_DAY
    return before


def until_words(step: str, due_on: date | None, *, is_provisional: bool) -> str:
    """Return what runs on a case and until when."""
    doubt = DOUBT if is_provisional else ""
    return f"{step}，最迟{chinese_date(due_on)}{doubt}" if due_on else step


def hold_words(name: str, expected_end_on: date) -> str:
    """Return what holds a case up."""
    return f"{name}，预计{chinese_date(expected_end_on)}结束"


def tried_words(number: int) -> str:
    """Return how often somebody was rung up in vain."""
    return f"已打过{number}次，没有接到" if number else "还没打"


def assist_words(lead: str, due: str, *, is_taken: bool) -> str:
    """Return who asked a window for its part, by when, and whether somebody has taken it."""
    until = f"，最迟{due}答复" if due else ""
    return f"{lead}主办{until}，{'您已接收' if is_taken else '还没有人接收'}"


def since_words(day: date) -> str:
    """Return since when something can be asked."""
    return f"{chinese_date(day)}起"


def sheet(morning: Morning, whose: str, hall: tuple[str, bool, date]) -> dict[str, object]:
    """Return what the typesetter is told: (name of the hall, whether a sample, today)."""
    name, is_sample, today = hall
    tables = [
        {
            "title": f"{HEADINGS[heading]}　{len(lines)}件",
            "head": HEAD,
            "widths": WIDTHS,
            "rows": [[one.number, one.applicant, one.item, one.said, ""] for one in lines],
        }
        for heading, lines in morning.items()
    ]
    day = chinese_date(today)
    return {
        "hall": name,
        "is_sample": is_sample,
        "title": TITLE,
        "subtitle": f"{whose}　{day}",
        "flipped": False,
        "tables": tables,
        "notes": [NOTE] if tables else ["今天没有到期、临期和等着办的事。"],
        "printed": day,
    }
