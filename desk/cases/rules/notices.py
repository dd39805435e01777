"""进度用语: the lines of the timeline, written for the villager who scans the slip.

No names, no ID numbers: the slip is read over shoulders.
"""

from datetime import date

from desk.cases.rules.deadlines import Deadline, Due
from desk.cases.rules.intake import ACCEPTING, Answer
from kernel.calendar.rules import chinese_date
from services_catalog.rules.limits import LimitUnit, TimeLimit, spoken

#: where there is room for one word
DOUBT = "（暂定）"
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


def dated(day: date | None, *, is_provisional: bool) -> str:
    """Return a counted day in words, with its doubt where there is; nothing where there is none."""
    return chinese_date(day) + (PROVISIONAL if is_provisional else "") if day else ""


def limit_words(limit: TimeLimit) -> str:
    """Return a limit for a slip."""
    return spoken(limit)


def opening_line(answer: Answer, body: str, due: Due | None) -> str:
    """Return the first line of a case's timeline."""
    if answer in ACCEPTING:
        return accepted_line(due)
    if answer is Answer.RECEIVE:
        return examined_line(due)
    if answer is Answer.CARRY:
        return f"材料已收下，由本厅代为报送{body}；承办机关受理后开始计算办理时限。"
    if answer is Answer.NOTICE:
        return notice_line(due)
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


def examined_line(due: Due | None) -> str:
    """Return the line about papers that were taken in to be looked through."""
    return f"材料已收下，正在审查{_by(due, '，{day}前答复是否受理')}。"


def notice_line(due: Due | None) -> str:
    """Return the line of the one-time notice."""
    told = "材料需要补正，已一次性告知全部要补的内容，"
    return told + _by(due, "请在{day}前补齐，") + "补齐后再受理。"


def owing_line(due: Due | None) -> str:
    """Return the line about papers that may be brought after acceptance."""
    return f"容缺受理：申请人承诺{_by(due, '在{day}前')}补交暂缺的材料。"


def deemed_line(received_on: date, due: Due, *, by_law: bool) -> str:
    """Return the line of an acceptance that silence brought about: the law's, or the town's."""
    why = "没有告知补正，依法" if by_law else "没有答复，按本厅承诺"
    since = f"自{chinese_date(received_on)}收到材料之日起视为受理"
    return f"审查期限内{why}{since}{_by(due, '，{day}前办结')}。"


def _by(due: Due | None, words: str) -> str:
    """Return `words` with the binding day put in; nothing where there is none."""
    binding = due.binding if due else None
    if binding is None:
        return ""
    note = PROVISIONAL if binding.provisional else ""
    return words.format(day=chinese_date(binding.day) + note)


def accepted_by_body_line(body: str, due: Due) -> str:
    """Return the line for a carried case that its body has accepted."""
    return f"{body}" + accepted_line(due)


CLOSED_LINE = "已办结：{result}。"
WITHDRAWN_LINE = "申请人已撤回申请，材料退还见《退件通知》。"
DECLINED_LINE = "已决定不予受理，理由见《不予受理决定书》。"
ELSEWHERE_LINE = "已决定不予受理，此事请向{body}申请；理由见《不予受理决定书》。"
RETURNED_LINE = "材料已退回，原因见《退件通知》；材料备齐后可以重新申请。"
REVOKED_LINE = "容缺的材料到期没有补齐，受理已撤销，材料退回；备齐后可以重新申请。"
PARTLY_LINE = "又收到部分材料，还缺{number}项，见《一次性告知书》。"
OWED_BROUGHT_LINE = "容缺的材料已补齐。"
PLEDGED_LINE = "已收到申请人签名的《容缺受理承诺书》"
TOLD_LINE = "视为受理的通知书已由窗口核发。"
CORRECTED_LINE = "登记信息已更正：{what}。"


def short_date(day: date, *, is_provisional: bool = False) -> str:
    """Return 11月22日, for a text message; 11月22日（暂定） where its year has no notice yet."""
    return f"{day.month}月{day.day}日" + (DOUBT if is_provisional else "")
