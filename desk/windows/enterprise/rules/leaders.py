"""领导看板与月报: which projects slip and why, what the sheets say, who signs them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desk.windows.enterprise.rules.projects import TURN_NAMES, Turn
from kernel.errors import Refusal

SHEET_TITLE = "企业代办月报表"
PROJECTS_TITLE, TRIPS_TITLE = "项目进度", "跑腿账"
SIGNED_BY = ("制表", "审核", "负责人")
SEAL = "（盖章）"
NOTES = (
    "“最早完成”按各单位承诺时限和企业准备时间推算；“晚”是最早完成比目标晚的日历天数。",
    "跑腿账、投入按本月；项目进度截至统计日。",
)
#: projects that are written into a sheet while somebody waits; more are long work
AT_ONCE = 100
#: more rows than this no spreadsheet opens with joy
EXPORT_LIMIT = 100_000
EXPORT_WORK = "enterprise.sheet"
EXPORT_TITLE = "导出{list}（{count}个项目）"
EXPORTED = "{list}：{rows}行，文件里写着是谁导出的。"
TOTAL = "合计"
NOTHING = "—"


class SheetKind(StrEnum):
    """Which list is taken out as a sheet."""

    PROJECTS = "projects"  # 项目台账
    ERRANDS = "errands"  # 未办完的事项


KIND_NAMES = {SheetKind.PROJECTS: "项目台账", SheetKind.ERRANDS: "代办事项"}
PROJECT_HEAD = (
    *("企业", "信用代码", "项目", "行业", "投资（万元）", "用地（平方米）", "代办员", "替班"),
    *("开始", "目标", "事项", "未办完", "轮到企业", "轮到代办员", "轮到承办单位", "最早完成"),
    *("比目标晚（天）", "原因", "投入（元）"),
)
ERRAND_HEAD = (
    *("企业", "项目", "阶段", "事项", "主办", "协办", "受理编号", "外部编号", "环节"),
    *("开始", "最早完成", "轮到", "等前置", "缺材料", "问题"),
)
MONTH_HEAD = ("企业与项目", "办完/事项", "最早完成", "目标", "晚（天）", "本月投入")
TRIP_HEAD = ("代办员", "趟数", "带件", "少跑")
OPEN_ENDED = "没有天数或暂停着的事项"
OBSTACLE = "问题：{gist}"


class TooManyRows(Refusal):
    message = "一共{count}行，超过{limit}行，请按代办员分开导出。"


@dataclass(frozen=True, slots=True)
class Slip:
    """What is known of why a project may be late."""

    waits: Sequence[tuple[Turn, int]]
    #: gists of what stands in its way
    obstacles: Sequence[str] = ()
    is_open_ended: bool = False


def month_words(first: date) -> str:
    """Return 2026年3月."""
    return f"{first.year}年{first.month}月"


def days_late(finish_on: date, target_on: date | None, *, is_over: bool) -> int:
    """Return by how many civil days the earliest end misses the target; what is over: none."""
    if target_on is None or is_over:
        return 0
    return max(0, (finish_on - target_on).days)


def reasons(of: Slip) -> list[str]:
    """Return why a project may be late, what stands in its way first."""
    found = [OBSTACLE.format(gist=one) for one in of.obstacles]
    found += [f"等{TURN_NAMES[turn]}{count}项" for turn, count in of.waits]
    return [*found, OPEN_ENDED] if of.is_open_ended else found
