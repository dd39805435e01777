"""文书内容: what a paper says, as plain values; the screen and the typesetter show the same.

Source: practice 1, 11, 12: both limits, the days counted and skipped, the implementing body,
who to ring and where to complain, places for seal and signatures, two copies.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from desk.cases.rules.deadlines import Deadline, Due, Step
from desk.cases.rules.intake import Brought, MaterialState, is_lacking
from desk.cases.rules.notices import DOUBT, due_words
from desk.cases.rules.papers import PaperKind
from kernel.calendar.rules import WEEKDAYS
from services_catalog.rules.limits import TimeLimit, spoken

REFERRAL_ADVICE = "此事不在本厅受理，请到上述单位办理；路远或不便的，可请窗口代为联系。"
NOTICE_ADVICE = "以上为需要补正的全部内容，补齐后请持本告知书到窗口，不再要求其他材料。"
CARRY_ADVICE = "本厅承诺在{carry_by}前送达承办机关；承办机关受理后开始计算办理时限，届时另行告知。"
EXPECTED = "材料由村咨询员代收，送到大厅后由窗口核对，并按受理、代办或补正答复。"
ACCEPT_ADVICE = "凭受理编号或扫描二维码可随时查询办理进度。"
COPIES = ("申请人联", "存根联")


@dataclass(frozen=True, slots=True)
class DayRun:
    """A run of days that count, or do not, for one reason."""

    first: date
    last: date
    counts: bool
    why: str
    days: int
    #: of a year whose notice is out
    certain: bool = True

    @property
    def words(self) -> str:
        """Return 3月7日（周六）至3月8日（周日） 周末 不计2天, with its doubt where there is."""
        span = _short(self.first)
        if self.last != self.first:
            span += f"至{_short(self.last)}"
        doubt = "" if self.certain else DOUBT
        return f"{span} {self.why} {'计' if self.counts else '不计'}{self.days}天{doubt}"


def day_runs(steps: Sequence[Step]) -> list[DayRun]:
    """Return the steps of a count, neighbours of one kind taken together."""
    runs: list[DayRun] = []
    for step in steps:
        last = runs[-1] if runs else None
        kind = (step.counts, step.why, step.certain)
        if last and (last.counts, last.why, last.certain) == kind:
            runs[-1] = replace(last, last=step.day, days=last.days + 1)
        else:
            runs.append(DayRun(step.day, step.day, step.counts, step.why, 1, step.certain))
    return runs


def limit_lines(
    due: Due | None, promised: TimeLimit, statutory: TimeLimit
) -> list[tuple[str, str]]:
    """Return both limits with their due days, in words."""
    if due is None:
        return [("承诺时限", spoken(promised)), ("法定时限", spoken(statutory))]
    return [
        ("承诺时限", _by(promised, due.promised)),
        ("法定时限", _by(statutory, due.statutory)),
    ]


def _by(limit: TimeLimit, counted: Deadline | None) -> str:
    """Return a limit with the day it ends on, where it gives one."""
    return spoken(limit) + (f"，最迟{due_words(counted, limit)}" if counted else "")


def missing_lines(materials: Sequence[Brought]) -> list[str]:
    """Return what is to be supplied: papers that lack, and papers with a flaw."""
    return [
        f"{entry.name}（{entry.note or entry.copies or '未提交'}）"
        for entry in materials
        if is_lacking(entry)
    ]


def owed_lines(materials: Sequence[Brought]) -> list[str]:
    """Return what may be brought after acceptance."""
    return [
        f"{entry.name}（{entry.copies}）" if entry.copies else entry.name
        for entry in materials
        if entry.state is MaterialState.OWED
    ]


def by_hand(lacking: str) -> str:
    """Return what to write on a paper by hand: characters that its font does not have."""
    codes = "、".join(f"U+{ord(character):04X}" for character in lacking)
    return f"文中的“〓”是印刷字库没有的字，请手写补上（{codes}）。" if lacking else ""


def advice(kind: PaperKind, carry_by: str) -> str:
    """Return the sentence that tells the holder of a paper what happens next."""
    return {
        PaperKind.ACCEPTANCE: ACCEPT_ADVICE,
        PaperKind.INTAKE_RECEIPT: CARRY_ADVICE.format(carry_by=carry_by) if carry_by else EXPECTED,
        PaperKind.ONE_TIME_NOTICE: NOTICE_ADVICE,
        PaperKind.REFERRAL: REFERRAL_ADVICE,
    }.get(kind, ACCEPT_ADVICE)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"
