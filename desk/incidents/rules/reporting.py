"""报告时限: by when the district is told, by telephone, in writing, again, and at the end.

Source: practice 31 (by phone within 30 minutes, in writing within an hour: settings), then 续报
and 终报. The count runs in minutes, through nights and rest days.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desk.cases.rules.lights import Light
from kernel.errors import InvalidInput, Refusal
from kernel.text import whole_number

#: yellow in the last third
YELLOW_SHARE = 3
MOST_MINUTES = 7 * 24 * 60


class ReportKind(StrEnum):
    """Which report."""

    PHONE = "phone"  # 电话报告
    WRITTEN = "written"  # 书面报告（初报）
    FOLLOW_UP = "follow_up"  # 续报
    FINAL = "final"  # 终报


REPORT_NAMES = {
    ReportKind.PHONE: "电话报告",
    ReportKind.WRITTEN: "书面初报",
    ReportKind.FOLLOW_UP: "续报",
    ReportKind.FINAL: "终报",
}


@dataclass(frozen=True, slots=True)
class Times:
    """Settings, in minutes."""

    phone: int = 30
    written: int = 60
    follow_up: int = 120
    final: int = 24 * 60
    #: how long a text may be on its way before it counts as not told
    text: int = 2

    def of(self, kind: ReportKind) -> timedelta:
        """Return the time there is for a report."""
        return timedelta(
            minutes={
                ReportKind.PHONE: self.phone,
                ReportKind.WRITTEN: self.written,
                ReportKind.FOLLOW_UP: self.follow_up,
                ReportKind.FINAL: self.final,
            }[kind]
        )


class AlreadyReported(Refusal):
    message = "这一次报告已经记过了。"


class NotMinutes(InvalidInput):
    message = "请填1到{most}之间的整数（分钟）。"


class ReceiverNeeded(Refusal):
    message = "请写明报给了谁（单位、接报人）。"
    status = 422
    field = "to_whom"


def first_reports(opened_at: datetime, times: Times) -> list[tuple[ReportKind, datetime]]:
    """Return what has to be reported of an incident that was just opened, and by when."""
    kinds = (ReportKind.PHONE, ReportKind.WRITTEN)
    return [(kind, opened_at + times.of(kind)) for kind in kinds]


def follows(kind: ReportKind, *, is_resolved: bool) -> ReportKind | None:
    """Return the report that comes after one of this kind."""
    if is_resolved or kind in {ReportKind.PHONE, ReportKind.FINAL}:
        return None
    return ReportKind.FOLLOW_UP


def light(started_at: datetime, due_at: datetime, done_at: datetime | None, now: datetime) -> Light:
    """Return the light of a reporting clock; a report made late stays red."""
    moment = done_at or now
    if moment > due_at:
        return Light.RED
    if done_at is None and due_at - now <= (due_at - started_at) / YELLOW_SHARE:
        return Light.YELLOW
    return Light.GREEN


def left_words(due_at: datetime, now: datetime) -> str:
    """Return how long there still is, or how late it is."""
    minutes = int(abs((due_at - now).total_seconds()) // 60)
    words = f"{minutes // 60}小时{minutes % 60}分" if minutes >= 60 else f"{minutes}分钟"
    return f"还有{words}" if now <= due_at else f"已超过{words}"


def read_minutes(typed: str) -> int:
    """Read a setting. Raises NotMinutes."""
    number = whole_number(typed)
    if number is None or not 1 <= number <= MOST_MINUTES:
        raise NotMinutes(most=MOST_MINUTES)
    return number


def reported_line(kind: ReportKind, to_whom: str, note: str) -> str:
    """Return the timeline's line about a report."""
    return f"{REPORT_NAMES[kind]}：{to_whom}" + (f"（{note}）" if note else "")
