"""突发事件报告的用语: the sentences of the printed report, made from the timeline alone."""

from dataclasses import dataclass
from datetime import datetime

from desk.incidents.rules.calls import Review
from desk.incidents.rules.kinds import IncidentKind, title
from desk.incidents.rules.reporting import REPORT_NAMES, ReportKind
from kernel.calendar.rules import moment_words

DOWNLOAD_NAME = "通知名单"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the head of the report is made from."""

    kind: IncidentKind
    where: str
    opened_at: datetime
    gist: str
    resolved_at: datetime | None
    outcome: str


def heading(facts: Facts, done: list[ReportKind]) -> str:
    """Return the title: 初报 until one was made, then 续报, 终报 after the end."""
    if facts.resolved_at:
        kind = ReportKind.FINAL
    else:
        written = {ReportKind.WRITTEN, ReportKind.FOLLOW_UP}.intersection(done)
        kind = ReportKind.FOLLOW_UP if written else ReportKind.WRITTEN
    name = REPORT_NAMES[kind].removeprefix("书面")
    return f"关于{title(facts.kind, facts.where)}的报告（{name}）"


def opening_words(facts: Facts) -> str:
    """Return the first paragraph."""
    where = f"，{facts.where}" if facts.where else ""
    return f"{moment_words(facts.opened_at)}接报{where}：{facts.gist}"


def told_words(review: Review) -> str:
    """Return the paragraph about who was told."""
    if not review.people:
        return "没有需要通知的单位和村。"
    words = f"应通知{review.people}家，已通知{review.reached}家"
    if review.first_call is not None:
        words += f"；接报后{review.first_call}分钟拨出第一个电话"
    if review.all_villages is not None:
        words += f"，{review.all_villages}分钟通知到全部{review.villages}个村"
    if review.never:
        words += f"；未通知到：{'、'.join(review.never)}"
    return words + "。"


def outcome_words(facts: Facts) -> str:
    """Return the last paragraph."""
    if facts.resolved_at is None:
        return "处置仍在进行，有新情况续报。"
    return f"{moment_words(facts.resolved_at)}处置完毕：{facts.outcome}"
