"""进度用语: the lines of the timeline, written for the villager who scans the slip.

No names, no ID numbers: the slip is read over shoulders.
"""

from datetime import date

from desk.cases.rules.deadlines import Deadline, Due
from desk.cases.rules.intake import Answer
from kernel.calendar.rules import chinese_date
from services_catalog.rules.limits import LimitUnit, TimeLimit, spoken

PROVISIONAL = "（暂定：次年放假安排公布后可能调整）"
NO_DAY = "按批次办理，时间以当年通知为准"
NO_LIMIT_DAY = "未设办结期限"


def due_words(deadline: Deadline | None, limit: TimeLimit) -> str:
    """Return a due day in words, with its time of day for hours and its doubt where there is."""
    if deadline is None:
        return NO_DAY if limit.unit is LimitUnit.BATCH else NO_LIMIT_DAY
    if deadline.at is not None:
        return f"{chinese_date(deadline.day)} {deadline.at:%H:%M}"
    return chinese_date(deadline.day) + (PROVISIONAL if deadline.provisional else "")


def limit_words(limit: TimeLimit) -> str:
    """Return a limit for a slip."""
    return spoken(limit)


def opening_line(answer: Answer, body: str, due: Due | None) -> str:
    """Return the first line of a case's timeline."""
    if answer is Answer.ACCEPT:
        return accepted_line(due)
    if answer is Answer.CARRY:
        return f"材料已收下，由本厅代为报送{body}；承办机关受理后开始计算办理时限。"
    if answer is Answer.NOTICE:
        return "材料需要补正，已一次性告知全部要补的内容，补齐后再受理。"
    if answer is Answer.EXPECT:
        return "材料由村咨询员代收，正送往便民服务中心。"
    return f"此事由{body}办理，已告知地点和电话。"


def accepted_line(due: Due | None) -> str:
    """Return the line of acceptance."""
    binding = due.binding if due else None
    if binding is None:
        return "已受理。"
    note = PROVISIONAL if binding.provisional else ""
    return f"已受理，{chinese_date(binding.day)}前办结{note}。"


def accepted_by_body_line(body: str, due: Due) -> str:
    """Return the line for a carried case that its body has accepted."""
    return f"{body}" + accepted_line(due)


def passed_line(name: str) -> str:
    """Return the staff's line about who works the case now."""
    return f"转由{name}经办"


CLOSED_LINE = "已办结：{result}。"
WITHDRAWN_LINE = "申请人已撤回申请。"
CORRECTED_LINE = "登记信息已更正：{what}。"


def short_date(day: date, *, is_provisional: bool = False) -> str:
    """Return 11月22日, for a text message; 11月22日（暂定） where its year has no notice yet."""
    return f"{day.month}月{day.day}日" + ("（暂定）" if is_provisional else "")
